from django.db import migrations

from families.restricting import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """That a family was restricted, and why, is read by who decides that; by the people named, while it is closed."""

    dependencies = [("families", "0047_said_beside_own_names")]

    operations = [RunFunctions(sql.READ_BY_WHO_DECIDES, sql.READ_BY_ALL)]
