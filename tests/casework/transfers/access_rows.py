from slf.access.models import Locality
from slf.access.rules import ROLES, Can, Role
from tests.access_table import Row, all_of
from tests.casework.transfers.factories import offered
from tests.factories import FamilyFactory

OFFERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER)
DECIDE = [role for role in Role if Can.ALLOCATE in ROLES[role]]
HEAD = frozenset({Role.HEAD})
"""They read the record and hand nothing over."""
CARD = frozenset({Role.FSW, Role.HEAD})


def of(family) -> dict:
    return {"uid": family.uid}


def waiting(family) -> dict:
    if family.scope.locality_id:
        offered(family, to="charnwood" if family.scope.locality.slug == "melton" else "melton")
    return {"uid": family.uid}


def to_charnwood() -> dict:
    """Return a family of Melton that is offered to Charnwood, whose people the walk asks."""
    family = FamilyFactory(household=True, locality=Locality.objects.get(slug="melton"))
    return {"uid": offered(family, to="charnwood").uid}


def offer(kwargs) -> dict:
    return {
        "to": "melton", "moves_on_day": "1", "moves_on_month": "10", "moves_on_year": "2014", "reason": "Moved",
        "must_know": "Ring first", "keep_days": "0", "moves_on": "2014-10-01",
    }  # fmt: skip


ROWS = [
    Row("casework:hand_over", of, get=OFFERS, post=all_of(*OFFERS, status=302), post_body=offer, not_their_job=HEAD),
    Row("casework:withdraw_transfer", waiting, post=all_of(*OFFERS, status=302), not_their_job=HEAD),
    Row("casework:arrivals", get=all_of(*DECIDE)),
    Row("casework:arrival", of_office=to_charnwood, get=all_of(*DECIDE), post=all_of(*DECIDE, status=302),
        post_body=lambda kwargs: {"accept": "1"}, not_their_job=HEAD),
    Row("api-transfers", of, get=OFFERS, post=all_of(*OFFERS, status=201), post_body=offer, not_their_job=HEAD),
    Row("api-transfer-withdraw", waiting, post=OFFERS, not_their_job=HEAD),
    Row("api-arrivals", get=all_of(*DECIDE)),
    Row("api-arrival", of_office=to_charnwood, get=all_of(*DECIDE), not_their_job=HEAD),
    Row("api-arrival-accept", of_office=to_charnwood, post=all_of(*DECIDE), not_their_job=HEAD),
    Row("api-arrival-send-back", of_office=to_charnwood, post=all_of(*DECIDE), not_their_job=HEAD,
        post_body=lambda kwargs: {"answer": "They live in Rutland"}),
]  # fmt: skip
