from django.db import migrations

from casework.plans import sql as plans_sql
from casework.stars import sql as stars_sql
from casework.transfers import sql as transfers_sql
from casework.visits import sql as visits_sql
from families.merging.sql import PERSON, keeps_its_own
from slf.access.policies import ProtectHistory, ProtectRecord, ProtectScoped, RunFunctions

OF_SOMEBODY = ("casework_action", "casework_plananswer", "casework_sighting")


class Migration(migrations.Migration):
    replaces = [
        ("casework", "0002_initial"),
    ]

    dependencies = [
        ("referrals", "0002_row_security_squashed_0021"),
        # By an old name: Django refuses a database in which only some of the old ones are applied.
        ("casework", "0010_own_people"),
    ]

    operations = [
        RunFunctions(plans_sql.FORWARD, plans_sql.REVERSE),
        RunFunctions(stars_sql.FORWARD, stars_sql.REVERSE),
        ProtectRecord("case", "card"),
        ProtectHistory("caseevent", "card"),
        ProtectRecord("plan", "record"),
        ProtectHistory("planevent", "record"),
        ProtectRecord("goal", "record"),
        ProtectHistory("goalevent", "record"),
        ProtectRecord("goalneed", "record"),
        ProtectHistory("goalneedevent", "record"),
        ProtectRecord("action", "record"),
        ProtectHistory("actionevent", "record"),
        ProtectRecord("plananswer", "record", append_only=True),
        ProtectRecord("reading", "record", append_only=True),
        ProtectRecord("visit", "record"),
        ProtectHistory("visitevent", "record"),
        ProtectRecord("sighting", "record"),
        ProtectHistory("sightingevent", "record"),
        RunFunctions(visits_sql.FORWARD, visits_sql.REVERSE),
        ProtectRecord("handover", "record", append_only=True),
        ProtectRecord("transfer", "record"),
        ProtectHistory("transferevent", "record"),
        ProtectScoped("arrival", "referral"),
        RunFunctions(transfers_sql.FORWARD, transfers_sql.REVERSE),
        RunFunctions(
            [keeps_its_own(table, *PERSON) for table in OF_SOMEBODY],
            "".join(f"drop trigger if exists as_own_person on {table};" for table in OF_SOMEBODY),
        ),
    ]
