from django.db import migrations

from referrals.triage import sql
from slf.access.policies import RunFunctions
from slf.access.sql.own_name import any_names


class Migration(migrations.Migration):
    """Whoever decides on a referral writes their own name."""

    dependencies = [("referrals", "0025_conflicts"), ("slf", "0025_in_own_name")]

    operations = [RunFunctions(sql.OWN_NAMES, any_names("referrals_referral"))]
