"""Triage: seniors and managers of the locality. A referral that is accepted is as closed as its family."""

from dataclasses import replace
from datetime import date

from referrals.triage.models import MatchQuestion
from referrals.triage.services import accept_referral
from slf.access.models import Locality
from slf.access.rules import ROLES, Can, Role
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.directory.factories import a_service
from tests.referrals.intake.access_rows import a_referrer
from tests.referrals.intake.factories import MARSH, joining, sent_referral

TRIAGE = [role for role in Role if Can.TRIAGE in ROLES[role]]
NOT_THEIRS = frozenset(Role) - frozenset(TRIAGE)
DECIDE = [role for role in Role if Can.RESTRICT_FAMILY in ROLES[role]]
NOT_THEIR_QUESTION = frozenset(Role) - frozenset(DECIDE)
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


def asked(family):
    """Ask whether a referral to another locality is about this family."""
    member = MembershipFactory(family=family)
    told = replace(MARSH[0], family_name=member.person.family_name, born_on=member.person.born_on, ni_number="")
    postcode = "LE13 1AB" if family.scope.locality is None or family.scope.locality.slug != "melton" else "LE11 2AB"
    referral = sent_referral(a_referrer(family), people=(told, *MARSH[1:]), postcode=postcode)
    return {"uid": MatchQuestion.objects.get(referral=referral, family=family).uid}


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
    Row("referrals:assign", post=all_of(*TRIAGE, status=302)),
    Row(
        "api-triage-assign", post=all_of(*TRIAGE, status=422),
        post_body=lambda kwargs: {"referrals": [MISSING], "reviewer": None},
    ),
    Row("referrals:missing", get=all_of(*TRIAGE)),
    Row("api-triage-missing", get=all_of(*TRIAGE)),
    Row("referrals:questions", get=all_of(*DECIDE)),
    Row(
        "referrals:answer", asked, get=all_of(*DECIDE), post=all_of(*DECIDE, status=302),
        post_body=lambda kwargs: {"answer": "carry_on"}, not_their_job=NOT_THEIR_QUESTION,
    ),
    Row("api-match-questions", get=all_of(*DECIDE)),
    Row(
        "api-match-question-answer", asked, post=all_of(*DECIDE),
        post_body=lambda kwargs: {"answer": "carry_on"}, not_their_job=NOT_THEIR_QUESTION,
    ),
    row("referrals:triage", get=all_of(*TRIAGE)),
    row("referrals:accept", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409)),
    Row(
        "referrals:join", accepted_for, get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        not_their_job=NOT_THEIRS,
    ),
    row(
        "referrals:decline", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"reason": "other", "message": "Words"},
    ),
    row("referrals:esf", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409)),
    Row(
        "referrals:esf_join", accepted_for, get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        not_their_job=NOT_THEIRS,
    ),
    row(
        "referrals:signpost", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"service": a_service().uid},
    ),
    row(
        "referrals:pass_on", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"to": Locality.objects.get(slug="melton").pk, "why": "They live in Melton."},
    ),
    row(
        "api-triage-esf", post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"family_agrees_to_be_shared": True},
    ),
    row(
        "api-triage-signpost", post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"service": str(a_service().uid)},
    ),
    row(
        "api-triage-pass-on", post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"to": "melton", "why": "They live in Melton."},
    ),
    row(
        "referrals:ask", get=all_of(*TRIAGE, status=302), post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"about": ["home"], "question_home": "Which flat?"},
    ),
    row(
        "api-triage-ask", post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"questions": [{"about": "home", "question": "Which flat?"}]},
    ),
    Row("api-triage", get=all_of(*TRIAGE)),
    row("api-triage-referral", get=all_of(*TRIAGE)),
    row("api-triage-accept", post=all_of(*TRIAGE, status=409), foreign=foreign),
    row(
        "api-triage-decline", post=all_of(*TRIAGE, status=409),
        post_body=lambda kwargs: {"reason": "other", "message": "Words"},
    ),
]  # fmt: skip
