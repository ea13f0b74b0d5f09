from django.db import migrations

from performance.claims import sql as claims_sql
from slf.access.policies import ProtectHistory, ProtectRecord, ProtectScoped, ProtectScopedHistory, RunFunctions


class Migration(migrations.Migration):
    replaces = [
        ("performance", "0002_initial"),
    ]

    dependencies = [
        ("families", "0002_row_security_squashed_0033"),
        # By an old name: Django refuses a database in which only some of the old ones are applied.
        ("performance", "0009_claimed_by_person"),
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
        ProtectScoped("chunk", "claim"),
        RunFunctions(claims_sql.NARROW, claims_sql.WIDE),
    ]
