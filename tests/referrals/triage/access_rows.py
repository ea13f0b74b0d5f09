"""Triage: seniors and managers of the locality. A referral that is accepted is as closed as its family."""

from datetime import date

from referrals.triage.services import accept_referral
from slf.access.rules import ROLES, Can, Role
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.factories import FamilyFactory
from tests.referrals.intake.access_rows import a_referrer
from tests.referrals.intake.factories import joining, sent_referral

TRIAGE = [role for role in Role if Can.TRIAGE in ROLES[role]]
NOT_THEIRS = frozenset(Role) - frozenset(TRIAGE)
REVIEW = [role for role in Role if Can.REVIEW_ACCESS in ROLES[role]]
MISSING = "00000000-0000-4000-8000-000000000000"


def accepted(family):
    """Make a referral that became this family."""
    referral = sent_referral(a_referrer(family))
    everything = User.objects.get(username="everything")
    accept_referral(referral, by=everything, on=date(2014, 10, 15), join=joining(referral, family, everything))
    return {"uid": referral.uid}


def accepted_for(family):
    """Name the family in the address too; once accepted, the page goes to the decision."""
    return accepted(family) | {"family": family.uid}


def foreign(own, other):
    """Name another locality's family as the one the referral is about."""
    FamilyFactory(name="Unlike")
    kwargs = {"uid": sent_referral(a_referrer(own)).uid}
    rest = {"people": [], "household": []}
    return kwargs, {"family": str(other.uid), **rest}, {"family": MISSING, **rest}


def row(name, **more):
    return Row(name, accepted, not_their_job=NOT_THEIRS, **more)


ROWS = [
    Row("referrals:queue", get=all_of(*TRIAGE)),
    Row("referrals:questions", get=all_of(*REVIEW)),
    row("referrals:triage", get=all_of(*TRIAGE)),
    row("referrals:ask_elsewhere", post=all_of(*TRIAGE, status=302)),
    row("referrals:accept", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409)),
    Row(
        "referrals:join", accepted_for, get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        not_their_job=NOT_THEIRS,
    ),
    row(
        "referrals:decline", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"reason": "other", "message": "Words"},
    ),
    Row("api-triage", get=all_of(*TRIAGE)),
    row("api-triage-referral", get=all_of(*TRIAGE)),
    row("api-triage-elsewhere", post=all_of(*TRIAGE)),
    row("api-triage-accept", post=all_of(*TRIAGE, status=409), foreign=foreign),
    row(
        "api-triage-decline", post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"reason": "other", "message": "Words"},
    ),
]  # fmt: skip
