from django.db import migrations

from casework.transfers.sql import ACCEPT_ALONE, ENDS_FOR_BOTH
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """What was held of a family that is known twice ends for both when it is handed over."""

    dependencies = [("casework", "0012_needs_of_both"), ("families", "0038_held_by_what_stands")]

    operations = [RunFunctions(ENDS_FOR_BOTH, ACCEPT_ALONE)]
