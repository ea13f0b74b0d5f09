from django.db import migrations

from performance.claims import sql as claims_sql
from slf.access.policies import ProtectHistory, ProtectRecord, ProtectScoped, ProtectScopedHistory, RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0002_access"),
        ("performance", "0002_initial"),
        ("families", "0002_initial"),
        ("referrals", "0002_initial"),
        ("casework", "0002_initial"),
    ]
    operations = [
        RunFunctions(claims_sql.FORWARD, claims_sql.REVERSE),
        ProtectScoped("claimrun", "claim"),
        ProtectScopedHistory("claimrunevent", "claim"),
        ProtectRecord("judged", "claim", append_only=True),
        ProtectRecord("claim", "claim", append_only=True),
        ProtectRecord("claimedperson", "claim"),
        ProtectRecord("audittest", "claim"),
        ProtectHistory("audittestevent", "claim"),
    ]
