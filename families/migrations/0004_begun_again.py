from django.db import migrations, models

from families.hub import sql as hub_sql
from slf.access.policies import RunFunctions

# A statement that two files loaded at the same moment began twice is one: what came later supersedes what came before.
# The second line finds the statements of the first, for they have still more than one beginning.
ONE_BEGINNING = """
    update families_fact set supersedes_id = null where about_key in (
        select about_key from families_fact where supersedes_id is null and about_key <> ''
        group by about_key having count(*) > 1);
    update families_fact fact set supersedes_id = version.before
    from (
        select id, lag(id) over (partition by about_key order by recorded_on, id) as before from families_fact
        where about_key in (
            select about_key from families_fact where supersedes_id is null and about_key <> ''
            group by about_key having count(*) > 1)
    ) version
    where version.id = fact.id and version.before is not null;
    set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("slf", "0003_policies"),
        ("families", "0003_policies"),
    ]
    operations = [
        RunFunctions(hub_sql.FORWARD, hub_sql.REVERSE),
        migrations.RunSQL(ONE_BEGINNING, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.UniqueConstraint(
                name="families_fact_begins_once",
                fields=["about_key"],
                condition=models.Q(("supersedes", None), models.Q(("about_key", ""), _negated=True)),
            ),
        ),
    ]
