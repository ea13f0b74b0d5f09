from django.db import migrations

from casework.plans import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Nobody from outside the family answers its plan, and nothing is done in a version that is over."""

    dependencies = [("casework", "0033_in_ones_own_place")]

    operations = [RunFunctions([sql.HOLD_PART, sql.HOLD_ANSWER], [sql.HOLD_PART, sql.HOLD_ANSWER])]
