from django.db import migrations

from slf.access import sql
from slf.access.policies import (
    ProtectHistory,
    ProtectOwned,
    ProtectShares,
    ProtectTries,
    ProtectViews,
    RunFunctions,
)
from slf.work import sql as work_sql

NEVER_CHANGED = "slf_postevent, slf_scopememberevent, slf_signinreset, slf_accountchange"


class Migration(migrations.Migration):
    replaces = [
        ("slf", "0003_policies"),
    ]

    dependencies = [
        ("families", "0001_tables"),
        ("slf", "0002_tables_of_families"),
    ]

    operations = [
        RunFunctions(sql.FORWARD, sql.REVERSE),
        RunFunctions(work_sql.FORWARD, work_sql.REVERSE),
        ProtectShares("share"),
        ProtectHistory("shareevent", "card"),
        ProtectViews("view"),
        ProtectTries("emergencytry"),
        ProtectOwned("draft", "owner_id"),
        RunFunctions(sql.NARROW, sql.BROAD),
        RunFunctions(
            f"revoke update, delete on {NEVER_CHANGED} from slf_app",
            f"grant update, delete on {NEVER_CHANGED} to slf_app",
        ),
    ]
