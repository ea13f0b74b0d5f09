"""Why, who has looked, open with a reason; emergency access and its review."""

from slf.access.models import Share
from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of

WORKERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
REVIEWERS = all_of(Role.SENIOR, Role.MANAGER, Role.HEAD)
NOT_REVIEWERS = frozenset({Role.FSW, Role.DATA, Role.BUSINESS})


def of(family) -> dict:
    return {"uid": family.uid}


ROWS = [
    Row("access:why", of, get=WORKERS | all_of(Role.DATA, Role.BUSINESS)),
    Row("access:looked", of, get=REVIEWERS, not_their_job=NOT_REVIEWERS),
    Row("access:open", of, holds=frozenset(),
        get=all_of(Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA, Role.BUSINESS, status=302) | {Role.FSW: 200},
        post=all_of(Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA, Role.BUSINESS, status=302) | {Role.FSW: 302},
        post_body=lambda kwargs: {"reason": "The school rang about the children"}),
    Row("access:emergency", get=WORKERS, post=WORKERS, recent=True),
    Row("access:emergencies", get=REVIEWERS),
    Exempt("access:review", f"The row of a {Share.__name__}: tests/families/opening/test_emergency.py."),
]  # fmt: skip
