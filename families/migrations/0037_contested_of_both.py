from django.db import migrations

from families.contesting.sql import CONTESTED_FACTS, OF_BOTH
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A claim's reader is told of what was contested of a family that is known twice, in either record."""

    dependencies = [("families", "0036_families_made_one")]

    operations = [RunFunctions(OF_BOTH, CONTESTED_FACTS)]
