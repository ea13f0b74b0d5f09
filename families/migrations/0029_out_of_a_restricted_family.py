from django.db import migrations

from families.restricting import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """The function is made anew. Made in 0019 it names a table of 0020, as a function in PL/pgSQL may."""

    dependencies = [
        ("families", "0028_locality_of_postcode"),
    ]

    operations = [
        RunFunctions(sql.CAME_FROM, "select 1"),
    ]
