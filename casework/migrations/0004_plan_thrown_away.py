from django.conf import settings
from django.db import migrations, models

import casework.plans.rules
from casework.plans import sql
from slf.access.policies import RunFunctions

NOTHING_BACK = "select 1"  # the older constraint alone refuses what the functions let through


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_policies"),
        ("families", "0005_estimates"),
        ("slf", "0008_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="plan",
            name="casework_plan_agreed_says_when",
        ),
        migrations.AlterField(
            model_name="plan",
            name="state",
            field=models.CharField(
                choices=[
                    (casework.plans.rules.PlanState["DRAFT"], "Draft"),
                    (casework.plans.rules.PlanState["AGREED"], "Agreed"),
                    (casework.plans.rules.PlanState["REPLACED"], "Replaced by a later version"),
                    (casework.plans.rules.PlanState["DROPPED"], "Thrown away"),
                ],
                default=casework.plans.rules.PlanState["DRAFT"],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="planevent",
            name="state",
            field=models.CharField(
                choices=[
                    (casework.plans.rules.PlanState["DRAFT"], "Draft"),
                    (casework.plans.rules.PlanState["AGREED"], "Agreed"),
                    (casework.plans.rules.PlanState["REPLACED"], "Replaced by a later version"),
                    (casework.plans.rules.PlanState["DROPPED"], "Thrown away"),
                ],
                default=casework.plans.rules.PlanState["DRAFT"],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_on__isnull", True), ("agreement_rule", ""), ("state__in", ["draft", "dropped"])),
                    models.Q(
                        ("agreed_on__gte", models.F("started_on")),
                        ("state__in", ["agreed", "replaced"]),
                        models.Q(("agreement_rule", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="casework_plan_agreed_says_when",
            ),
        ),
        RunFunctions([sql.HOLD_PLAN, sql.HOLD_ANSWER], NOTHING_BACK),
    ]
