"""Cases that are over: one closed, one whose worker proposes to close it."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from casework.closing.outcomes import needs_to_say
from casework.closing.rules import Told
from casework.closing.services import close_case, propose_closing
from casework.stages.services import acknowledge_step, step_case
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
        said = became(theirs[0], "met", "partly", on=today)
        close_case(theirs[0], on_day(REACHED, today), by=senior, on=today, outcomes=said)
    with acting_as(worker), transaction.atomic():
        said = became(theirs[1], "met", "not_met", on=today)
        propose_closing(theirs[1], on_day(STEPPED_DOWN, today), by=worker, on=today, outcomes=said)
        step_up_and_down(theirs[2], theirs[3], worker, today=today)


def became(family: Family, *outcomes: str, on: date) -> dict[int, str]:
    """Say what became of each need, in turns."""
    return {need.pk: outcomes[number % len(outcomes)] for number, need in enumerate(needs_to_say(family, on=on))}


def step_up_and_down(up: Family, down: Family, worker: User, *, today: date) -> None:
    """Step one family up to social care, which leads while the case is held, and have one come down from there."""
    week_ago, said = today - timedelta(7), {"by": worker, "on": today}
    made = step_case(
        up, way="up", happened_on=week_ago, whom="First Response, Jo Hall, duty worker", then="held",
        reason="The eldest did not come home for two nights, and the plan we agreed on did not keep her safe.", **said,
    )  # fmt: skip
    acknowledge_step(made, who="Jo Hall", acknowledged_on=today - timedelta(6), **said)
    step_case(
        down, way="down", happened_on=week_ago, whom="Charnwood children's team, Mo Akhtar", then="goes_on",
        reason="Their plan for children in need ended. Mornings and school are what is left to do.", **said,
    )  # fmt: skip


def is_plain(family: Family) -> bool:
    """Tell whether the locality alone sees the family: the others are there to show other things."""
    return Family.objects.filter(pk=family.pk, scope__kind=Scope.Kind.LOCALITY, merged=None).exists()


def on_day(told: Told, day: date) -> Told:
    return Told(**vars(told) | {"closes_on": day})
