from django.db import migrations

from families.contesting import sql as contesting
from families.register import sql as register
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """What stands beside somebody's name is said by them: why a row of the register ended, and what is contested."""

    dependencies = [("families", "0046_shown_once")]

    operations = [
        RunFunctions(register.SAID_BY_WHO_SIGNS, register.HOLD),
        RunFunctions(contesting.STAYS_AS_SAID, contesting.DECIDED_ONCE),
    ]
