from django.db import migrations

from families.localities import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Where a postcode is, as one value that a list compares with a column."""

    dependencies = [("families", "0027_handed_over")]
    operations = [RunFunctions(sql.LOCALITY_OF, "drop function if exists slf.locality_of_postcode(text)")]
