from django.db import migrations

from performance.claims.payments.sql import BEHIND
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A line is let go of also behind the wall."""

    dependencies = [("performance", "0023_changed_since")]

    operations = [
        RunFunctions([BEHIND], "select 1"),
    ]
