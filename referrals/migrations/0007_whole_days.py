from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0006_origins"),
    ]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="began_on",
            field=models.GeneratedField(
                db_persist=True, expression=models.Func("period", function="lower"), output_field=models.DateField()
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="ended_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("period", function="upper"),
                help_text="The first day without it; none while it goes on.",
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="allocationevent",
            name="began_on",
            field=models.GeneratedField(
                db_persist=True, expression=models.Func("period", function="lower"), output_field=models.DateField()
            ),
        ),
        migrations.AddField(
            model_name="allocationevent",
            name="ended_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("period", function="upper"),
                help_text="The first day without it; none while it goes on.",
                output_field=models.DateField(null=True),
            ),
        ),
    ]
