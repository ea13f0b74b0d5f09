"""What a family agreed to: read with its evidence, written by who works with it."""

from slf.access.rules import Role
from tests.access_table import Row, all_of

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA)
NOT_WORKERS = frozenset({Role.MANAGER, Role.HEAD, Role.DATA, Role.BUSINESS})


PARENTS: dict = {}
"""Who speaks for each family, by its uid: the body of a post is made while nobody acts."""


def of(family) -> dict:
    PARENTS[family.uid] = family.memberships.filter(part="parent").first().person.uid
    return {"uid": family.uid}


def said(kwargs) -> dict:
    return {
        "agency": "health", "category": "health", "purpose": "support", "state": "given", "said_on": "2014-10-01",
        "said_by": str(PARENTS.get(kwargs["uid"], kwargs["uid"])), "how": "in_person",
    }  # fmt: skip


ROWS = [
    Row("families:sharing", of, get=READERS),
    Row("families:new_consent", of, get=all_of(Role.FSW, Role.SENIOR), post=all_of(Role.FSW, Role.SENIOR),
        not_their_job=NOT_WORKERS),
    Row("api-consents", of, get=READERS, post=all_of(Role.FSW, Role.SENIOR, status=201), post_body=said,
        not_their_job=NOT_WORKERS - {Role.BUSINESS}),
]  # fmt: skip
