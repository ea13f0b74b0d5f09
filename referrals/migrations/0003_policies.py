from django.db import migrations

from referrals.allocation import sql as allocation_sql
from referrals.intake import sql as intake_sql
from slf.access.policies import ProtectHistory, ProtectRecord, ProtectScoped, ProtectScopedHistory, RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0002_access"),
        ("referrals", "0002_initial"),
        ("families", "0002_initial"),
    ]
    operations = [
        RunFunctions(allocation_sql.FORWARD, allocation_sql.REVERSE),
        RunFunctions(intake_sql.FORWARD, intake_sql.REVERSE),
        ProtectRecord("allocation", "card"),
        ProtectHistory("allocationevent", "card"),
        ProtectScoped("referral", "referral"),
        ProtectScopedHistory("referralevent", "referral"),
        ProtectScoped("referralperson", "referral"),
        ProtectScopedHistory("referralpersonevent", "referral"),
        ProtectScoped("referralneed", "referral"),
        ProtectScopedHistory("referralneedevent", "referral"),
        ProtectScoped("receipt", "referral", append_only=True),
        ProtectScopedHistory("receiptevent", "referral"),
        ProtectScoped("matchquestion", "referral", append_only=True),
    ]
