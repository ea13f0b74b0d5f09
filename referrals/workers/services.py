"""Who the workers of a team are, and what they and those who allocate say about when they work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from referrals.workers.models import Leave, WorkPattern
from referrals.workers.rules import USUAL, wrong_with_leave
from slf.access.models import Post, Scope
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass, Role
from slf.access.services import one_at_a_time
from slf.accounts.models import User
from slf.web.errors import NotAllowed

AWAY_ALREADY = "{worker} is away already, {when}."
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pattern:
    """When somebody works: days from 0 (Monday), evenings, codes of languages, the district they start from."""

    days: tuple[int, ...] = USUAL
    evenings: bool = False
    languages: tuple[str, ...] = ()
    district: str = ""


def workers_in(places: QuerySet[Any, Any]) -> QuerySet[User]:
    """Return the family support workers with a post today in one of these localities, or in all of the county."""
    posts = Post.objects.filter(role=Role.FSW, period__contains=timezone.localdate())
    there = Q(locality__in=places) | Q(Exists(places), locality=None)
    return User.objects.filter(pk__in=posts.filter(there).values("user"), is_active=True)


def workers_of_team(user: User) -> QuerySet[User]:
    """Return the family support workers of the localities in which this person allocates families."""
    audiences = rights_of(user).open_scopes(RecordClass.CARD, can=Can.ALLOCATE)
    return workers_in(Scope.objects.filter(pk__in=audiences, kind=Scope.Kind.LOCALITY).values("locality"))


def changed_by(user: User) -> QuerySet[User]:
    """Return the workers whose days and leave this person may say: their own team's, and their own."""
    post = Post.objects.filter(user=user, role=Role.FSW, period__contains=timezone.localdate())
    own = User.objects.filter(Exists(post), pk=user.pk)
    return workers_of_team(user) | own


def find_worker(uid: UUID, *, by: User) -> User:
    """Return a worker whose days ``by`` may say, and raise ``User.DoesNotExist`` alike for others and for none."""
    return changed_by(by).get(uid=uid)


def pattern_of(worker: User) -> WorkPattern:
    """Return when somebody works; of who has said nothing, the usual days, not saved."""
    return WorkPattern.objects.filter(worker=worker).first() or WorkPattern(worker=worker)


@transaction.atomic
def set_pattern(worker: User, pattern: Pattern, *, by: User) -> WorkPattern:
    """Say when somebody works. What was said before stays in the history."""
    worker = find_worker(worker.uid, by=by)
    one_at_a_time(worker)
    said = {
        "days": sorted(set(pattern.days)), "evenings": pattern.evenings, "languages": sorted(set(pattern.languages)),
        "district": pattern.district,
    }  # fmt: skip
    row, _ = WorkPattern.objects.update_or_create(worker=worker, defaults=said)
    return row


@transaction.atomic
def add_leave(worker: User, *, first: date, last: date, by: User) -> Leave:
    """Say that somebody is away, the last day included. The same days a second time change nothing."""
    worker = find_worker(worker.uid, by=by)
    if wrong := wrong_with_leave(first, last):
        raise NotAllowed(f"{wrong}.")
    one_at_a_time(worker)
    period = DateRange(first, last + ONE_DAY)
    clash = Leave.objects.filter(worker=worker, period__overlap=period).first()
    if clash is None:
        return Leave.objects.create(worker=worker, period=period, recorded_by=by)
    if (clash.period.lower, clash.period.upper) == (first, last + ONE_DAY):
        return clash
    raise NotAllowed(AWAY_ALREADY.format(worker=worker, when=clash.in_words))


@transaction.atomic
def cancel_leave(uid: UUID, worker: User, *, by: User) -> None:
    """Say that somebody is not away after all. A second time changes nothing."""
    worker = find_worker(worker.uid, by=by)
    Leave.objects.filter(worker=worker, uid=uid).delete()


def patterns_of(workers: Iterable[User]) -> Mapping[int, WorkPattern]:
    """Return when each of them works, by the worker's key; nobody who has said nothing."""
    return {row.worker_id: row for row in WorkPattern.objects.filter(worker__in=[w.pk for w in workers])}


def away_on(workers: Iterable[User], *, on: date) -> Mapping[int, Leave]:
    """Return the leave of those of them who are away on a day, by the worker's key."""
    return {row.worker_id: row for row in Leave.objects.on(on).filter(worker__in=[w.pk for w in workers])}
