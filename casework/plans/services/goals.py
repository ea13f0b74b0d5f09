"""What a draft says: its goals, who does what by when, and how far that is."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from casework.plans import rules
from casework.plans.models import Action, Goal, Plan
from casework.plans.rules import Act
from casework.plans.services.versions import have_alone, lock_plan, revise, tie
from families.needs.models import Need
from families.people.models import Person
from slf.accounts.models import User
from slf.web.errors import NotAllowed

Owner = Person | User | str
"""Who does an action: one of the family, a worker, or the name of another service."""


@transaction.atomic
def add_goal(plan: Plan, *, words: str, needs: Iterable[Need], by: User, revision: int | None = None) -> Goal:
    """Add a goal in the family's words, tied to the needs it answers."""
    plan = lock_plan(plan, Act.WRITE, revision=revision)
    goal = Goal.objects.create(family_id=plan.family_id, plan=plan, words=words)
    tie(goal, [need.pk for need in needs])
    revise(plan)
    return goal


@transaction.atomic
def change_goal(goal: Goal, *, words: str, needs: Iterable[Need], revision: int, by: User) -> Goal:
    """Say a goal of a draft in other words. ``revision`` is the plan as the writer saw it."""
    plan = lock_plan(goal.plan, Act.WRITE, revision=revision)
    answered = [need.pk for need in needs]  # read before the ties go: they may be the goal's own
    goal.words = words
    goal.save(update_fields=["words"])
    goal.ties.all().delete()
    tie(goal, answered)
    revise(plan)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, revision: int, by: User) -> None:
    """Take a goal and its actions out of a draft. What was written stays in the history."""
    plan = lock_plan(goal.plan, Act.WRITE, revision=revision)
    goal.delete()
    revise(plan)


@transaction.atomic
def add_action(goal: Goal, *, what: str, owner: Owner, due_on: date, by: User, revision: int | None = None) -> Action:
    """Say who does what by when for a goal."""
    plan = lock_plan(goal.plan, Act.WRITE, revision=revision)
    action = Action.objects.create(
        family_id=goal.family_id, goal=goal, what=what, due_on=due_on, **_owner_columns(owner)
    )
    revise(plan)
    return action


@transaction.atomic
def change_action(action: Action, *, what: str, owner: Owner, due_on: date, revision: int, by: User) -> Action:
    """Change an action of a draft. ``revision`` is the plan as the writer saw it."""
    plan = lock_plan(action.goal.plan, Act.WRITE, revision=revision)
    columns = {"what": what, "due_on": due_on, **_owner_columns(owner)}
    for name, value in columns.items():
        setattr(action, name, value)
    action.save(update_fields=list(columns))
    revise(plan)
    return action


@transaction.atomic
def remove_action(action: Action, *, revision: int, by: User) -> None:
    """Take an action out of a draft."""
    plan = lock_plan(action.goal.plan, Act.WRITE, revision=revision)
    action.delete()
    revise(plan)


def _owner_columns(owner: Owner) -> dict[str, Any]:
    return {
        "person": owner if isinstance(owner, Person) else None,
        "worker": owner if isinstance(owner, User) else None,
        "agency": owner if isinstance(owner, str) else "",
    }


def finish_action(action: Action, *, on: date, by: User) -> Action:
    """Mark an action as done, in the agreed plan and in a draft that carries it on."""
    return _progress(action, Act.FINISH, done_on=on, done_by=by)


def reopen_action(action: Action, *, by: User) -> Action:
    """Take back that an action is done."""
    return _progress(action, Act.REOPEN, done_on=None, done_by=None)


@transaction.atomic
def _progress(action: Action, act: Act, **columns: Any) -> Action:
    have_alone(action.family_id)
    alive = Action.objects.filter(thread=action.thread, family=action.family_id, goal__plan__state__in=rules.LIVING)
    rows = list(alive.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if not rows:
        states = Plan.objects.filter(goals=action.goal_id).values_list("state", flat=True)
        raise NotAllowed(rules.OVER.get(states.get(), rules.OVERTAKEN))
    for row in rows:
        row.state = rules.next_state(row.state, act)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=["state", *columns])
    return next((row for row in rows if row.pk == action.pk), action)
