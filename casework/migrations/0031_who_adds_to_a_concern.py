from django.db import migrations

from casework.safeguarding import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Whoever only looks at a family, with a reason or in an emergency, adds nothing to a concern."""

    dependencies = [("casework", "0030_as_own_people")]

    operations = [RunFunctions(sql.HOLDS_ENTRY, sql.HOLDS_ENTRY)]
