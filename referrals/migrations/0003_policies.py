from django.db import migrations

from slf.access.policies import ProtectHistory, ProtectRecord


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0002_access"),
        ("referrals", "0002_initial"),
        ("families", "0002_initial"),
    ]
    operations = [
        ProtectRecord("allocation", "card"),
        ProtectHistory("allocationevent", "card"),
    ]
