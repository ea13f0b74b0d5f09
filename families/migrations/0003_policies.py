from django.db import migrations

from families.people import sql as people_sql
from slf.access.policies import (
    ProtectFamilyHistory,
    ProtectHistory,
    ProtectPerson,
    ProtectPersonHistory,
    ProtectRecord,
    ProtectScoped,
    RunFunctions,
)


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0002_access"),
        ("families", "0002_initial"),
    ]
    operations = [
        RunFunctions(people_sql.FORWARD, people_sql.REVERSE),
        ProtectScoped("family", "card"),
        ProtectFamilyHistory("familyevent", "card"),
        ProtectPerson("person", "card"),
        ProtectPersonHistory("personevent", "card"),
        ProtectRecord("membership", "card"),
        ProtectHistory("membershipevent", "card"),
        ProtectRecord("fact", "evidence", append_only=True),
        ProtectScoped("feedfile", "evidence"),
        ProtectScoped("feedrow", "evidence", append_only=True),
        ProtectRecord("need", "record"),
        ProtectHistory("needevent", "record"),
        ProtectRecord("agreement", "card", append_only=True),
    ]
