"""Who has which family, how full each worker is, and giving a family to one of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import timezone

from families.people.models import Family
from referrals.allocation.models import Allocation
from referrals.allocation.rules import HIGHLY_COMPLEX, MIXED, Caseload, Room, Weights, over_the_limit
from referrals.workers.services import workers_in, workers_of_team
from slf import clock
from slf.access.acting import acting_as
from slf.access.models import Post, ScopeMember, Share
from slf.access.rules import Role
from slf.access.services import declared, hold_family, one_at_a_time, release_family
from slf.accounts.models import User
from slf.policy.models import setting_on, value_of
from slf.web.errors import NotAllowed
from slf.web.words import day_in_words
from slf.work.services import promise

NOT_A_WORKER = "This person is not a family support worker of the family's locality."


def without_family(present: Allocation | None, caseload: Caseload, *, worker: User) -> Caseload:
    """Return a worker's caseload without the family, if it is theirs."""
    if present is None or present.worker_id != worker.pk:
        return caseload
    return caseload.without(highly_complex=present.highly_complex)


def present_allocation(family: Family, *, on: date) -> Allocation | None:
    rows = Allocation.objects.filter(family=family).select_related("worker")
    found: Allocation | None = rows.current(on=on).first()
    return found


def workers_for(family: Family) -> QuerySet[User]:
    """Return the family support workers whose post, or name, opens this family's audience today."""
    audience = ScopeMember.objects.filter(scope=family.scope_id).exclude(until__lte=timezone.now())
    places = audience.filter(locality__isnull=False, role="").values("locality")
    named = audience.filter(role=Role.FSW, user__isnull=False).values("user")
    return workers_in(places) | User.objects.filter(pk__in=named, is_active=True)


def room_in_team(user: User, *, on: date) -> Room:
    """Return how many workers this person's team has, and how many more mixed families they could have together."""
    workers = list(workers_of_team(user))
    return Room(len(workers), sum(load.room for load in caseloads(workers, on=on).values()))


def caseloads(workers: Iterable[User], *, on: date) -> dict[int, Caseload]:
    """Return how many families each worker has in all localities. Only numbers come back."""
    ids, full = [worker.pk for worker in workers], full_on(on)
    with connection.cursor() as cursor:
        cursor.execute("select worker_id, mixed, highly_complex from slf.caseloads(%s::bigint[], %s)", [ids, on])
        found = {worker: Caseload(mixed, highly, full) for worker, mixed, highly in cursor.fetchall()}
    return {pk: found.get(pk, Caseload(full=full)) for pk in ids}


def full_source(*, on: date) -> str:
    """Return what the weights in force on a day rest on."""
    found = dict.fromkeys(setting_on(weight, on=on).source for weight in (MIXED, HIGHLY_COMPLEX))
    return "; ".join(found)


def full_on(day: date) -> Weights:
    """Return how many families make a full caseload on a day."""
    return Weights(value_of(MIXED, on=day), value_of(HIGHLY_COMPLEX, on=day))


@transaction.atomic
def give_family(
    family: Family, *, worker: User, by: User, on: date, highly_complex: bool = False, reason: str = ""
) -> Allocation:
    """Give a family to a worker from a day on. Whoever had it hands it over: their allocation and share end.

    More than a full caseload takes a ``reason``. What is given to one worker at the same time, or their post ending,
    waits: a leaver is given nothing, and a caseload is counted once.
    """
    one_at_a_time(worker)
    if not workers_for(family).filter(pk=worker.pk).exists():
        raise NotAllowed(NOT_A_WORKER)
    _check_nothing_later(family, on=on)
    former = present_allocation(family, on=on)
    if former and former.goes_on and (former.worker_id, former.highly_complex) == (worker.pk, highly_complex):
        return former
    over_reason = _check_caseload(former, worker=worker, highly_complex=highly_complex, reason=reason, on=on)
    if former and former.worker_id != worker.pk:
        release_family(family, user=former.worker, kind=Share.Kind.WORKER, by=by)
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=by)
    allocation = {"worker": worker, "highly_complex": highly_complex, "allocated_by": by, "over_reason": over_reason}
    return _replace(former, family=family, on=on, **allocation)


def _check_nothing_later(family: Family, *, on: date) -> None:
    later = Allocation.objects.filter(family=family, began_on__gt=on).select_related("worker").first()
    if later:
        raise NotAllowed(
            f"This family is given to {later.worker} from {day_in_words(later.began_on)}. Allocate it from that day on."
        )


def _check_caseload(former: Allocation | None, *, worker: User, highly_complex: bool, reason: str, on: date) -> str:
    """Return why it may be more than a full caseload, if it is; refuse that without a reason."""
    others = without_family(former, caseloads([worker], on=on)[worker.pk], worker=worker)
    made = others.with_one_more(highly_complex=highly_complex)
    if made.is_over and not reason.strip():
        raise NotAllowed(f"{over_the_limit(str(worker), made)}.")
    return reason.strip() if made.is_over else ""


def _replace(former: Allocation | None, *, family: Family, on: date, **allocation: Any) -> Allocation:
    """Start an allocation where the former ends. One that began the same day is put right; its history is kept."""
    allocation["period"] = DateRange(on, None)
    if former and former.period.lower == on:
        for name, value in allocation.items():
            setattr(former, name, value)
        former.save(update_fields=[*allocation])
        return former
    if former:
        former.period = DateRange(former.period.lower, on)
        former.save(update_fields=["period"])
    return Allocation.objects.create(family=family, **allocation)


@transaction.atomic
def end_allocation(allocation: Allocation, *, by: User, on: date) -> None:
    """End a worker's time with a family as of a day, and what they hold of it with that."""
    allocation.period = DateRange(allocation.period.lower, on)
    allocation.save(update_fields=["period"])
    release_family(allocation.family, user=allocation.worker, kind=Share.Kind.WORKER, by=by)


@transaction.atomic
def resume_allocation(allocation: Allocation, *, by: User) -> bool:
    """Let a time that was ended by mistake go on as before; tell whether it could.

    It could not where the worker left the locality, or where it is declared that they know the family.
    """
    family, worker = allocation.family, allocation.worker
    if not workers_for(family).filter(pk=worker.pk).exists() or declared(worker, family.pk):
        return False
    allocation.period = DateRange(allocation.period.lower, None)
    allocation.save(update_fields=["period"])
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=by)
    return True


def end_allocations(worker: User, *, by: User | None, on: date) -> None:
    """End a worker's allocations of families that no post of theirs reaches on a day, and promise to tell of it.

    Posts go by the real day and allocations by the day of the service: as far from today as the one is the other.
    """
    service_day = clock.today() + (on - timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(
            "select locality_id, families from slf.end_allocations(%s, %s, %s)", [worker.pk, on, service_day]
        )
        left = cursor.fetchall()
    if by is None or not left:
        return
    with acting_as(by):  # at night, and when the directory ends a post, nobody acts
        for locality, families in left:
            promise("allocation.tell_seniors", by=by, worker=worker.pk, locality=locality, families=families)


def to_tell_of(locality: int | None, *, worker: User) -> list[str]:
    """Return the addresses of who allocates in a locality; of named people's families, of the heads of service."""
    posts = Post.objects.filter(period__contains=timezone.localdate(), locality=locality)
    roles = [Role.HEAD] if locality is None else [Role.SENIOR, Role.MANAGER]
    people = User.objects.filter(pk__in=posts.filter(role__in=roles).values("user"), is_active=True, is_service=False)
    return list(people.exclude(pk=worker.pk).exclude(email="").order_by("pk").values_list("email", flat=True))


def worker_of(pk: int) -> User:
    return User.objects.get(pk=pk)
