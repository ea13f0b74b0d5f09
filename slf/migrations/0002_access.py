from django.db import migrations

from slf.access import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0001_initial"),
        ("families", "0002_initial"),
    ]
    operations = [RunFunctions(sql.FORWARD, sql.REVERSE)]
