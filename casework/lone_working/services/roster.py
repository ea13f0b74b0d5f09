"""The roster: who answers when, and who keeps it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils import timezone

from casework.lone_working import rules
from casework.lone_working.models import Turn
from slf.access.models import Locality, Post
from slf.access.rights import rights_of
from slf.access.rules import Can, Role
from slf.accounts.models import User
from slf.web.errors import Conflict, NotForYou


def localities_of(user: User, *, can: Can) -> QuerySet[Locality]:
    """Return the localities in which somebody's posts allow an act; all of them where one is county-wide."""
    scopes = [scope for role, scope in rights_of(user).reaches if rights_of(user).may(can, scope)]
    return Locality.objects.filter(scopes__in=scopes, scopes__kind="locality").distinct()


@transaction.atomic
def give_turn(user: User, *, locality: Locality | None, rank: str, starts: datetime, ends: datetime, by: User) -> Turn:
    """Put somebody on the roster. The same again is the same."""
    check_keeps(locality, by=by)
    rules.check_turn(starts, ends, now=timezone.now())
    check_works_there(user, locality)
    known = {"user": user, "locality": locality, "rank": rank, "period": DateTimeTZRange(starts, ends)}
    there: Turn | None = Turn.objects.filter(**known).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            made: Turn = Turn.objects.create(**known, given_by=by)
    except IntegrityError as overlap:
        raise Conflict(f"{user} is on the roster then already.") from overlap
    return made


def people_for(localities: Iterable[Locality]) -> QuerySet[User]:
    """Return who may be put on the roster of one of some localities."""
    posts = Post.objects.filter(period__contains=timezone.localdate(), role__in=ON_ROSTER)
    there = posts.filter(locality__in=list(localities)) | posts.filter(locality=None)
    people = User.objects.filter(pk__in=there.values("user"), is_active=True, is_service=False)
    return people.order_by("first_name", "last_name", "username")


@transaction.atomic
def end_turn(turn: Turn, *, by: User) -> Turn:
    """End a turn now, or take one away that has not begun. Safe twice."""
    check_keeps(turn.locality, by=by)
    held: Turn = Turn.objects.select_for_update(of=("self",), no_key=True).get(pk=turn.pk)
    now = timezone.now()
    if held.ended_by_id is None and held.period.upper > now:
        starts = min(held.period.lower, now)
        held.period, held.ended_by = DateTimeTZRange(starts, max(now, starts + timedelta(seconds=1))), by
        held.save(update_fields=["period", "ended_by"])
    return held


def check_keeps(locality: Locality | None, *, by: User) -> None:
    """The roster of a locality is kept by who supervises there; that of the county by a head of service."""
    keeps = rights_of(by)
    if locality is None:
        allowed = any(role is Role.HEAD for role, _ in keeps.reaches)
    else:
        allowed = localities_of(by, can=Can.REVIEW_FAMILY).filter(pk=locality.pk).exists()
    if not allowed:
        raise NotForYou("The roster of a locality is kept by its seniors and managers, that of the county by the head.")


def check_works_there(user: User, locality: Locality | None) -> None:
    posts = Post.objects.filter(user=user, period__contains=timezone.localdate(), role__in=ON_ROSTER)
    there = posts if locality is None else posts.filter(locality=locality) | posts.filter(locality=None)
    if not there.exists():
        raise rules.WrongOuting("Choose somebody who works there now.", field="user")


ON_ROSTER = [Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.BUSINESS]
