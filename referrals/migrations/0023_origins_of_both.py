from django.db import migrations

from referrals.intake.sql import ORIGINS, ORIGINS_OF_BOTH
from referrals.triage.sql import SHOWN, SHOWN_OF_BOTH
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A family that is known twice came by the referrals of both."""

    dependencies = [("referrals", "0022_settings"), ("families", "0036_families_made_one")]

    operations = [RunFunctions([ORIGINS_OF_BOTH, SHOWN_OF_BOTH], ORIGINS + SHOWN)]
