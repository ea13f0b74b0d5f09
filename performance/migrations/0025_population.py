from django.db import migrations

from performance.audit.sql_population import COMPLETENESS, CONSENT, DUPLICATES, POPULATION
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Only families of a run's days are missed in it, a person is told by more digits, families made one are one."""

    dependencies = [("performance", "0024_days_and_closed_lines")]
    operations = [RunFunctions([*POPULATION, *COMPLETENESS, *DUPLICATES, *CONSENT], "select 1")]
