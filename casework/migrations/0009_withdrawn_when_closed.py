"""A hand-over that waits ends when its family is closed to named people, and such a family goes back where it was."""

from django.db import migrations

from casework.transfers import sql as transfers_sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_handed_over")]

    operations = [
        RunFunctions([transfers_sql.ACCEPT, transfers_sql.CLOSE_KEPT, transfers_sql.CLOSED], transfers_sql.UNCLOSED)
    ]
