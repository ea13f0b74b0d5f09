from django.db import migrations

from referrals.allocation import sql as allocation_sql
from referrals.attachments import sql as attachments_sql
from referrals.enquiries import sql as enquiries_sql
from referrals.intake import sql as intake_sql
from referrals.triage import sql as triage_sql
from slf.access.policies import ProtectHistory, ProtectRecord, ProtectScoped, ProtectScopedHistory, RunFunctions


class Migration(migrations.Migration):
    replaces = [
        ("referrals", "0002_initial"),
    ]

    dependencies = [
        ("families", "0002_row_security_squashed_0033"),
        # By an old name: Django refuses a database in which only some of the old ones are applied.
        ("referrals", "0021_shown_to_referrers"),
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
        ProtectRecord("matchquestion", "referral", append_only=True),
        ProtectScoped("enquiry", "referral", append_only=True),
        ProtectScopedHistory("enquiryevent", "referral"),
        RunFunctions(enquiries_sql.FORWARD, enquiries_sql.REVERSE),
        RunFunctions(triage_sql.FORWARD, triage_sql.REVERSE),
        ProtectScoped("attachment", "referral"),
        ProtectScopedHistory("attachmentevent", "referral"),
        RunFunctions(attachments_sql.FORWARD, attachments_sql.REVERSE),
    ]
