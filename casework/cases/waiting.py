"""Families that wait for a worker, in the order they are served: the greatest need first, then the longest wait."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from casework.cases import models
from families.needs.models import Need
from families.needs.rules import BANDS
from families.people.models import Family
from families.sharing.models import Agreement
from referrals.allocation.models import Allocation
from referrals.intake.models import Referral
from referrals.intake.rules import State
from slf.access.rules import Can
from slf.accounts.models import User


def waiting_for_a_worker(user: User, *, on: date) -> QuerySet[Family, Any]:
    """Return the families this person allocates that nobody works with, and whose case is not closed.

    One whose case was closed waits again once a new referral was accepted. Each with ``needs_open``,
    ``waiting_since`` and what it ``said`` last of the service. Who has not agreed comes last: without agreement there
    is no case. Of the others those in the gravest band come first.
    """
    said = Agreement.objects.visible_to(user).filter(family__one_with=OuterRef("pk"), said_on__lte=on)
    last = said.order_by("-said_on", "-pk")
    return (
        without_a_worker(user, on=on)
        .annotate(
            said=Subquery(last.values("state")[:1]),
            waiting_since=Coalesce(Subquery(last.values("said_on")[:1]), F("known_since")),
            needs_open=needs_open(user, on=on),
        )
        .alias(agrees=Case(When(said=Agreement.State.GIVEN, then=0), default=1), gravity=gravity())
        .order_by("agrees", "gravity", "waiting_since", "pk")
    )


def without_a_worker(user: User, *, on: date) -> QuerySet[Family, Any]:
    given = Allocation.objects.visible_to(user).current(on=on).values("family")
    one = {"one": Coalesce("family__merged_into", "family")}
    cases = models.Case.objects.visible_to(user).filter(closed_on__lte=on)
    closed = cases.exclude(referred_again(user)).values(**one)
    opened = models.Case.objects.visible_to(user).open_on(on).values(**one)
    rows = Family.objects.visible_to(user, can=Can.ALLOCATE).standing().exclude(pk__in=given)
    return rows.exclude(Q(pk__in=closed) & ~Q(pk__in=opened))


def referred_again(user: User) -> Q:
    """Return the condition that a referral was accepted into the family of a case since that was closed.

    Three look-ups by key, as one of the two may be the same family known again: asked at once, every closed case would
    be compared with every referral.
    """
    rows = Referral.objects.visible_to(user).filter(state=State.ACCEPTED, decided_on__gte=OuterRef("closed_on"))
    of_it, of_one = rows.filter(family=OuterRef("family")), rows.filter(family=OuterRef("family__merged_into"))
    return Q(Exists(of_it)) | Q(Exists(of_one)) | Q(Exists(rows.filter(family__merged_into=OuterRef("family"))))


def needs_open(user: User, *, on: date) -> Coalesce:
    """Return how many different needs a family has on a day: what its band is drawn from."""
    rows = Need.objects.visible_to(user).open_on(on).filter(family__one_with=OuterRef("pk")).order_by()
    kinds = rows.values(same=Value(1)).annotate(kinds=Count("kind", distinct=True)).values("kinds")
    return Coalesce(Subquery(kinds, IntegerField()), 0)


def gravity() -> Case:
    """Return the place of a family's band, the gravest first, as ``families.needs.rules.BANDS`` has them."""
    bands = [When(needs_open__gte=band.fewest, then=Value(place)) for place, band in enumerate(BANDS)]
    return Case(*bands, output_field=IntegerField())
