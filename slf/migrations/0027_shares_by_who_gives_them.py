from django.db import migrations, models

from slf.access.policies import RunFunctions
from slf.access.sql import own_name


class Migration(migrations.Migration):
    """Who opens a family to somebody and who reviews emergency access writes their own name; nobody reviews their own."""

    dependencies = [("slf", "0026_closing_cases")]

    operations = [
        RunFunctions(own_name.SHARES, own_name.any_names("slf_share")),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by__isnull", True), ~models.Q(("reviewed_by", models.F("user"))), _connector="OR"
                ),
                name="slf_share_reviewed_by_somebody_else",
            ),
        ),
    ]
