from django.db import migrations

from families.merging.sql import PERSON, keeps_its_own
from slf.access.policies import RunFunctions

TABLES = ("casework_action", "casework_plananswer", "casework_sighting")


class Migration(migrations.Migration):
    """What is written of somebody who was entered twice names them as they are entered in its own family."""

    dependencies = [("casework", "0009_withdrawn_when_closed"), ("families", "0031_person_merge")]

    operations = [
        RunFunctions(
            [keeps_its_own(table, *PERSON) for table in TABLES],
            "".join(f"drop trigger if exists as_own_person on {table};" for table in TABLES),
        )
    ]
