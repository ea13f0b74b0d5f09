from django.db import migrations

from referrals.intake import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A referral goes where the directory says its postcode is."""

    dependencies = [("referrals", "0014_other_outcomes"), ("families", "0023_postcodes")]
    operations = [RunFunctions(sql.SENDING, "drop function if exists slf.send_referral(bigint, date, date)")]
