"""The case and its closing: read with the record, proposed by who works with the family, closed by who decides."""

from casework.cases.models import Case
from casework.closing.models import Closing
from casework.closing.services import close_case, propose_closing
from slf.access.acting import acting_as
from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post, hold_family
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.casework.closing.factories import MISTAKE, SINCE, TODAY, all_met, answers, told
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
CLOSE = tuple(role for role in Role if Can.CLOSE_CASE in ROLES[role])
SEE, GO, DO, MAKE = (all_of(*CLOSE, status=status) for status in (200, 302, 200, 201))
NOT_CLOSERS, NOT_WORKERS = frozenset({Role.FSW, Role.HEAD}), frozenset({Role.SENIOR, Role.MANAGER, Role.HEAD})


def with_a_case(family):
    Case.objects.get_or_create(family=family, defaults={"opened_on": SINCE, "opened_by": Everything.make()})
    return {"uid": family.uid}


def closing(family):
    with_a_case(family)
    by = Everything.make()
    with acting_as(by):
        return {"uid": close_case(family, told(), by=by, on=TODAY, outcomes=all_met(family)).uid}


def proposal(family):
    """What a worker proposed who is nobody that asks."""
    with_a_case(family)
    worker = User.objects.create_user(f"worker.{User.objects.count()}")
    give_post(worker, role=Role.FSW, locality=family.scope.locality, by=worker, starts_on=KNOWN_SINCE)
    hold_family(family, user=worker, kind="worker", by=Everything.make())
    waits = Closing.objects.waiting().filter(family=family).first()
    with acting_as(worker):
        return {"uid": (waits or propose_closing(family, told(), by=worker, on=TODAY, outcomes=all_met(family))).uid}


def check_after(family):
    made = Closing.objects.get(**closing(family))
    return {"uid": made.checks.first().uid}


def how_it_is(kwargs):
    day = {"checked_on_day": "15", "checked_on_month": "10", "checked_on_year": "2014"}
    return day | {"stands": "holds", "consent": "agreed", "asked": "Mum", "words": "School every day."}


def saying(kwargs):
    return answers()


def saying_to_the_api(kwargs):
    return {**vars(told()), "closes_on": TODAY.isoformat()}


def a_day(kwargs):
    return {name: said for name, said in answers().items() if name.startswith("closes_on")}


def why(kwargs):
    return {"answer": "Take a last star reading first.", "because": MISTAKE}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=more.pop("not_theirs", NOT_CLOSERS), **more)


FSW = (Role.FSW,)
ROWS = [
    Row("casework:sustainment_check", check_after, get=SEE, post=GO, post_body=how_it_is, not_their_job=NOT_CLOSERS),
    Row("api-sustainment-check", check_after, post=DO, post_body=how_it_is, not_their_job=NOT_CLOSERS),
    Row("casework:case", with_a_case, get=READ),
    row("casework:close_case", with_a_case, get=SEE, post=GO, post_body=saying),
    row("casework:propose_closing", with_a_case, get=all_of(*FSW), post=all_of(*FSW, status=302), post_body=saying,
        not_theirs=NOT_WORKERS),
    row("casework:confirm_closing", proposal, get=SEE, post=GO, post_body=a_day),
    row("casework:send_back_closing", proposal, get=SEE, post=GO, post_body=why),
    row("casework:withdraw_closing", proposal, post=all_of(*FSW, status=403), not_theirs=NOT_WORKERS),
    row("casework:take_back_closing", closing, get=SEE, post=GO, post_body=why),
    Row("api-case", with_a_case, get=READ),
    row("api-close-case", with_a_case, post=MAKE, post_body=saying_to_the_api),
    row("api-propose-closing", with_a_case, post=all_of(*FSW, status=201), post_body=saying_to_the_api,
        not_theirs=NOT_WORKERS),
    row("api-confirm-closing", proposal, post=DO),
    row("api-send-back-closing", proposal, post=DO, post_body=why),
    row("api-withdraw-closing", proposal, post=all_of(*FSW, status=403), not_theirs=NOT_WORKERS),
    row("api-take-back-closing", closing, post=DO, post_body=why),
]  # fmt: skip
