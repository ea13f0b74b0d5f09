from django.db import migrations

from families.shown.sql import OF_ONE_AT_A_TIME, SHOWN_OF_MANY
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """What the log says of partners is asked of many families at once."""

    dependencies = [("families", "0042_numbers_of_a_list")]

    operations = [RunFunctions(SHOWN_OF_MANY, OF_ONE_AT_A_TIME)]
