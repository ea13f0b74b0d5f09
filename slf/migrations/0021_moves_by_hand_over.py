from django.db import migrations

from slf.access import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """To another locality a family goes by a hand-over that is accepted there, and by no other verb."""

    dependencies = [("slf", "0020_account_changes")]
    operations = [RunFunctions(sql.MOVE_FAMILY, "select 1")]
