from django.db import migrations, models

from families.hub import sql as hub_sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0003_policies"),
        ("families", "0003_policies"),
    ]
    operations = [
        RunFunctions(hub_sql.FORWARD, hub_sql.REVERSE),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.UniqueConstraint(
                name="families_fact_begins_once",
                fields=["about_key"],
                condition=models.Q(("supersedes", None), models.Q(("about_key", ""), _negated=True)),
            ),
        ),
    ]
