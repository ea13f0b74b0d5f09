"""Opening a record that is not one's own: who looked at it, emergency access and its review."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from families.interests.rules import NO_JUDGE as KNOWS_THEM
from families.interests.services import families_known_to, own_of, without_conflict
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import EmergencyTry, Post, Share, View
from slf.access.rights import rights_of
from slf.access.rules import OPENED_A_DAY, OPENS, Can, RecordClass, Role
from slf.access.services import break_glass, derive_shares, open_with_reason
from slf.accounts.models import User
from slf.web.errors import NotAllowed, NotForYou
from slf.work.services import promise

NOT_OPENED = "No record was opened. Check the reference, and ring the duty manager if the matter is urgent."
TOO_MANY_EMERGENCIES = (
    "You have used emergency access as often as one person may in 24 hours, and the head of service is told. "
    "Ring the duty manager."
)
TOO_MANY_OPENED = (
    f"You have opened {OPENED_A_DAY} families with a reason in 24 hours. That is as many as one person may, and the "
    "locality manager is told."
)
NO_JUDGE = "You have had emergency access to this family yourself, so somebody else reviews who else had."
NOT_YOURS_TO_REVIEW = "Somebody of the family's locality reviews this emergency access."
TRIES_SHOWN = timedelta(days=7)


def ask_for_emergency_access(reference: str, *, by: User, reason: str) -> Family:
    """Open any family for 24 hours and promise to tell somebody without a conflict.

    Raises ``NotAllowed`` with one neutral sentence for a missing family, a sealed one and a wrong post alike, and with
    another after too many in a day. Both are refused after the try is kept, and outside of what a refusal undoes.
    """
    family, too_many = _try_to_open(reference, by=by, reason=reason)
    if family is None:
        raise NotAllowed(TOO_MANY_EMERGENCIES if too_many else NOT_OPENED)
    return family


@transaction.atomic
def _try_to_open(reference: str, *, by: User, reason: str) -> tuple[Family | None, bool]:
    family_id, too_many = break_glass(reference, by=by, reason=reason)
    day = timezone.localdate()
    if family_id is not None:
        derive_shares(by)
        promise("access.tell_reviewers", by=by, family=family_id, once=f"{by.pk}:{family_id}:{day}")
    elif too_many:
        promise("access.tell_heads", by=by, once=f"{by.pk}:{day}")
    return Family.objects.visible_to(by).filter(pk=family_id).first(), too_many


def open_own(family: Family, *, by: User, reason: str) -> Share:
    """Open a family of one's own locality for 24 hours; after too many in a day say so, and promise to tell why."""
    if (share := open_with_reason(family, by=by, reason=reason)) is None:
        promise("access.tell_managers", by=by, family=family.pk, once=f"{by.pk}:{timezone.localdate()}")
        raise NotAllowed(TOO_MANY_OPENED)
    return share


def here_until(user: User, family: Family) -> datetime | None:
    """Return when the emergency access ends by which alone the user has this record open; None when they have more."""
    rights = rights_of(user)
    others = rights.roles_over(family.scope_id) - {Role.EMERGENCY}
    if family.pk not in rights.families - rights.worked or any(_opens_record(role) for role in others):
        return None
    ends = Share.objects.not_over().filter(user=user, family=family, kind=Share.Kind.EMERGENCY)
    return next((share.period.upper for share in ends), None)


def _opens_record(role: Role) -> bool:
    return RecordClass.RECORD in OPENS[role].read - OPENS[role].held


def emergencies_to_review(user: User) -> QuerySet[Share]:
    """Return emergency accesses of families this user reviews access for, other than their own."""
    shares = Share.objects.filter(kind=Share.Kind.EMERGENCY, reviewed_at__isnull=True)
    families = Family.objects.visible_to(user, can=Can.REVIEW_ACCESS).exclude(pk__in=broken_into(user))
    families = families.exclude(pk__in=families_known_to(user))
    return shares.filter(family__in=families).select_related("user", "family").order_by("period")


def broken_into(user: User) -> QuerySet[Any, Any]:
    """Return the ids of families this person has ever had emergency access to, and of what is one with those.

    They review none of them.
    """
    own = Share.objects.filter(user=user, kind=Share.Kind.EMERGENCY).values("family")
    one = Q(pk__in=own) | Q(merged_into__in=own) | Q(merged__in=own)
    return Family.objects.filter(one).values("pk")  # not a door: of those whose shares a person reviews


@transaction.atomic
def review_emergency(share: Share, *, by: User) -> Share:
    """Record that somebody without a conflict has looked at an emergency access."""
    share = Share.objects.select_for_update(of=("self",), no_key=True).get(pk=share.pk)
    if broken_into(by).filter(pk=share.family_id).exists():
        raise NotForYou(NO_JUDGE)
    if own_of(by, share.family) is not None:
        raise NotForYou(KNOWS_THEM)
    if not Family.objects.visible_to(by, can=Can.REVIEW_ACCESS).filter(pk=share.family_id).exists():
        raise NotForYou(NOT_YOURS_TO_REVIEW)
    if share.reviewed_at is None:
        share.reviewed_by, share.reviewed_at = by, timezone.now()
        share.save(update_fields=["reviewed_by", "reviewed_at"])
    return share


def reviewers_of(family_id: int, *, besides: User) -> list[User]:
    """Return active users who review access to this family: not the one who opened it, and nobody with a conflict."""
    candidates = User.objects.filter(is_active=True, is_service=False).exclude(pk=besides.pk)
    conflicted = Share.objects.of(family_id).filter(kind=Share.Kind.EMERGENCY).values("user")
    reviewers = [user for user in candidates.exclude(pk__in=conflicted) if _reviews(user, family_id)]
    return without_conflict(reviewers, family=family_id)


def heads_of_service(*, besides: User) -> list[User]:
    """Return active heads of service, other than the one who opened it."""
    return _holders(Post.objects.filter(role=Role.HEAD), besides=besides)


def managers_of(family: Family, *, besides: User) -> list[User]:
    """Return active managers of the family's locality, other than the one who opened it."""
    return _holders(Post.objects.filter(role=Role.MANAGER, locality=family.scope.locality_id), besides=besides)


def _holders(posts: QuerySet[Post], *, besides: User) -> list[User]:
    in_force = posts.filter(period__contains=timezone.localdate())
    people = User.objects.filter(is_active=True, is_service=False, posts__in=in_force)
    return list(people.exclude(pk=besides.pk).distinct())


def _reviews(user: User, family_id: int) -> bool:
    with acting_as(user):
        return Family.objects.visible_to(user, can=Can.REVIEW_ACCESS).filter(pk=family_id).exists()


def tries_of_others(user: User) -> QuerySet[EmergencyTry]:
    """Return what others asked for in the last days; the database shows it to heads of service alone."""
    since = timezone.now() - TRIES_SHOWN
    return EmergencyTry.objects.filter(at__gt=since).exclude(user=user).select_related("user")


def looks_at(family: Family) -> QuerySet[View]:
    """Return every look at one family, the lists it stood in too, newest first."""
    looks = RawSQL("select slf.looks_at(%s)", [family.pk])
    return View.objects.filter(pk__in=looks).select_related("user").order_by("-pk")


def opens_only_card(user: User, family: Family) -> bool:
    """Tell whether the user sees the card but not yet the record of this family."""
    roles = rights_of(user).roles_over(family.scope_id)
    opens_something = any(RecordClass.RECORD in OPENS[role].read for role in roles)
    return opens_something and not Family.objects.open_to(user).filter(pk=family.pk).exists()
