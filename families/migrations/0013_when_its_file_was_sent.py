from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0012_found_by_name")]
    operations = [
        migrations.AddField(
            model_name="fact",
            name="sent_at",
            field=models.DateTimeField(
                help_text="When the file it stands in was sent; none where there is no file.", null=True
            ),
        ),
    ]
