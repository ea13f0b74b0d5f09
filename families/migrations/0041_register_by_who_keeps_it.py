from django.db import migrations

from families.register import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A row of the register is proposed, confirmed and ended by people who keep it, each in their own name."""

    dependencies = [("families", "0040_numbers_asked_about"), ("slf", "0025_in_own_name")]

    operations = [RunFunctions(sql.FORWARD, sql.REVERSE)]
