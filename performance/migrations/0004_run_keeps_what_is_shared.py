from django.db import migrations, models

# Runs made before kept calendar and searched files with every family: each case stays whole, and the run gets the
# calendar of one of them.
FILL = """
update performance_judged set reference = "case"::jsonb #>> '{household,id}',
    attached_on = ("case"::jsonb #>> '{household,attached_on}')::date;
update performance_claimrun r set shared = jsonb_build_object('facts', '[]'::jsonb, 'files', '[]'::jsonb, 'terms',
    coalesce((select "case"::jsonb -> 'terms' from performance_judged j where j.run_id = r.id limit 1), '[]'))::text;
set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = [("performance", "0003_policies")]
    operations = [
        migrations.AlterField(
            "judged",
            "case",
            models.TextField(
                help_text="Household and own facts in the format of docs/judge.md; the rest is the run's."
            ),
        ),
        migrations.AddField("judged", "reference", models.CharField(max_length=20, null=True)),
        migrations.AddField("judged", "attached_on", models.DateField(null=True)),
        migrations.AddField("claimrun", "shared", models.TextField(null=True)),
        migrations.AddField("claimrunevent", "shared", models.TextField(db_default="")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
