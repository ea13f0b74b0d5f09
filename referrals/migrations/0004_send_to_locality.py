from django.db import migrations

from referrals.intake import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A referral is sent to the locality's own audience, found by its key."""

    dependencies = [
        ("referrals", "0003_policies"),
        ("slf", "0005_emergency_audiences"),
    ]
    operations = [RunFunctions(sql.SEND, "select 1")]
