from django.db import migrations, models

import casework.visits.rules
from casework.visits import sql as visits_sql
from slf.access.policies import RunFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_cases_in_order"),
    ]

    operations = [
        migrations.AlterField(
            model_name="visit",
            name="kind",
            field=models.CharField(
                choices=[
                    (casework.visits.rules.Kind["HOME"], "Home visit"),
                    (casework.visits.rules.Kind["COMMUNITY"], "Somewhere else"),
                    (casework.visits.rules.Kind["SCHOOL"], "At school"),
                    (casework.visits.rules.Kind["PHONE"], "Telephone call"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="visitevent",
            name="kind",
            field=models.CharField(
                choices=[
                    (casework.visits.rules.Kind["HOME"], "Home visit"),
                    (casework.visits.rules.Kind["COMMUNITY"], "Somewhere else"),
                    (casework.visits.rules.Kind["SCHOOL"], "At school"),
                    (casework.visits.rules.Kind["PHONE"], "Telephone call"),
                ],
                max_length=10,
            ),
        ),
        RunFunctions(visits_sql.FORWARD, visits_sql.REVERSE),
    ]
