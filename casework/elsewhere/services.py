"""Finding what was agreed elsewhere, and making it an action of the plan: it is typed once, and settled there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from casework.carried.models import DONE_BEFORE, IN_FORCE, IN_HAND, Carried, with_action
from casework.carried.rules import KIND_NAMES, Kind, there_already
from casework.meetings.models import Invitee, MeetingAction
from casework.plans.models import Action, Goal
from casework.plans.rules import Act
from casework.plans.services import Owner, add_action
from casework.plans.services.versions import lock_plan
from casework.provenance.models import Provenance
from casework.provenance.rules import About
from casework.supervision.models import AgreedAction
from casework.tasks.models import Task
from casework.tasks.services import may_change
from casework.visits.models import Visit
from families.people.models import Family
from slf.accounts.models import User
from slf.web.words import day_in_words

LATEST = 3
"""Of so many visits with a next step it is asked: what was agreed before them was done, or said again."""
NOT_FOR_A_PLAN = frozenset({"concern", "family_concerns", "spending", "budget"})
"""From these pages a task is about what a family's plan, which is printed, must not tell."""


@dataclass(frozen=True)
class Agreed:
    """One thing that was agreed: what, who and by when. ``also``: the task that is the same thing."""

    kind: Kind
    uid: UUID
    what: str
    where: str
    who: Owner | None = None
    due_on: date | None = None
    also: UUID | None = None

    @property
    def keys(self) -> list[tuple[Kind, UUID]]:
        return [(self.kind, self.uid), *([(Kind.TASK, self.also)] if self.also else [])]


def agreed_elsewhere(family: Family, *, by: User) -> list[Agreed]:
    """Return what was agreed elsewhere and is on no plan, what is due first: as many queries, however much it is."""
    there = set(with_action(IN_FORCE | IN_HAND | DONE_BEFORE).filter(family=family).values_list("kind", "source"))
    left = [one for one in sources(family, by=by) if not there.intersection(one.keys)]
    return sorted(left, key=lambda one: (one.due_on or date.max, one.what))


def source_of(family: Family, kind: str, uid: UUID, *, by: User) -> Agreed | None:
    """Return one thing agreed about this family that the reader may see; one of another family is as none."""
    return next((one for one in sources(family, by=by) if (one.kind, one.uid) == (kind, uid)), None)


def sources(family: Family, *, by: User) -> Iterator[Agreed]:
    """Yield what stands open; without what is kept from anybody who reads or is given the plan."""
    rows = Provenance.objects.visible_to(by).current().filter(family=family, kept__isnull=False)
    kept = set(rows.values_list("about", "entry"))
    yield from of_visits(family, kept={entry for about, entry in kept if about == About.VISIT}, by=by)
    yield from of_meetings(family, by=by)
    yield from of_supervision(family, kept={entry for about, entry in kept if about == About.DECISION}, by=by)
    yield from of_tasks(family, by=by)


def of_visits(family: Family, *, kept: set[UUID], by: User) -> Iterator[Agreed]:
    rows = Visit.objects.visible_to(by).filter(family=family).exclude(next_step="").exclude(uid__in=kept)
    for visit in rows.newest_first()[:LATEST]:
        yield Agreed(Kind.VISIT, visit.uid, visit.next_step, said(Kind.VISIT, visit.happened_on))


def of_meetings(family: Family, *, by: User) -> Iterator[Agreed]:
    rows = MeetingAction.objects.visible_to(by).to_do().filter(family=family, kept_from=[])
    for action in rows.exclude(meeting__state="cancelled").for_page():
        where, also = said(Kind.MEETING, action.meeting.day), action.task.uid if action.task else None
        yield Agreed(Kind.MEETING, action.uid, action.what, where, whose(action.owner), action.due_on, also)


def of_supervision(family: Family, *, kept: set[UUID], by: User) -> Iterator[Agreed]:
    rows = AgreedAction.objects.visible_to(by).to_do().filter(family=family).exclude(decision__uid__in=kept)
    for action in rows.select_related("owner", "decision"):
        where = said(Kind.SUPERVISION, action.decision.decided_on)
        yield Agreed(Kind.SUPERVISION, action.uid, action.what, where, action.owner, action.due_on)


def of_tasks(family: Family, *, by: User) -> Iterator[Agreed]:
    """Yield tasks of which this person says what becomes of them; one taken on at a meeting is yielded as that."""
    rows = Task.objects.visible_to(by).open().filter(family=family).exclude(about_kind__in=NOT_FOR_A_PLAN)
    at_meetings = MeetingAction.objects.visible_to(by).filter(family=family, task__isnull=False)
    for task in rows.exclude(pk__in=at_meetings.values("task")).for_list():
        if may_change(task, by):
            yield Agreed(Kind.TASK, task.uid, task.what, said(Kind.TASK, task.set_on), task.owner, task.due_on)


def said(kind: Kind, day: date) -> str:
    return f"{KIND_NAMES[kind]}, {day_in_words(day)}"


def whose(invitee: Invitee) -> Owner:
    """Return who took it on: one of the family, a colleague, or somebody of another service by name."""
    colleague = invitee.user or (invitee.member.user if invitee.member else None)
    return invitee.person or colleague or f"{invitee}, {invitee.of}"[:80]


@transaction.atomic
def carry_over(
    goal: Goal,
    agreed: Agreed,
    *,
    what: str,
    owner: Owner,
    due_on: date,
    by: User,
    on: date,
    revision: int | None = None,
) -> Action:
    """Make an action of the plan of something agreed elsewhere, which is settled by it. The same again is the same."""
    plan = lock_plan(goal.plan, Act.WRITE)
    there = with_action(IN_FORCE | IN_HAND | DONE_BEFORE).filter(kind=agreed.kind, source=agreed.uid).first()
    if there is not None:
        known: Action = Action.objects.filter(thread=there.thread).select_related("person", "worker").latest("pk")
        if (known.goal_id, known.what, known.owner, known.due_on) == (goal.pk, what, owner, due_on):
            return known
        raise there_already(known.what)
    action: Action = add_action(goal, what=what, owner=owner, due_on=due_on, by=by, revision=revision)
    Carried.objects.bulk_create(
        Carried(
            family_id=plan.family_id, kind=kind, source=uid, thread=action.thread, carried_by=by, carried_on=on
        )
        for kind, uid in agreed.keys
    )  # fmt: skip
    return action
