from django.db import migrations

from families.shown.sql import SHOWN_OF_MANY
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """A look at a list that names a family under both its entries is one look."""

    dependencies = [("families", "0045_occasion_of_an_override")]

    operations = [RunFunctions(SHOWN_OF_MANY, "select 1")]
