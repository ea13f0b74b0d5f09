from django.db import migrations

from performance.claims import sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    """Somebody who was entered twice is claimed for once."""

    dependencies = [("performance", "0007_chunks"), ("families", "0031_person_merge")]

    operations = [RunFunctions(sql.AS_ONE_PERSON, sql.ONLY_THE_OFFICE)]
