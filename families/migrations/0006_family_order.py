from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0005_estimates")]
    operations = [
        migrations.AddIndex(
            model_name="family",
            index=models.Index(fields=["scope", "name", "reference"], name="families_family_in_scope"),
        ),
        migrations.AddIndex(
            model_name="family",
            index=models.Index(fields=["name", "reference"], name="families_family_in_order"),
        ),
    ]
