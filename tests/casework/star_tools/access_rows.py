"""The stars name no family: everybody of the service reads them, administrators keep them."""

from casework.star_tools.definition import EXAMPLE
from slf.access.rules import STAFF, Role
from slf.clock import today
from tests.access_table import Row, all_of

SAID = {"sheet": EXAMPLE, "source": "Made up"}


def form(kwargs):
    day = today()
    first_day = {"starts_on_day": day.day, "starts_on_month": day.month, "starts_on_year": day.year}
    return {**SAID, "instead_of": "", "take": "yes", **first_day}


ROWS = [
    Row("casework:star_tools", get=all_of(*STAFF)),
    Row("casework:load_star", get=all_of(Role.ADMIN), post=all_of(Role.ADMIN, status=302), post_body=form),
    Row(
        "api-star-tools", get=all_of(*STAFF), post=all_of(Role.ADMIN, status=201),
        post_body=lambda kwargs: {**SAID, "starts_on": today().isoformat()},
    ),
]  # fmt: skip
