from django.db import migrations

from slf.access import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A class of records may be open to a role only where the audience names it."""

    dependencies = [
        ("slf", "0008_looks"),
    ]
    operations = [RunFunctions([sql.REACHES, sql.ENTER], "select 1")]
