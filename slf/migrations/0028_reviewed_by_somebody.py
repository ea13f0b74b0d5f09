from django.db import migrations, models


class Migration(migrations.Migration):
    """Emergency access leaves the list of those to review by a review, which has a name."""

    dependencies = [("slf", "0027_shares_by_who_gives_them")]

    operations = [
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(("reviewed_at__isnull", True), ("reviewed_by__isnull", True))
                | models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                name="slf_share_reviewed_by_somebody",
            ),
        ),
    ]
