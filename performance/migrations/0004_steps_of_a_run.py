from django.db import migrations

from performance.claims import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Each step of a claim run is taken by whose it is, and a finding is said by who found it."""

    dependencies = [("performance", "0003_claims_by_who_does_them")]

    operations = [RunFunctions(sql.HOLD_STEPS, sql.ANY_STEPS)]
