from django.db import migrations

from slf.access.policies import ProtectOwned, ProtectShares, ProtectViews, RunFunctions
from slf.work import sql as work_sql


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0002_access"),
    ]
    operations = [
        RunFunctions(work_sql.FORWARD, work_sql.REVERSE),
        ProtectShares("share"),
        ProtectViews("view"),
        ProtectOwned("draft", "owner_id"),
    ]
