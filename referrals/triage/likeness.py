"""Whom a referral is like: families the viewer may see, with the reason; and out of their sight only "yes" or "no"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from families.people.models import Family, Membership, Person
from families.people.rules import same_person, surname_in
from families.people.services import known_of
from referrals.intake.models import MatchQuestion, Referral
from referrals.intake.rules import State
from slf.access.rules import Can
from slf.accounts.models import User


@dataclass(frozen=True)
class Like:
    """A family the viewer may see that could be the one referred, and why."""

    family: Family
    reasons: tuple[str, ...]


def like_families(referrals: Sequence[Referral], *, user: User) -> dict[int, list[Like]]:
    """Return the like families the user may see, by referral. Three queries, however many referrals."""
    memberships = list(_memberships_to_compare(referrals, user=user))
    return {referral.pk: _likes_of(referral, memberships) for referral in referrals}


def _memberships_to_compare(referrals: Sequence[Referral], *, user: User) -> Iterable[Membership]:
    """Fetch by dates, identifiers and postcodes, whose indexes row security lets work; names are compared here."""
    people = [person for referral in referrals for person in referral.people.all()]
    births = {p.born_on for p in people if p.born_on and not p.born_estimated}
    identified = Q(upn__in={p.upn for p in people if p.upn}) | Q(
        ni_number__in={p.ni_number for p in people if p.ni_number}
    )
    likely = Person.objects.visible_to(user).filter(Q(born_on__in=births) | identified).values_list("pk", flat=True)
    postcodes = {referral.postcode for referral in referrals if referral.postcode}
    rows = Membership.objects.visible_to(user).filter(Q(person__in=list(likely)) | Q(postcode__in=postcodes))
    return rows.select_related("family", "person").order_by("family__name", "family__pk", "pk")


def _likes_of(referral: Referral, memberships: Sequence[Membership]) -> list[Like]:
    reasons: dict[Family, dict[str, None]] = {}
    for membership in memberships:
        for why in _reasons(referral, membership):
            reasons.setdefault(membership.family, {})[why] = None
    return [Like(family, tuple(found)) for family, found in reasons.items() if family.pk != referral.family_id]


def _reasons(referral: Referral, membership: Membership) -> Iterable[str]:
    people = referral.people.all()
    for person in people:
        if why := same_person(person.known, known_of(membership.person)):
            yield f"{membership.person}: {why}"
    near = bool(referral.postcode) and membership.postcode == referral.postcode
    if near and surname_in(membership.person.family_name, [person.family_name for person in people]):
        yield "Same postcode and family name"


def known_elsewhere(referral: Referral) -> bool:
    """Ask whether a like family is known out of the asker's sight. The question is kept; the answer is yes or no."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.known_elsewhere(%s)", [referral.pk])
        (answer,) = cursor.fetchone()
    return bool(answer)


def match_questions(user: User) -> QuerySet[MatchQuestion]:
    """Return the questions answered "yes" about referrals that still wait, for whoever may look on both sides."""
    waiting = {"known": True, "referral__state": State.RECEIVED}
    rows = MatchQuestion.objects.visible_to(user, can=Can.REVIEW_ACCESS).filter(**waiting)
    return rows.select_related("referral__locality", "asked_by").prefetch_related("referral__people")
