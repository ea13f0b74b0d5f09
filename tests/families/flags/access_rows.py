"""Flags are the card's; only those who work with the family set and end them."""

from datetime import date

from families.flags.services import set_flag
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.plans.factories import somebody
from tests.families.profile.access_rows import ASK, CARD, MAKE, NOT_THEIRS, SAVE

DOG = {"kind": "dog", "about": "family", "source": "Seen on a visit"}
ON = date(2014, 10, 1)


def of(family) -> dict:
    return {"uid": family.uid}


def a_flag(family) -> dict:
    flag = set_flag(family, kind="dog", source="Seen on a visit", by=somebody(), on=ON)
    return {"uid": family.uid, "flag": flag.uid}


ROWS = [
    Row("families:flags", of, get=CARD),
    Row("families:add_flag", of, get=ASK, post=SAVE, post_body=lambda kwargs: DOG, not_their_job=NOT_THEIRS),
    Row("families:end_flag", a_flag, post=SAVE, not_their_job=NOT_THEIRS),
    Row("api-flags", of, get=CARD, post=MAKE, post_body=lambda kwargs: DOG, not_their_job=NOT_THEIRS),
    Row("api-end-flag", a_flag, post=all_of(Role.FSW, Role.SENIOR), not_their_job=NOT_THEIRS),
]
