"""Writing a plan with a family, agreeing to it, and getting it done.

Every change of what a plan says locks the version, refuses what is agreed, and counts one revision up. What makes,
replaces or goes through a family's versions has the family's plan to itself until it is committed.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse

from casework.cases.services import case_closed
from casework.plans import rules
from casework.plans.models import Action, Goal, GoalNeed, Plan, PlanAnswer
from casework.plans.rules import Act, PlanState, Said
from families.needs.models import Need
from families.people.models import Family, Membership, Person
from slf.accounts.models import User
from slf.web.errors import Conflict, Incomplete, NotAllowed

Owner = Person | User | str
"""Who does an action: one of the family, a worker, or the name of another service."""


# Versions


@transaction.atomic
def start_plan(family: Family, *, by: User, on: date) -> Plan:
    """Return the family's draft; when there is none, start one from what the family last agreed to."""
    _have_alone(family.pk)
    if case_closed(family, on=on) is not None:
        raise NotAllowed(rules.CASE_CLOSED)
    versions = Plan.objects.filter(family=family).order_by("-number")
    last, in_force = versions.first(), versions.in_force().first()
    wanted = {"number": last.number + 1 if last else 1, "started_on": on, "started_by": by}
    draft, made = Plan.objects.get_or_create(family=family, state=PlanState.DRAFT, defaults=wanted)
    if made and in_force:
        _copy_goals(in_force, draft)
    return draft


@transaction.atomic
def throw_away_plan(plan: Plan, *, revision: int, by: User) -> None:
    """Give a draft up. What it said stays to be read; what the family agreed to before stays in force."""
    _have_alone(plan.family_id)
    plan = _lock(plan, Act.THROW_AWAY, revision=revision)
    plan.state = rules.next_state(plan.state, Act.THROW_AWAY)
    plan.save(update_fields=["state"])


@transaction.atomic
def end_plans(family: Family, *, by: User, on: date) -> list[int]:
    """End what a family has in hand with its case, as of a day; return the keys of the versions."""
    _have_alone(family.pk)
    rows = Plan.objects.filter(family=family, state__in=rules.LIVING)
    ended = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for plan in ended:
        plan.state, plan.ended_on = rules.next_state(plan.state, Act.END), on
        plan.save(update_fields=["state", "ended_on"])
    return [plan.pk for plan in ended]


@transaction.atomic
def resume_plans(family: Family, ended: Iterable[int], *, by: User) -> None:
    """Let versions that ended with a case go on as they were, when its closing is taken back."""
    _have_alone(family.pk)
    rows = Plan.objects.filter(family=family, pk__in=ended, state=PlanState.ENDED)
    for plan in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        plan.state, plan.ended_on = rules.state_before(plan.agreed_on), None
        plan.save(update_fields=["state", "ended_on"])


def _have_alone(family: int) -> None:
    """Wait until nobody else makes or goes through versions of this family's plan.

    A lock on rows would not do: a version that is being made has none yet, and a provider may not lock the family's.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('casework_plan', %s))", [family])


def _copy_goals(old: Plan, new: Plan) -> None:
    for goal in old.goals.prefetch_related("ties", "actions"):
        copy = Goal.objects.create(family_id=new.family_id, plan=new, words=goal.words)
        _tie(copy, [tie.need_id for tie in goal.ties.all()])
        for action in goal.actions.all():
            _copy_action(action, copy)


def _copy_action(action: Action, goal: Goal) -> None:
    said = ("thread", "what", "person_id", "worker_id", "agency", "due_on", "state", "done_on", "done_by_id")
    Action.objects.create(family_id=goal.family_id, goal=goal, **{name: getattr(action, name) for name in said})


def _lock(plan: Plan, act: Act, *, revision: int | None = None) -> Plan:
    """Return the version as it is now, for this transaction alone, if the act is possible."""
    now: Plan = Plan.objects.select_related("family").select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    rules.next_state(now.state, act)
    if revision not in {None, now.revision}:
        message = "Somebody else changed this plan while you had it open. Read what it says now before you go on."
        raise Conflict(message)
    return now


def _revise(plan: Plan) -> None:
    plan.revision = F("revision") + 1
    plan.save(update_fields=["revision"])
    plan.refresh_from_db(fields=["revision"])


# Goals


@transaction.atomic
def add_goal(plan: Plan, *, words: str, needs: Iterable[Need], by: User, revision: int | None = None) -> Goal:
    """Add a goal in the family's words, tied to the needs it answers."""
    plan = _lock(plan, Act.WRITE, revision=revision)
    goal = Goal.objects.create(family_id=plan.family_id, plan=plan, words=words)
    _tie(goal, [need.pk for need in needs])
    _revise(plan)
    return goal


@transaction.atomic
def change_goal(goal: Goal, *, words: str, needs: Iterable[Need], revision: int, by: User) -> Goal:
    """Say a goal of a draft in other words. ``revision`` is the plan as the writer saw it."""
    plan = _lock(goal.plan, Act.WRITE, revision=revision)
    answered = [need.pk for need in needs]  # read before the ties go: they may be the goal's own
    goal.words = words
    goal.save(update_fields=["words"])
    goal.ties.all().delete()
    _tie(goal, answered)
    _revise(plan)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, revision: int, by: User) -> None:
    """Take a goal and its actions out of a draft. What was written stays in the history."""
    plan = _lock(goal.plan, Act.WRITE, revision=revision)
    goal.delete()
    _revise(plan)


def _tie(goal: Goal, needs: Iterable[int]) -> None:
    GoalNeed.objects.bulk_create(GoalNeed(family_id=goal.family_id, goal=goal, need_id=need) for need in needs)


# Actions


@transaction.atomic
def add_action(goal: Goal, *, what: str, owner: Owner, due_on: date, by: User, revision: int | None = None) -> Action:
    """Say who does what by when for a goal."""
    plan = _lock(goal.plan, Act.WRITE, revision=revision)
    action = Action.objects.create(
        family_id=goal.family_id, goal=goal, what=what, due_on=due_on, **_owner_columns(owner)
    )
    _revise(plan)
    return action


@transaction.atomic
def change_action(action: Action, *, what: str, owner: Owner, due_on: date, revision: int, by: User) -> Action:
    """Change an action of a draft. ``revision`` is the plan as the writer saw it."""
    plan = _lock(action.goal.plan, Act.WRITE, revision=revision)
    columns = {"what": what, "due_on": due_on, **_owner_columns(owner)}
    for name, value in columns.items():
        setattr(action, name, value)
    action.save(update_fields=list(columns))
    _revise(plan)
    return action


@transaction.atomic
def remove_action(action: Action, *, revision: int, by: User) -> None:
    """Take an action out of a draft."""
    plan = _lock(action.goal.plan, Act.WRITE, revision=revision)
    action.delete()
    _revise(plan)


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
    _have_alone(action.family_id)
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


# The family's agreement


@transaction.atomic
def record_answer(
    plan: Plan,
    *,
    person: Person,
    said: Said,
    how: rules.How,
    said_on: date,
    revision: int,
    by: User,
    reason: str = "",
    signature: str = "",
) -> PlanAnswer:
    """Record what one adult said to the plan as it reads. When enough have agreed, it is the family's plan.

    The same answer again by the same person changes nothing.
    """
    signature = rules.check_signature(how, signature)
    plan = _lock_to_answer(plan, revision=revision)
    household = parts_on(plan.family, day=said_on)
    _insist_on_an_adult(person, household, plan, said_on=said_on)
    if (same := _same_answer(plan, person, said)) is not None:
        return same
    answer = PlanAnswer.objects.create(
        family_id=plan.family_id, plan=plan, revision=plan.revision, person=person, said=said, how=how,
        reason=reason, signature=signature, said_on=said_on, recorded_by=by,
    )  # fmt: skip
    _agree_if_enough(plan, household)
    return answer


def _lock_to_answer(plan: Plan, *, revision: int) -> Plan:
    """A refusal can follow an agreement: whoever speaks later is heard too, as long as the version lives."""
    _have_alone(plan.family_id)
    whole = Plan.objects.select_related("family").prefetch_related("goals__actions")
    now: Plan = whole.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if now.state not in rules.LIVING:
        raise NotAllowed(rules.OVER.get(now.state, rules.OVERTAKEN))
    if now.revision != revision:
        message = (
            "The plan was changed after you opened it. Read it with the family again: it is not what they agreed to."
        )
        raise Conflict(message)
    if missing := missing_from(now):
        raise Incomplete(missing, "The plan is not ready to be agreed yet.")
    return now


def missing_from(plan: Plan) -> list[tuple[str, str | None]]:
    """Return what a plan needs before anybody is asked to agree: ``(sentence, address where it is given)``."""
    goals = plan.goals.all()
    if not goals:
        return [(rules.NO_GOALS, reverse("casework:add_goal", args=[plan.family.uid]))]
    bare = (goal for goal in goals if not goal.actions.all())
    return [(rules.no_actions(goal.words), reverse("casework:add_action", args=[goal.uid])) for goal in bare]


def parts_on(family: Family, *, day: date) -> Mapping[int, str]:
    """Return ``{person id: part}`` of who was in the family on a day."""
    rows = Membership.objects.filter(family=family).on(day).select_related("person__merged_into")
    return {row.person.pk: row.part for row in rows}


def _insist_on_an_adult(person: Person, household: Mapping[int, str], plan: Plan, *, said_on: date) -> None:
    if household.get(person.pk) not in rules.ADULTS:
        raise NotAllowed("Only an adult who was in the family on that day can agree to its plan.")
    if said_on < plan.started_on:
        raise NotAllowed("Nobody can agree to a plan before the day it was started. Check the date.")


def _same_answer(plan: Plan, person: Person, said: Said) -> PlanAnswer | None:
    last = plan.answers.filter(person__in=person.rows(), revision=plan.revision).order_by("-pk").first()
    return last if last and last.said == said else None


def last_words(answers: Iterable[PlanAnswer], *, revision: int) -> dict[int, PlanAnswer]:
    """Return ``{person id: last answer}`` to the plan as it reads now; an answer to earlier words has lapsed."""
    return {answer.person.pk: answer for answer in answers if answer.revision == revision}


def _agree_if_enough(plan: Plan, household: Mapping[int, str]) -> None:
    last = last_words(plan.answers.select_related("person__merged_into"), revision=plan.revision)
    agreed = {person: answer.said_on for person, answer in last.items() if answer.said == Said.AGREED}
    if not rules.may(plan.state, Act.AGREE) or not agreed:
        return
    rule = rules.agreement_rule_on(max(agreed.values()))
    if (day := rule.met_on(household, agreed)) is not None:
        _replace_the_one_in_force(plan.family)
        plan.state = rules.next_state(plan.state, Act.AGREE)
        plan.agreed_on, plan.agreement_rule = day, rule.code
        plan.save(update_fields=["state", "agreed_on", "agreement_rule"])


def _replace_the_one_in_force(family: Family) -> None:
    for old in Plan.objects.in_force().filter(family=family).select_for_update(of=("self",), no_key=True):
        old.state = rules.next_state(old.state, Act.REPLACE)
        old.save(update_fields=["state"])
