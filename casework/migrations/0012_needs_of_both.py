from django.db import migrations

from casework.plans.sql import HOLD_TIE, OF_BOTH
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A goal of a family that is known twice answers the needs of both."""

    dependencies = [("casework", "0011_brought_over"), ("families", "0036_families_made_one")]

    operations = [RunFunctions(OF_BOTH, HOLD_TIE)]
