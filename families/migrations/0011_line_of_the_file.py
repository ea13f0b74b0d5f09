from django.db import migrations, models

# Rows kept until now were counted, not the lines: for a file without empty lines and line breaks it is the same.
FILL = "update families_feedrow set line = number"


class Migration(migrations.Migration):
    dependencies = [("families", "0010_area_searched")]
    operations = [
        migrations.AlterField(
            "feedrow",
            "number",
            models.PositiveIntegerField(help_text="Its place among the rows; the head of the file is 1."),
        ),
        migrations.AddField("feedrow", "line", models.PositiveIntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AlterField(
            "feedrow",
            "line",
            models.PositiveIntegerField(help_text="The line of the file it begins on, as an editor counts them."),
        ),
    ]
