"""Assessments: read with the record, written by who works with the family, signed off by who decides."""

from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post, hold_family
from slf.accounts.models import User
from tests.access_table import Exempt, Row, all_of
from tests.casework.assessments.factories import complete, finished, started, with_a_case
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORK, SIGN = (Role.FSW, Role.SENIOR), tuple(role for role in Role if Can.SIGN_ASSESSMENT in ROLES[role])
NOT_WORKERS, NOT_SIGNERS = frozenset({Role.MANAGER, Role.HEAD}), frozenset({Role.FSW, Role.HEAD})


def worker_of(family) -> User:
    """A worker who has the family and is nobody that asks."""
    worker = User.objects.create_user(f"worker.{User.objects.count()}")
    give_post(worker, role=Role.FSW, locality=family.scope.locality, by=worker, starts_on=KNOWN_SINCE)
    hold_family(family, user=worker, kind="worker", by=Everything.make())
    return worker


def of_family(family):
    return {"uid": with_a_case(family).uid}


def in_hand(family):
    return {"uid": complete(started(family, worker_of(family)), Everything.make()).uid}


def waiting(family):
    return {"uid": finished(family, worker_of(family)).uid}


def a_page(kwargs):
    return {"page": "home:"}


def why(kwargs):
    return {"because": "Talk with the children alone."}


def answers(kwargs):
    return {"section": "home", "revision": 1, "answers": {"settled": {"value": "no"}}}


def writes(name, subject, *, status, **more):
    return Row(name, subject, post=all_of(*WORK, status=status), not_their_job=NOT_WORKERS, **more)


def signs(name, *, status, **more):
    return Row(name, waiting, post=all_of(*SIGN, status=status), not_their_job=NOT_SIGNERS, **more)


ROWS = [
    Row("casework:assessments", of_family, get=READ),
    writes("casework:start_assessment", of_family, status=302),
    Row("casework:assessment", in_hand, get=READ),
    writes("casework:write_assessment", in_hand, status=302, post_body=a_page),
    writes("casework:finish_assessment", in_hand, status=302),
    signs("casework:sign_assessment", status=302),
    signs("casework:send_back_assessment", get=all_of(*SIGN), status=302, post_body=why),
    writes("casework:throw_away_assessment", in_hand, get=all_of(*WORK), status=302),
    Row("casework:print_assessment", in_hand, get=READ),
    Exempt("casework:assessment_draft", "The caller's own page only: tests/casework/assessments/test_pages.py."),
    Row("api-assessments", of_family, get=READ, post=all_of(*WORK, status=201), not_their_job=NOT_WORKERS),
    Row("api-assessment", in_hand, get=READ),
    writes("api-write-assessment", in_hand, status=200, post_body=answers),
    writes("api-finish-assessment", in_hand, status=200),
    signs("api-sign-assessment", status=200),
    signs("api-send-back-assessment", status=200, post_body=why),
    writes("api-throw-away-assessment", in_hand, status=200),
]  # fmt: skip
