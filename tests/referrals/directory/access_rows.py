"""The directory names no family: everybody signed in reads it, administrators keep it."""

from slf.access.rules import POSTS, Role
from tests.access_table import Row, all_of
from tests.referrals.directory.factories import a_service

FORM = {
    "name": "Debt advice", "offers": "Advice.", "phone": "0116 496 0199", "source": "Made up",
    "starts_on_day": 1, "starts_on_month": 4, "starts_on_year": 2013,
}  # fmt: skip
BODY = {"name": "Debt advice", "offers": "Advice.", "phone": "0116", "source": "Made up", "starts_on": "2013-04-01"}


def listed():
    return {"uid": a_service().uid}


def body(kwargs):
    return FORM


ROWS = [
    Row("referrals:services", get=all_of(*POSTS)),
    Row("referrals:add_service", get=all_of(Role.ADMIN), post=all_of(Role.ADMIN, status=302), post_body=body),
    Row(
        "referrals:change_service", of_office=listed, get=all_of(Role.ADMIN), post=all_of(Role.ADMIN, status=302),
        post_body=body, not_their_job=frozenset(POSTS) - {Role.ADMIN},
    ),
    Row("api-services", get=all_of(*POSTS), post=all_of(Role.ADMIN, status=201), post_body=lambda kwargs: BODY),
    Row(
        "api-service", of_office=listed, get=all_of(*POSTS), patch=all_of(Role.ADMIN),
        not_their_job=frozenset(POSTS) - {Role.ADMIN},
    ),
]  # fmt: skip
