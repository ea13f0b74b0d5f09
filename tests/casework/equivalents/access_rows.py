"""Decisions on progress: proposed by who works with the family, decided by who signs off assessments."""

from casework.equivalents.models import EquivalentProgress
from families.needs.models import Need
from slf.access.acting import acting_as
from slf.access.rules import ROLES, Can, Role
from tests.access_table import Row, all_of
from tests.casework.closing.factories import TODAY
from tests.conftest import Everything

READERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORK = (Role.FSW, Role.SENIOR)
SIGN = tuple(role for role in Role if Can.SIGN_ASSESSMENT in ROLES[role])
NOT_SIGN = frozenset({Role.FSW, Role.HEAD})
NOT_WORK = frozenset({Role.MANAGER, Role.HEAD})


def with_a_need(family):
    by = Everything.make()
    with acting_as(by):
        found = {"family": family, "kind": "health", "person": None}
        Need.objects.get_or_create(**found, defaults={"started_on": family.known_since, "source": "Referral"})
    return {"uid": family.uid}


def proposed(family):
    by = Everything.make()
    with_a_need(family)
    with acting_as(by):
        need = Need.objects.filter(family=family, kind="health").first()
        there = EquivalentProgress.objects.filter(need=need, state="proposed").first()
        said = {"because": "illness", "words": "She walks again.", "proposed_by": by, "proposed_on": TODAY}
        made = there or EquivalentProgress.objects.create(family=family, need=need, **said)
    return {"uid": made.uid}


def said(kwargs):
    with acting_as(Everything.make()):
        need = Need.objects.filter(family__uid=kwargs["uid"], kind="health").first()
    return {"need": str(need.uid), "because": "illness", "words": "She walks again."}


def yes(kwargs):
    return {"approve": "yes"}


ROWS = [
    Row("casework:equivalents", with_a_need, get=READERS),
    Row("casework:propose_equivalent", with_a_need, get=all_of(*WORK), post=all_of(*WORK, status=302), post_body=said,
        not_their_job=NOT_WORK),
    Row("casework:decide_equivalent", proposed, get=all_of(*SIGN), post=all_of(*SIGN, status=302), post_body=yes,
        not_their_job=NOT_SIGN),
    Row("casework:withdraw_equivalent", proposed, post=all_of(*WORK, status=403), not_their_job=NOT_WORK),
    Row("api-equivalents", with_a_need, get=READERS, post=all_of(*WORK, status=201), post_body=said,
        not_their_job=NOT_WORK),
    Row("api-decide-equivalent", proposed, post=all_of(*SIGN), post_body=yes, not_their_job=NOT_SIGN),
    Row("api-withdraw-equivalent", proposed, post=all_of(*WORK, status=403), not_their_job=NOT_WORK),
]  # fmt: skip
