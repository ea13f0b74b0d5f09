from django.db import migrations

from slf.access.policies import ProtectHistory, ProtectRecord


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0002_access"),
        ("casework", "0003_initial"),
        ("families", "0002_initial"),
        ("referrals", "0002_initial"),
    ]
    operations = [
        ProtectRecord("case", "card"),
        ProtectHistory("caseevent", "card"),
    ]
