"""Planning a visit or a series, moving one, cancelling one or the rest, and noting that nobody was there."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from casework.cases.models import Case
from casework.diary import rules
from casework.diary.models import PlannedVisit, new_series
from casework.diary.rules import Planned, State
from families.people.models import Family
from referrals.allocation.services import present_allocation
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import NotAllowed, NotForYou

OVER = "The case of this family is closed. Nothing more is planned with it."
NOT_YOURS = "Whoever works with the family plans its visits."


@transaction.atomic
def plan_visit(
    family: Family,
    plan: Planned,
    *,
    by: User,
    on: date,
    worker: User | None = None,
    every: str | None = None,
    until: date | None = None,
) -> list[PlannedVisit]:
    """Plan a visit, or one for each day of a series. What is planned already just so is there once.

    ``worker`` is named where it is not whoever works with the family.
    """
    rules.check_planned(plan, today=on)
    days = rules.days_of_series(plan.due_on, every, until)
    if not Family.objects.visible_to(by, can=Can.WORK_FAMILY).filter(pk=family.pk).exists():
        raise NotForYou(NOT_YOURS)
    check_goes_on(family)
    series = new_series() if len(days) > 1 else None
    known = {"kind": plan.kind, "due_at": plan.due_at, "worker": unless_its_worker(worker, family, on=on)}
    more = {"minutes": plan.minutes, "about": plan.about.strip(), "planned_by": by, "series": series}
    return [
        PlannedVisit.objects.open().get_or_create(family=family, due_on=day, **known, defaults=more)[0] for day in days
    ]


@transaction.atomic
def plan_next(family: Family, *, kind: str, due_on: date, by: User, on: date) -> PlannedVisit | None:
    """Plan the visit that was agreed on the last one, unless one is planned that day, or the case is closed."""
    if due_on < on or case_is_over(family):
        return None
    there: PlannedVisit | None = PlannedVisit.objects.open().filter(family=family, due_on=due_on).first()
    if there is not None:
        there.save(update_fields=["changed_at"])
        return there
    made: PlannedVisit = PlannedVisit.objects.create(family=family, kind=kind, due_on=due_on, planned_by=by)
    return made


@transaction.atomic
def move_visit(planned: PlannedVisit, plan: Planned, *, by: User, on: date) -> PlannedVisit:
    """Give a planned visit another day, time or place. Of a series, this one alone. Safe twice."""
    planned = lock(planned, by=by)
    rules.check_open(planned.state, who=planned.settled_by, day=planned.settled_on)
    if plan.due_on != planned.due_on:
        rules.check_planned(plan, today=on)
    twice = PlannedVisit.objects.open().filter(
        family=planned.family_id, kind=plan.kind, due_on=plan.due_on, due_at=plan.due_at, worker=planned.worker_id
    )
    if twice.exclude(pk=planned.pk).exists():
        raise NotAllowed("The same visit is planned for then already.")
    planned.kind, planned.due_on, planned.due_at = plan.kind, plan.due_on, plan.due_at
    planned.minutes, planned.about = plan.minutes, plan.about.strip()
    planned.save()
    return planned


@transaction.atomic
def cancel_visit(
    planned: PlannedVisit, *, reason: str, by: User, on: date, said: str = "", rest: bool = False
) -> list[PlannedVisit]:
    """Cancel a visit, or it and the rest of its series, with a reason. Safe twice."""
    rules.check_reason(reason, said, among=value_of(rules.CANCELLED, on=on))
    planned = lock(planned, by=by)
    if is_again(planned, State.CANCELLED, by, reason):
        return [planned]
    rules.check_open(planned.state, who=planned.settled_by, day=planned.settled_on)
    return [settle(one, State.CANCELLED, reason, said, by=by, on=on) for one in (planned, *the_rest(planned, rest))]


@transaction.atomic
def note_no_access(planned: PlannedVisit, *, reason: str, by: User, on: date, said: str = "") -> PlannedVisit:
    """Note that somebody went and met nobody. It is no contact, and nobody was seen. Safe twice."""
    rules.check_reason(reason, said, among=value_of(rules.NO_ACCESS, on=on))
    planned = lock(planned, by=by)
    if is_again(planned, State.NO_ACCESS, by, reason):
        return planned
    rules.check_open(planned.state, who=planned.settled_by, day=planned.settled_on)
    rules.check_begun(planned.due_on, today=on)
    return settle(planned, State.NO_ACCESS, reason, said, by=by, on=on)


@transaction.atomic
def end_planned(family: Family, *, by: User, on: date) -> int:
    """Cancel what is planned with a family whose case is closed; return how many visits that were."""
    rows = PlannedVisit.objects.open().filter(family=family).select_for_update(of=("self",), no_key=True)
    return len([settle(one, State.CANCELLED, rules.CASE_CLOSED, "", by=by, on=on) for one in rows])


def planned_for(family: Family, uid: UUID | None) -> PlannedVisit | None:
    """Return the visit that is planned with this family under a number that somebody sent, if it still is."""
    found: PlannedVisit | None = PlannedVisit.objects.open().filter(family=family, uid=uid).first() if uid else None
    return found


def due_today(family: Family, *, user: User, on: date) -> PlannedVisit | None:
    """Return the one visit that this person was to make to the family today; none if there are several."""
    rows = PlannedVisit.objects.visible_to(user).open().filter(family=family, due_on=on).of_worker(user, on=on)
    found: Sequence[PlannedVisit] = list(rows[:2])
    return found[0] if len(found) == 1 else None


# What every verb needs ---------------------------------------------------------------------------------------------


def lock(planned: PlannedVisit, *, by: User) -> PlannedVisit:
    if not PlannedVisit.objects.visible_to(by, can=Can.WORK_FAMILY).filter(pk=planned.pk).exists():
        raise NotForYou(NOT_YOURS)
    rows = PlannedVisit.objects.select_related("family__merged_into", "settled_by")
    held: PlannedVisit = rows.select_for_update(of=("self",), no_key=True).get(pk=planned.pk)
    return held


def settle(planned: PlannedVisit, state: State, reason: str, said: str, *, by: User, on: date) -> PlannedVisit:
    planned.state, planned.reason, planned.said = state, reason, said.strip()
    planned.settled_by, planned.settled_on = by, on
    planned.save(update_fields=["state", "reason", "said", "settled_by", "settled_on", "changed_at"])
    return planned


def is_again(planned: PlannedVisit, state: State, by: User, reason: str) -> bool:
    return (planned.state, planned.settled_by_id, planned.reason) == (state, by.pk, reason)


def the_rest(planned: PlannedVisit, wanted: bool) -> Sequence[PlannedVisit]:  # noqa: FBT001  (an answer of a form)
    """Return the later visits of a series that are still planned, to be changed."""
    if not wanted or planned.series is None:
        return []
    rows = PlannedVisit.objects.open().filter(series=planned.series, due_on__gte=planned.due_on)
    return list(rows.exclude(pk=planned.pk).select_for_update(of=("self",), no_key=True))


def check_goes_on(family: Family) -> None:
    if case_is_over(family):
        raise NotAllowed(OVER)


def case_is_over(family: Family) -> bool:
    """Tell whether the family has cases and none of them is open."""
    ends = list(Case.objects.filter(family=family).values_list("closed_on", flat=True))
    return bool(ends) and None not in ends


def unless_its_worker(worker: User | None, family: Family, *, on: date) -> User | None:
    """Return who is named for a visit: nobody where it is the worker of the family, so that it goes to the next one."""
    present = present_allocation(family, on=on)
    its_own: int | None = present.worker_id if present else None
    return None if worker is None or worker.pk == its_own else worker
