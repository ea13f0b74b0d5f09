from django.db import migrations

from referrals.intake import sql
from slf.access.policies import RunFunctions
from slf.access.sql import definer


class Migration(migrations.Migration):
    """Where a family came from, for those who work with it and may not open referrals."""

    dependencies = [
        ("referrals", "0005_estimates"),
        ("slf", "0009_by_name"),
    ]
    operations = [
        RunFunctions([sql.ORIGINS, definer("slf.origins_of(bigint)")], "drop function if exists slf.origins_of(bigint)")
    ]
