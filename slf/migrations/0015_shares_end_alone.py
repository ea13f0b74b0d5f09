from django.db import migrations

from slf.access import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Shares end with a post here; what else ends with it is ended by whose it is."""

    dependencies = [
        ("slf", "0014_sign_in_resets"),
    ]
    operations = [
        RunFunctions([sql.LEFT_BEHIND, sql.END_HOLDINGS], "select 1"),
    ]
