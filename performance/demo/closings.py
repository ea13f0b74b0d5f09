"""Cases that are over: one closed, one whose worker proposes to close it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from casework.closing.rules import Told
from casework.closing.services import close_case, propose_closing
from families.people.models import Family
from families.restricting.audience import worker_of
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.access.models import Scope
from slf.accounts.models import User

REACHED = Told(
    date.min, "reached", "family", "“We can do mornings on our own now. We know where you are.”",
    "Both children are in school every day since Easter, and the rent is paid. Evenings are still loud.",
    "The school nurse, and the credit union.",
)  # fmt: skip
STEPPED_DOWN = Told(
    date.min, "stepped_down", "worker", "They would rather have somebody from the school than us.",
    "The debts are on a plan and the house is warm. Getting up in time is left.", "The school's family link worker.",
)  # fmt: skip


def close_cases(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let the senior close the case of a family, and its worker propose to close another one."""
    worker, senior = accounts["fsw.charnwood"], accounts["senior.charnwood"]
    with acting_as(senior), transaction.atomic():
        theirs = [each.row for each in reversed(charnwood) if is_plain(each.row) and worker_of(each.row) == worker]
        if len(theirs) < 4:
            return
        close_case(theirs[0], on_day(REACHED, today), by=senior, on=today)
    with acting_as(worker), transaction.atomic():
        propose_closing(theirs[1], on_day(STEPPED_DOWN, today), by=worker, on=today)


def is_plain(family: Family) -> bool:
    """Tell whether the locality alone sees the family: the others are there to show other things."""
    return Family.objects.filter(pk=family.pk, scope__kind=Scope.Kind.LOCALITY, merged=None).exists()


def on_day(told: Told, day: date) -> Told:
    return Told(**vars(told) | {"closes_on": day})
