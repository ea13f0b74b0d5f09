from django.db import migrations

from families.contesting import sql as contesting
from families.merging import sql as merging
from families.twice import sql as twice
from slf.access.policies import RunFunctions
from slf.access.sql.own_name import any_names

TABLES = ("families_contest", "families_personmerge", "families_familymerge")


class Migration(migrations.Migration):
    """What is contested, and who was made one or taken apart, names whoever did it."""

    dependencies = [("families", "0043_shown_of_many")]

    operations = [
        RunFunctions(
            [contesting.OWN_NAMES, merging.OWN_NAMES, twice.OWN_NAMES], "".join(any_names(table) for table in TABLES)
        )
    ]
