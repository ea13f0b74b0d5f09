from django.db import migrations, models

from casework.closing import sql as closing
from slf import migrating
from slf.access.policies import RunFunctions


class Migration(migrating.Migration):
    """A case is closed with what became of each need; a request is closed on the day of its offer or later."""

    dependencies = [("casework", "0040_actions_as_tasks")]

    operations = [
        migrations.RemoveConstraint(model_name="servicerequest", name="casework_servicerequest_days_in_order"),
        migrations.AddConstraint(
            model_name="servicerequest",
            constraint=models.CheckConstraint(
                name="casework_servicerequest_days_in_order",
                condition=models.Q(
                    models.Q(("offered_on", None), ("offered_on__gte", models.F("asked_on")), _connector="OR"),
                    models.Q(("started_on", None), ("started_on__gte", models.F("asked_on")), _connector="OR"),
                    models.Q(
                        ("started_on", None),
                        ("offered_on", None),
                        ("started_on__gte", models.F("offered_on")),
                        _connector="OR",
                    ),
                    models.Q(("closed_on", None), ("closed_on__gte", models.F("asked_on")), _connector="OR"),
                    models.Q(
                        ("closed_on", None),
                        ("offered_on", None),
                        ("closed_on__gte", models.F("offered_on")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("closed_on", None),
                        ("started_on", None),
                        ("closed_on__gte", models.F("started_on")),
                        _connector="OR",
                    ),
                ),
            ),
        ),
        RunFunctions(closing.CLOSES_WITH_OUTCOMES, closing.CLOSES_WITHOUT),
    ]
