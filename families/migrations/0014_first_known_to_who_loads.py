from django.db import migrations

from families.hub import sql as hub_sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Since when somebody is known is told to who loads files, not to everybody who writes evidence."""

    dependencies = [("families", "0013_when_its_file_was_sent"), ("slf", "0013_narrow_grants")]
    operations = [RunFunctions(hub_sql.KNOWN_FROM, hub_sql.WITHOUT_KNOWN_FROM)]
