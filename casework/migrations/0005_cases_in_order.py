from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0004_plan_thrown_away"),
        ("families", "0006_family_order"),
        ("slf", "0008_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="case",
            options={"ordering": ["-opened_on", "-id"]},
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["scope", "-opened_on", "-id"], name="casework_case_in_order"),
        ),
    ]
