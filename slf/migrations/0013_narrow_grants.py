from django.db import migrations

from slf.access import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """The application's role may do to who sees what only what its code does."""

    dependencies = [
        ("slf", "0012_when_a_post_ends"),
    ]
    operations = [
        RunFunctions([sql.MAKE_SCOPE, sql.MOVE_FAMILY], "select 1"),
        RunFunctions(sql.NARROW, sql.BROAD),
    ]
