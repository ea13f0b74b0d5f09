"""Whoever sees the card says that they know a family; those who decide read of whom it was said, and end it."""

from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.families.households.factories import somebody
from tests.families.interests.factories import FOUND, knows

CARD = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA, Role.BUSINESS)
DECIDE = (Role.SENIOR, Role.MANAGER, Role.HEAD)
NOT_THEIRS = frozenset({Role.FSW, Role.DATA, Role.BUSINESS})
BY_ESF = frozenset({Role.ESF})


def of(family) -> dict:
    return {"uid": family.uid}


def of_somebody(family) -> dict:
    from slf.accounts.models import User

    number = User.objects.count()
    neighbour = User.objects.create_user(f"neighbour{number}", password="a long enough password")
    with acting_as(somebody()):
        return {"uid": knows(family, neighbour, by=somebody()).uid}


def said(kwargs) -> dict:
    return {"kind": "friend", "words": "Lives next door"}


def found(kwargs) -> dict:
    return {"reason": FOUND}


ROWS = [
    Row("access:know", of, get=all_of(*CARD), post=all_of(*CARD, status=302), post_body=said),
    Row("access:note_who_knows", of, get=all_of(*DECIDE), post=all_of(*DECIDE, status=400), post_body=said,
        not_their_job=NOT_THEIRS),
    Row("access:who_know", of, get=all_of(*DECIDE), not_their_job=NOT_THEIRS),
    Row("access:end_who_knows", of_somebody, get=all_of(*DECIDE), post=all_of(*DECIDE, status=302), post_body=found),
    Row("api-interests", of, get=all_of(*CARD), post=all_of(*CARD, status=201), post_body=said),
    Row("api-end-interest", of_somebody, post=all_of(*DECIDE), post_body=found),
]  # fmt: skip
