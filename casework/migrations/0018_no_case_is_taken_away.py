from django.db import migrations

from casework.closing import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A case ends by its closing alone."""

    dependencies = [("casework", "0017_own_names")]

    operations = [RunFunctions(sql.NO_CASE_TAKEN_AWAY, sql.CASES_TAKEN_AWAY)]
