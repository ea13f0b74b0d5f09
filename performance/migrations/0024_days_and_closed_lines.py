from django.db import migrations

from performance.claims.disposal.sql import WHEN
from performance.claims.payments.sql import BEHIND
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Evidence is kept to the day, from when its run was settled; a line is let go of also behind the wall."""

    dependencies = [("performance", "0023_changed_since")]

    operations = [
        RunFunctions(WHEN, "select 1"),
        RunFunctions([BEHIND], "select 1"),
    ]
