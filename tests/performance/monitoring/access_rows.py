"""Progress to results is read with the evidence: by who works with the family or stands above it, by no partner."""

from datetime import date

from django.utils import timezone

from performance.monitoring.models import Monitored
from slf.access.rules import Role
from tests.access_table import Row, all_of

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA)
WORKS = (Role.FSW, Role.SENIOR)
MONEY = all_of(Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA)


def monitored(family) -> dict:
    """Write down how far a family is."""
    Monitored.objects.create(
        family=family, on=date(2014, 10, 15), worked_at=timezone.now(), scheme="P1", scheme_name="Phase 1",
        attached_on=date(2014, 1, 1), eligible="met", reason="x", went_back=["Work did not go on."],
        went_back_on=date(2014, 10, 15),
    )  # fmt: skip
    return {"uid": family.uid}


ROWS = [
    Row("performance:monitoring", get=MONEY),
    Row("performance:monitored", monitored, get=READ),
    Row(
        "performance:read_what_went_back",
        monitored,
        post=all_of(*WORKS, status=302),
        not_their_job=READ.keys() - set(WORKS),
    ),
    Row("performance:work_out_now", monitored, post=all_of(*READ, status=302)),
    Row("api-monitored", monitored, get=READ),
    Row("api-expected", get=MONEY),
    Row("api-forecast", get=MONEY),
]
