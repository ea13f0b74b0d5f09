from django.db import migrations

from slf.access.policies import RunFunctions
from slf.policy import sql


class Migration(migrations.Migration):
    """A setting is proposed and confirmed by two people who keep settings, each in their own name."""

    dependencies = [("slf", "0023_settings")]

    operations = [RunFunctions(sql.BY_WHO_MAY, sql.BY_ANYBODY)]
