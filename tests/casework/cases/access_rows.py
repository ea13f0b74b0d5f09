from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from slf.access.models import Locality
from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.casework.cases.factories import AGREED_ON
from tests.factories import KNOWN_SINCE

ALLOCATE = [role for role in Role if Can.ALLOCATE in ROLES[role]]
CARD_ONLY = frozenset({Role.FSW, Role.HEAD, Role.DATA, Role.BUSINESS})
"""They see the family's card, so the page is not theirs to use, rather than not there."""


def agreed(family):
    by = User.objects.get(username="everything")
    record_agreement(family, state=Agreement.State.GIVEN, said_on=AGREED_ON, how=Agreement.How.IN_PERSON, by=by)
    return {"uid": family.uid}


def to_a_worker(kwargs):
    worker = User.objects.create_user(f"worker.{User.objects.count()}")
    charnwood = Locality.objects.get(slug="charnwood")
    give_post(worker, role=Role.FSW, locality=charnwood, by=worker, starts_on=KNOWN_SINCE)
    return {"worker": str(worker.uid), "complexity": "no"}


def foreign(own, other):
    """Name a worker of another locality."""
    worker = User.objects.create_user(f"worker.{User.objects.count()}")
    give_post(worker, role=Role.FSW, locality=other.scope.locality, by=worker, starts_on=KNOWN_SINCE)
    return agreed(own), {"worker": str(worker.uid)}, {"worker": "00000000-0000-4000-8000-000000000000"}


ROWS = [
    Row(
        "casework:allocate", agreed, get=all_of(*ALLOCATE), post=all_of(*ALLOCATE, status=302), post_body=to_a_worker,
        not_their_job=CARD_ONLY,
    ),
    Row(
        "api-allocate", agreed, get=all_of(*ALLOCATE), post=all_of(*ALLOCATE), post_body=to_a_worker,
        not_their_job=CARD_ONLY, foreign=foreign,
    ),
    Row("casework:waiting", get=all_of(*ALLOCATE)),
    Row("api-waiting", get=all_of(*ALLOCATE)),
]  # fmt: skip
