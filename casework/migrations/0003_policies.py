from django.db import migrations

from casework.plans import sql as plans_sql
from casework.stars import sql as stars_sql
from slf.access.policies import ProtectHistory, ProtectRecord, RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0002_access"),
        ("casework", "0002_initial"),
        ("families", "0002_initial"),
        ("referrals", "0002_initial"),
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
    ]
