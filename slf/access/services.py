"""Verbs of access: posts given and ended, a record opened with a reason, shared, restricted, or broken into."""

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from slf.access.acting import send_rights
from slf.access.models import (
    Locality,
    LocalityUserObjectPermission,
    Post,
    Scope,
    Share,
)
from slf.access.rights import forget_rights, new_audience
from slf.access.rules import OPENED_A_DAY, POSTS, ROLES, Role
from slf.accounts.models import User
from slf.web.errors import NotAllowed

log = logging.getLogger(__name__)
OPEN_FOR = timedelta(hours=24)
SEEN_OTHERWISE = "Somebody changed a moment ago who may see this family. Look again before you go on."
KNOWS_THEM = "It is declared that {user} knows this family, so it is not opened to them. Speak to a senior."
_also_ends: list[Callable[..., None]] = []
LOOK_BACK = timedelta(days=31)
"""How long ago a post may have ended that the night still asks about: nights in which nothing ran are made up for."""
Part = tuple[str, int, str]
"""One part of an audience: ``("locality" or "user", its id, role or "")``."""


class NotDerived(Exception):
    """Somebody still holds what a post opened that is over, or not yet what a new one opens."""


@transaction.atomic
def give_post(
    user: User, *, role: Role, locality: Locality | None, by: User, starts_on: date, ends_on: date | None = None
) -> Post:
    """Give the user a role in one locality, or county-wide, from a day on; ``ends_on`` is the first day without it.

    A referrer gets their own audience with it: without one they would reach nothing, their own drafts included.
    """
    if role not in POSTS:
        message = f"{role.label} is no post."
        raise NotAllowed(message)
    post = Post.objects.create(user=user, role=role, locality=locality, period=(starts_on, ends_on), given_by=by)
    if role is Role.REFERRER:
        partner_scope(user, agency=user.job_title or str(user))
    derive_permissions(user)
    return post


@transaction.atomic
def end_post(post: Post, *, by: User, on: date) -> Post:
    """End a post: from ``on`` it opens nothing, and what only it opened ends with it."""
    one_at_a_time(post.user)
    post = end_post_alone(post, by=by, on=on)
    end_holdings(post.user, by=by, on=post.period.upper)
    derive_permissions(post.user)
    return post


def end_post_alone(post: Post, *, by: User, on: date) -> Post:
    """End a post and leave what it opened to whoever calls: another post may take its place."""
    post = Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    post.period, post.ended_by = DateRange(post.period.lower, max(on, post.period.lower)), by
    post.save(update_fields=["period", "ended_by"])
    return post


def ends_with_a_post(end: Callable[..., None]) -> None:
    """Register what a higher floor ends with a post: called with the user, ``by`` and the real day ``on``."""
    _also_ends.append(end)


def end_holdings(user: User, *, by: User | None, on: date) -> None:
    """End what the user holds of families that no post of theirs reaches any more on a day."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.end_holdings(%s, %s, %s)", [user.pk, by.pk if by else None, on])
    derive_shares(user)
    for end in _also_ends:
        end(user, by=by, on=on)


@transaction.atomic
def derive_permissions(user: User) -> None:
    """Make django-guardian's rows equal to the user's posts in force: missing ones added, others removed."""
    one_at_a_time(user)
    forget_rights(user)
    rows = LocalityUserObjectPermission.objects.filter(user=user)
    wanted = wanted_permissions(user)
    held = {
        (codename, locality): pk
        for pk, codename, locality in rows.values_list("pk", "permission__codename", "content_object_id")
    }
    rows.filter(pk__in=[pk for pair, pk in held.items() if pair not in wanted]).delete()
    permissions = dict(Permission.objects.filter(content_type__app_label="slf").values_list("codename", "pk"))
    missing = [
        LocalityUserObjectPermission(user=user, permission_id=permissions[codename], content_object_id=locality)
        for codename, locality in sorted(wanted - set(held))
    ]
    LocalityUserObjectPermission.objects.bulk_create(missing, ignore_conflicts=True)


def wanted_permissions(user: User) -> set[tuple[str, int]]:
    """Return ``(codename, locality id)`` for every act that the user's posts in force allow."""
    everywhere = list(Locality.objects.values_list("pk", flat=True))
    posts = Post.objects.filter(user=user, period__contains=timezone.localdate())
    return {
        (can.value, locality)
        for post in posts
        for can in ROLES[Role(post.role)]
        for locality in ([post.locality_id] if post.locality_id else everywhere)
    }


def derive_shares(user: User) -> None:
    """Make guardian's rows on single families equal to the user's shares in force, in whatever locality they are."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.derive_shares(%s)", [user.pk])
    forget_rights(user)


def derive_everybodys() -> None:
    """Derive for everybody what a day that begins has started or ended: posts, loans and shares.

    What goes wrong with one person holds nobody else up; at the end it is told.
    """
    failed = []
    for user in User.objects.order_by("pk"):
        try:
            begin_day(user)
        except Exception:
            log.exception("What account %s holds could not be derived for the new day.", user.pk)
            failed.append(user.pk)
    if failed:
        message = f"Accounts {failed} still hold what they held the day before."
        raise NotDerived(message)


@transaction.atomic
def begin_day(user: User) -> None:
    """Derive what one person holds today. What a post opened ends with it when it ends by its own date too."""
    one_at_a_time(user)
    today = timezone.localdate()
    over = Post.objects.filter(user=user, period__endswith__gt=today - LOOK_BACK, period__endswith__lte=today)
    if (ended := over.select_related("ended_by", "given_by").order_by("period").last()) is not None:
        end_holdings(user, by=ended.ended_by or ended.given_by, on=today)
    derive_permissions(user)
    derive_shares(user)


@transaction.atomic
def hold_family(
    family: Any, *, user: User, kind: Share.Kind, by: User, reason: str = "", until: datetime | None = None
) -> Share:
    """Open one family of the user's localities in full to them, from now on; a second time changes nothing.

    What was to end by a day, and is now given for good, goes on; cover that is given for longer, until then. Raises
    ``NotAllowed`` for somebody of whom it is declared that they know the family.
    """
    one_at_a_time(user)
    if declared(user, family.pk):
        raise NotAllowed(KNOWS_THEM.format(user=user))
    held = Share.objects.not_over().filter(user=user, family=family, kind=kind).first()
    if held is None:
        period = (timezone.now(), until)
        held = Share.objects.create(user=user, family=family, kind=kind, period=period, reason=reason, given_by=by)
    elif _goes_on(held, until=until):
        held.period, held.ended_by = DateTimeTZRange(held.period.lower, until), None
        held.save(update_fields=["period", "ended_by"])
    derive_shares(user)
    return held


def declared(user: User, family: int) -> bool:
    """Tell whether it is declared that somebody knows a family, to themselves and to who supervises there."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.declared(%s, %s)", [user.pk, family])
        return bool(cursor.fetchone()[0])


def _goes_on(held: Share, *, until: datetime | None) -> bool:
    """Tell whether a share is to last longer now. What was opened with a reason ends when its reason does."""
    if held.period.upper is None:
        return False
    return until is None or (held.kind == Share.Kind.COVER and until > held.period.upper)


def one_at_a_time(user: User) -> None:
    """Let what is given to one person wait for what is being given to them: the second then sees the first."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def open_with_reason(family: Any, *, by: User, reason: str) -> Share | None:
    """Open a family of one's own locality for 24 hours, with a reason that is kept; None when it is one too many."""
    one_at_a_time(by)
    if not type(family).objects.select_for_update(of=("self",), no_key=True).filter(pk=family.pk).exists():
        raise NotAllowed(SEEN_OTHERWISE)  # closed to named people while this waited
    now = timezone.now()
    opened = Share.objects.filter(user=by, kind=Share.Kind.OPENED, period__startswith__gt=now - OPEN_FOR)
    if not opened.filter(family=family).exists() and opened.count() >= OPENED_A_DAY:
        return None
    return hold_family(family, user=by, kind=Share.Kind.OPENED, by=by, reason=reason, until=now + OPEN_FOR)


@transaction.atomic
def release_family(family: Any, *, user: User, kind: Share.Kind, by: User) -> None:
    """End a share now."""
    now = timezone.now()
    shares = Share.objects.of(family).select_for_update(of=("self",), no_key=True)
    for share in shares.filter(user=user, kind=kind, period__contains=now):
        share.period, share.ended_by = (share.period.lower, now), by
        share.save(update_fields=["period", "ended_by"])
    derive_shares(user)


@transaction.atomic
def restrict_family(family: Any, *, to: Iterable[tuple[User, Role]], by: User) -> Scope:
    """Close a family to everybody but the named people. Whoever restricts names themselves if they are to see it."""
    scope = scope_for(Scope.Kind.RESTRICTED, name="Named people only", members=[("user", u.pk, r) for u, r in to])
    move_family(family, to=scope, by=by)
    return scope


def move_family(family: Any, *, to: Scope, by: User) -> None:
    """Give a family another audience. Every row of its record follows in the database."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.move_family(%s, %s)", [family.pk, to.pk])
    family.scope = to
    send_rights()


@transaction.atomic
def break_glass(reference: str, *, by: User, reason: str) -> tuple[int | None, bool]:
    """Open any family for 24 hours in an emergency, and keep that it was tried.

    Returns its id, which is None for missing, sealed or not allowed alike; and whether it was one try too many.
    """
    with connection.cursor() as cursor:
        cursor.execute("select opened, too_many from slf.break_glass(%s, %s)", [reference.strip().upper(), reason])
        opened, too_many = cursor.fetchone()
    forget_rights(by)
    send_rights()
    return opened, too_many


def close_emergencies() -> int:
    """Give families back the audience they had before emergency access that is over; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.close_emergencies()")
        return int(cursor.fetchone()[0])


def locality_scope(locality: Locality) -> Scope:
    """Return the everyday audience of a locality: everyone who holds a post there."""
    return scope_for(Scope.Kind.LOCALITY, name=locality.name, members=[("locality", locality.pk, "")], home=locality)


def shared_scope(locality: Locality, *, role: Role) -> Scope:
    """Return the audience of a locality and one named-only role there (the ESF provider)."""
    members = [("locality", locality.pk, ""), ("locality", locality.pk, role)]
    return scope_for(Scope.Kind.SHARED, name=f"{locality.name} and {role.label}", members=members, home=locality)


def partner_scope(user: User, *, agency: str) -> Scope:
    """Return the audience of one partner's own referrals."""
    return scope_for(Scope.Kind.PARTNER, name=agency, members=[("user", user.pk, Role.REFERRER)])


@transaction.atomic
def scope_for(kind: Scope.Kind, *, name: str, members: Sequence[Part], home: Locality | None = None) -> Scope:
    """Return the one scope of this kind with exactly these members, made when it is new."""
    key = audience_key(kind, members)
    if (scope := Scope.objects.filter(audience_key=key).first()) is None:
        who = json.dumps([{"what": what, "id": pk, "role": role} for what, pk, role in sorted(members)])
        values = [kind, name, key, home.pk if home else None, who]
        with connection.cursor() as cursor:
            cursor.execute("select slf.make_scope(%s, %s, %s, %s, %s)", values)
        scope = Scope.objects.get(audience_key=key)
        new_audience()
    send_rights()  # somebody else may have made it while this transaction was open
    return scope


def audience_key(kind: Scope.Kind, members: Sequence[Part]) -> str:
    """Return what names an audience: its kind (a locality's own says so itself) and who is in it, in one order."""
    who = "|".join(f"{what}:{pk}:{role}" for what, pk, role in sorted(members))
    return who if kind is Scope.Kind.LOCALITY else f"{kind}={who}"
