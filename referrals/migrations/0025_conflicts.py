from django.db import migrations

from referrals.allocation import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Nobody is given a family they know."""

    dependencies = [
        ("families", "0039_interests"),
        ("referrals", "0024_own_referrals"),
    ]

    operations = [RunFunctions(sql.NOT_WHO_KNOWS, sql.ACCEPTS_WHO_KNOWS)]
