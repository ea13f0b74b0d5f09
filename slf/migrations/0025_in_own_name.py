from django.db import migrations

from slf.access.policies import RunFunctions
from slf.access.sql import own_name


class Migration(migrations.Migration):
    """Whoever stands as the one who did something is who acted."""

    dependencies = [("slf", "0024_settings_by_who_keeps_them")]

    operations = [RunFunctions(own_name.IN_OWN_NAME, own_name.IN_ANY_NAME)]
