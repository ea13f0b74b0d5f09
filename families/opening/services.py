"""Opening a record that is not one's own: who looked at it, emergency access and its review."""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import Post, Share, View
from slf.access.rights import rights_of
from slf.access.rules import OPENS, ROLES, Can, RecordClass, Role
from slf.access.services import break_glass, derive_shares
from slf.accounts.models import User
from slf.web.errors import NotAllowed, NotForYou
from slf.work.services import promise

NOT_OPENED = "No record was opened. Check the reference, and ring the duty manager if the matter is urgent."
CASEWORKERS = (Role.MANAGER, Role.SENIOR, Role.FSW, Role.HEAD)


@transaction.atomic
def ask_for_emergency_access(reference: str, *, by: User, reason: str) -> Family:
    """Open any family for 24 hours and promise to tell somebody without a conflict.

    Raises ``NotAllowed`` with one neutral sentence for a missing family, a sealed one and a wrong post alike.
    """
    held = {role for role, _ in rights_of(by).reaches}
    role = next((r for r in CASEWORKERS if r in held and Can.BREAK_GLASS in ROLES[r]), None)
    if role is None or (family_id := break_glass(reference, by=by, role=role, reason=reason)) is None:
        raise NotAllowed(NOT_OPENED)
    derive_shares(by)
    promise("access.tell_reviewers", by=by, family=family_id, once=f"{by.pk}:{family_id}:{timezone.localdate()}")
    family: Family = Family.objects.visible_to(by).get(pk=family_id)
    return family


def emergencies_to_review(user: User) -> QuerySet[Share]:
    """Return emergency accesses of families this user reviews access for, other than their own."""
    shares = Share.objects.filter(kind=Share.Kind.EMERGENCY, reviewed_at__isnull=True).exclude(user=user)
    families = Family.objects.visible_to(user, can=Can.REVIEW_ACCESS)
    return shares.filter(family__in=families).select_related("user", "family").order_by("period")


@transaction.atomic
def review_emergency(share: Share, *, by: User) -> Share:
    """Record that somebody without a conflict has looked at an emergency access."""
    share = Share.objects.select_for_update(of=("self",), no_key=True).get(pk=share.pk)
    if share.user_id == by.pk:
        message = "You cannot review your own emergency access."
        raise NotForYou(message)
    if share.reviewed_at is None:
        share.reviewed_by, share.reviewed_at = by, timezone.now()
        share.save(update_fields=["reviewed_by", "reviewed_at"])
    return share


def reviewers_of(family_id: int, *, besides: User) -> list[User]:
    """Return active users who review access to this family, other than the one who opened it."""
    candidates = User.objects.filter(is_active=True, is_service=False).exclude(pk=besides.pk)
    return [user for user in candidates if _reviews(user, family_id)]


def heads_of_service(*, besides: User) -> list[User]:
    """Return active heads of service, other than the one who opened it."""
    in_force = Post.objects.filter(role=Role.HEAD, period__contains=timezone.localdate())
    heads = User.objects.filter(is_active=True, is_service=False, posts__in=in_force)
    return list(heads.exclude(pk=besides.pk).distinct())


def _reviews(user: User, family_id: int) -> bool:
    with acting_as(user):
        return Family.objects.visible_to(user, can=Can.REVIEW_ACCESS).filter(pk=family_id).exists()


def looks_at(family: Family) -> QuerySet[View]:
    """Return every look at one family, the lists it stood in too, newest first."""
    looks = RawSQL("select slf.looks_at(%s)", [family.pk])
    return View.objects.filter(pk__in=looks).select_related("user").order_by("-pk")


def opens_only_card(user: User, family: Family) -> bool:
    """Tell whether the user sees the card but not yet the record of this family."""
    roles = rights_of(user).roles_over(family.scope_id)
    opens_something = any(RecordClass.RECORD in OPENS[role].read for role in roles)
    return opens_something and not Family.objects.open_to(user).filter(pk=family.pk).exists()
