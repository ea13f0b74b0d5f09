from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0028_reviewed_by_somebody"),
    ]

    operations = [
        migrations.AlterField(
            model_name="scope",
            name="kind",
            field=models.CharField(
                choices=[
                    ("locality", "Everyone who holds a post in the locality"),
                    ("shared", "A locality and those a family is shared with"),
                    ("restricted", "Named people only"),
                    ("partner", "A partner agency's own referrals"),
                    ("emergency", "An audience and those with emergency access, until it is over"),
                    ("taken_back", "Nobody: families of lists that were taken back"),
                ],
                max_length=12,
            ),
        ),
    ]
