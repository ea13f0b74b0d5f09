from django.db import migrations

from slf.access import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Named people need their post, days are England's, and entering returns what it opens."""

    dependencies = [
        ("slf", "0003_policies"),
    ]
    operations = [
        RunFunctions(["drop function if exists slf.enter(bigint)", *sql.FORWARD], "select 1"),
    ]
