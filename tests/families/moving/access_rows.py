from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.factories import MembershipFactory

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORKERS = all_of(Role.FSW, Role.SENIOR)
NOT_WORKERS = frozenset({Role.MANAGER, Role.HEAD})


SOMEBODY: dict = {}
"""Somebody of each household, by the family: a body that names nobody of it is refused before it is read."""


def of(family) -> dict:
    SOMEBODY[family.uid] = str(family.memberships.first().person.uid)
    return {"uid": family.uid}


def of_a_home(family) -> dict:
    member = MembershipFactory(family=family, address="4 Mill Lane", postcode="LE11 2AB")
    return {"uid": family.uid, "row": member.homes.get().uid}


def change(kwargs, **said) -> dict:
    person = SOMEBODY.get(kwargs["uid"], str(kwargs["uid"]))
    return {"people": [person], "since": "2014-10-01", "protected": False, **said}


ROWS = [
    Row("families:addresses", of, get=READERS),
    Row("families:move", of, get=WORKERS, post=all_of(Role.FSW, Role.SENIOR), not_their_job=NOT_WORKERS,
        post_body=lambda kwargs: {"step": "postcode", "postcode": "LE11 2AB"}),
    Row("families:change_number", of, get=WORKERS, post=all_of(Role.FSW, Role.SENIOR, status=400),
        not_their_job=NOT_WORKERS),
    Row("families:correct_address", of_a_home, get=WORKERS, post=all_of(Role.FSW, Role.SENIOR, status=400),
        not_their_job=NOT_WORKERS, post_body=lambda kwargs: {"what": "written"}),
    Row("api-addresses", of, get=READERS, post=all_of(Role.FSW, Role.SENIOR, status=201), not_their_job=NOT_WORKERS,
        post_body=lambda kwargs: change(kwargs, address="9 Mill Lane")),
    Row("api-address", of_a_home, patch=WORKERS, not_their_job=NOT_WORKERS,
        post_body=lambda kwargs: {"address": "5 Mill Lane"}),
    Row("api-phones", of, get=READERS, post=all_of(Role.FSW, Role.SENIOR, status=201), not_their_job=NOT_WORKERS,
        post_body=lambda kwargs: change(kwargs, number="01509 496001")),
]  # fmt: skip
