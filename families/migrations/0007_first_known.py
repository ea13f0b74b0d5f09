from django.db import migrations

from families.hub import sql as hub_sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    dependencies = [("families", "0006_family_order")]
    operations = [RunFunctions(hub_sql.KNOWN_FROM, hub_sql.WITHOUT_KNOWN_FROM)]
