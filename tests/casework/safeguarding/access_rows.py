"""Safeguarding: anybody may raise a concern; it is read by whom it must reach, and reviewed by seniors and above."""

from slf.access.rules import POSTS, Role
from tests.access_table import Exempt, Row, all_of
from tests.casework.safeguarding.factories import raised, said_mistaken, told
from tests.conftest import Everything

READ = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
REVIEW = (Role.SENIOR, Role.MANAGER, Role.HEAD)
NOT_TO_REVIEW = frozenset({Role.FSW})


def a_concern(family):
    return {"uid": raised(Everything.make(), family, about=family.name).uid}


def a_step(family):
    return a_concern(family) | {"step": "told"}


def a_mistake(family):
    concern = raised(Everything.make(), family)
    said_mistaken(concern, Everything.make())
    return {"uid": concern.uid}


def of_family(family):
    a_concern(family)
    return {"uid": family.uid}


def saying(kwargs):
    return {"step": "told", "who": "Mrs Ali", "words": "They will ring back.", "why": "It is about another boy."}


def deciding(kwargs):
    return {"decision": "refer", "words": "Ring them tonight."}


def leaving(kwargs):
    return {"decision": "stays", "is_mistake": "", "words": "It is about this boy."}


def raising(kwargs):
    said = {name: value for name, value in vars(told()).items() if value is not None}
    return said | {"team": "charnwood"}


ROWS = [
    Row("casework:concerns", get=all_of(*POSTS)),
    Row("casework:concern_start", get=all_of(*POSTS), post=all_of(*POSTS, status=302)),
    Exempt("casework:concern_draft", "The caller's own note only: tests/casework/safeguarding/test_pages.py."),
    Row("casework:family_concerns", of_family, get=all_of(*READ)),
    Row("casework:concern", a_concern, get=all_of(*READ)),
    Row("casework:concern_step", a_step, get=all_of(*READ), post=all_of(*READ, status=302), post_body=saying),
    Row("casework:concern_mistake", a_concern, get=all_of(*READ), post=all_of(*READ, status=302), post_body=saying),
    Row("casework:review_concern", a_concern, get=all_of(*REVIEW), post=all_of(*REVIEW, status=302),
        post_body=deciding, not_their_job=NOT_TO_REVIEW),
    Row("casework:decide_mistake", a_mistake, get=all_of(*REVIEW), post=all_of(*REVIEW, status=302),
        post_body=leaving, not_their_job=NOT_TO_REVIEW),
    Row("api-concerns", get=all_of(*POSTS), post=all_of(*POSTS, status=201), post_body=raising),
    Row("api-family-concerns", of_family, get=all_of(*READ)),
    Row("api-concern", a_concern, get=all_of(*READ)),
    Row("api-concern-step", a_concern, post=all_of(*READ, status=201), post_body=saying),
    Row("api-concern-mistake", a_concern, post=all_of(*READ, status=201), post_body=saying),
    Row("api-review-concern", a_concern, post=all_of(*REVIEW, status=201), post_body=deciding,
        not_their_job=NOT_TO_REVIEW),
    Row("api-decide-mistake", a_mistake, post=all_of(*REVIEW), post_body=lambda kwargs: {"is_mistake": False,
        "words": "It is about this boy."}, not_their_job=NOT_TO_REVIEW),
]  # fmt: skip
