from django.db import migrations

from casework.meetings import sql_support as support
from casework.provenance import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """What is kept from a partner is kept of a visit's sessions too; who types minutes adds nothing to finished ones."""

    dependencies = [
        ("casework", "0046_chronology_copies"),
    ]

    operations = [
        RunFunctions(sql.SESSIONS_KEPT, sql.SESSIONS_READ),
        RunFunctions(support.ADDITIONS, support.ANY_ADDITIONS),
    ]
