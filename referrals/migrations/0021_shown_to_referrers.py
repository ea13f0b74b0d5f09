from django.db import migrations

from referrals.triage import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0020_one_list_of_languages"),
    ]

    operations = [RunFunctions(sql.SHOWN_FORWARD, sql.SHOWN_REVERSE)]
