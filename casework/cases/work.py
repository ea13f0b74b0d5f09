"""Who works with families, since when, and whose case is closed: one query for all, however many families."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, CharField, DateField, Value

from casework.cases.models import Case
from referrals.allocation.models import Allocation
from slf.accounts.models import User

NOBODY, NO_NAME, NO_DAY = Value(None, BigIntegerField()), Value("", CharField()), Value(None, DateField())
WORKER = ("worker_id", "worker__username", "worker__first_name", "worker__last_name")


@dataclass(frozen=True)
class Work:
    """Who works with a family and since when they do; ``began``: since when the service does, whoever began it."""

    worker: str
    worker_id: int
    since: date
    began: date


def work_with(families: Iterable[int], *, user: User, on: date) -> tuple[dict[int, Work], dict[int, date]]:
    """Return ``{family id: who works with it}``, and ``{family id: when its case was closed}`` where none is open."""
    families = list(families)
    given = Allocation.objects.visible_to(user).current(on=on).of_each(families).order_by()
    cases = Case.objects.visible_to(user).of_each(families).filter(opened_on__lte=on).order_by()
    nobody = (NOBODY, NO_NAME, NO_NAME, NO_NAME)
    rows = list(
        given.values_list("stands", *WORKER, "began_on", NO_DAY).union(
            cases.values_list("stands", *nobody, "opened_on", "closed_on"), all=True
        )
    )
    opened = {family: began for family, worker, *_, began, ended in rows if not worker and goes_on(ended, on)}
    works = {
        family: Work(named(pk, *name), pk, since, opened.get(family, since))
        for family, pk, *name, since, _ in rows
        if pk
    }
    closed = [(ended, family) for family, worker, *_, ended in rows if not worker and family not in opened]
    return works, {family: day for day, family in sorted(closed)}


def goes_on(ended: date | None, on: date) -> bool:
    return ended is None or ended > on


def named(pk: int, username: str, first_name: str, last_name: str) -> str:
    return str(User(pk=pk, username=username, first_name=first_name, last_name=last_name))
