from django.db import migrations

from performance.claims import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A claim is prepared, audited and signed by three people, each in their own name."""

    dependencies = [("performance", "0002_row_security_squashed_0009"), ("slf", "0025_in_own_name")]

    operations = [RunFunctions(sql.BY_WHO_DOES_IT, sql.BY_ANYBODY)]
