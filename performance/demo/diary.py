"""What the made-up workers planned: visits of today and this week, a series, one overdue, one that met nobody."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db import transaction

from casework.cases.models import Case
from casework.diary.models import PlannedVisit
from casework.diary.rules import Planned
from casework.diary.services import note_no_access, plan_visit
from families.people.models import Family
from families.restricting.audience import worker_of
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

PLANS = (
    ("home", 0, time(15, 30), "The week's routine, and the letter from school"),
    ("school", 0, time(9, 15), "Meeting with the head of year"),
    ("home", 1, time(18, 30), "When both parents are back from work"),
    ("phone", 2, None, ""),
    ("community", 3, time(11), "The children's centre"),
)


def plan_visits(made: Sequence[Made], worker: User, *, today: date) -> None:
    """Let a worker plan visits with their families whose case is open; the last family gets one every two weeks."""
    with acting_as(worker), transaction.atomic():
        theirs = [each.row for each in made if worker_of(each.row) == worker and goes_on(each.row)]
        for family, (kind, days, at, about) in zip(theirs, PLANS, strict=False):
            plan_visit(family, Planned(kind, today + timedelta(days=days), at, 60, about), by=worker, on=today)
        for family in theirs[len(PLANS) : len(PLANS) + 1]:
            ahead = {"every": "fortnight", "until": today + timedelta(days=84)}
            plan_visit(family, Planned("home", today + timedelta(days=4), time(16)), by=worker, on=today, **ahead)
        for family in theirs[-1:]:
            nobody_was_in(family, worker, today - timedelta(days=2))
            plan_visit(family, Planned("home", today - timedelta(days=1), time(10)), by=worker, on=today - timedelta(1))


def nobody_was_in(family: Family, worker: User, day: date) -> None:
    [planned] = plan_visit(family, Planned("home", day, time(16)), by=worker, on=day)
    note_no_access(planned, reason="nobody_in", said="Curtains drawn. I left a card.", by=worker, on=day)


def goes_on(family: Family) -> bool:
    return (
        Case.objects.filter(family=family, closed_on=None).exists()
        and not PlannedVisit.objects.filter(family=family).exists()
    )
