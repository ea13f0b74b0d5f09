"""The register: read by everybody who is signed in, kept by the head of service and the data office."""

from datetime import date

from families.register.models import Basis, Gateway
from slf.access.rules import POSTS, Role
from tests.access_table import Row, all_of
from tests.families.register.factories import keeper, propose

READERS = all_of(*POSTS)
KEEPERS = all_of(Role.HEAD, Role.DATA)
NOT_KEEPERS = frozenset(Role) - {Role.HEAD, Role.DATA}
GATEWAY = {
    "agency": "housing", "purpose": "support", "category": "housing", "law": "Housing Act 1996", "source": "The Act",
    "grade": "U",
}  # fmt: skip
API_BODY = GATEWAY | {"starts": "2014-10-01"}
API_BASIS = {name: value for name, value in API_BODY.items() if name != "agency"}
END = {"on": "2036-01-01", "because": "The agreement was not renewed"}


def proposed() -> Gateway:
    return propose(Gateway, by=keeper("proposer"), starts=date(2014, 10, 1), **GATEWAY)


def page() -> dict:
    return {"called": "gateways", "uid": proposed().uid}


def api() -> dict:
    return {"uid": proposed().uid}


def basis() -> dict:
    """Propose a basis for a month of its own: two for one time are never both confirmed."""
    words = {name: value for name, value in GATEWAY.items() if name != "agency"}
    year = 1900 + Basis.objects.waiting().count() + Basis.objects.filter(confirmed_by__isnull=False).count()
    days = {"starts": date(year, 1, 1), "ends_before": date(year, 2, 1)}
    return {"uid": propose(Basis, by=keeper("proposer"), **days, **words).uid}


ROWS = [
    Row("families:register", get=READERS),
    Row("families:new_basis", get=KEEPERS, post=KEEPERS),
    Row("families:new_gateway", get=KEEPERS, post=KEEPERS),
    Row("families:register_row", of_office=page, get=READERS),
    Row("families:register_confirm", of_office=page, post=all_of(Role.HEAD, Role.DATA, status=302),
        not_their_job=NOT_KEEPERS),
    Row("families:register_end", of_office=page, post=KEEPERS, not_their_job=NOT_KEEPERS),
    Row("api-bases", get=READERS, post=all_of(Role.HEAD, Role.DATA, status=201), post_body=lambda kwargs: API_BASIS),
    Row("api-gateways", get=READERS, post=all_of(Role.HEAD, Role.DATA, status=201), post_body=lambda kwargs: API_BODY),
    Row("api-confirm-basis", of_office=basis, post=KEEPERS, not_their_job=NOT_KEEPERS),
    Row("api-confirm-gateway", of_office=api, post=KEEPERS, not_their_job=NOT_KEEPERS),
    Row("api-end-basis", of_office=basis, post=KEEPERS, not_their_job=NOT_KEEPERS, post_body=lambda kwargs: END),
    Row("api-end-gateway", of_office=api, post=KEEPERS, not_their_job=NOT_KEEPERS, post_body=lambda kwargs: END),
]  # fmt: skip
