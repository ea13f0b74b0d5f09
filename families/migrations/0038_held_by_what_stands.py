from django.db import migrations

from families.contesting import sql as contesting
from families.twice import sql as twice
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A family that is one with another is held by way of that one; looks are logged for both; decisions stay."""

    dependencies = [("families", "0037_contested_of_both")]

    operations = [
        RunFunctions(twice.HELD_BY_WHAT_STANDS, twice.HELD_BY_BOTH),
        RunFunctions(contesting.DECIDED_ONCE, contesting.BY_WHO_MAY),
    ]
