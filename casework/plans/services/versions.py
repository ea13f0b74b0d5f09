"""Starting a version of a plan, throwing it away, ending it with the case, and having it to oneself."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from casework.cases.services import insist_on_who, stage_on
from casework.plans import rules
from casework.plans.models import Action, Goal, GoalNeed, Plan
from casework.plans.rules import Act, PlanState
from casework.transitions.rules import Move, late
from families.people.models import Family
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed


@transaction.atomic
def start_plan(family: Family, *, by: User, on: date) -> Plan:
    """Return the family's draft; when there is none, start one from what the family last agreed to."""
    have_alone(family.pk)
    if said := late(Move.BEGIN_PLAN, stage_on(family, on=on)):
        raise NotAllowed(said)
    insist_on_who(Move.BEGIN_PLAN, family, by=by)
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
    have_alone(plan.family_id)
    plan = lock_plan(plan, Act.THROW_AWAY, revision=revision)
    plan.state = rules.next_state(plan.state, Act.THROW_AWAY)
    plan.save(update_fields=["state"])


@transaction.atomic
def end_plans(family: Family, *, by: User, on: date) -> list[int]:
    """End what a family has in hand with its case, as of a day; return the keys of the versions."""
    have_alone(family.pk)
    rows = Plan.objects.filter(family=family, state__in=rules.LIVING)
    ended = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for plan in ended:
        plan.state, plan.ended_on = rules.next_state(plan.state, Act.END), on
        plan.save(update_fields=["state", "ended_on"])
    return [plan.pk for plan in ended]


@transaction.atomic
def resume_plans(family: Family, ended: Iterable[int], *, by: User) -> None:
    """Let versions that ended with a case go on as they were, when its closing is taken back."""
    have_alone(family.pk)
    rows = Plan.objects.filter(family=family, pk__in=ended, state=PlanState.ENDED)
    for plan in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        plan.state, plan.ended_on = rules.state_before(plan.agreed_on), None
        plan.save(update_fields=["state", "ended_on"])


def have_alone(family: int) -> None:
    """Wait until nobody else makes or goes through versions of this family's plan.

    A lock on rows would not do: a version that is being made has none yet, and a provider may not lock the family's.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('casework_plan', %s))", [family])


def _copy_goals(old: Plan, new: Plan) -> None:
    for goal in old.goals.prefetch_related("ties", "actions"):
        copy = Goal.objects.create(family_id=new.family_id, plan=new, words=goal.words)
        tie(copy, [row.need_id for row in goal.ties.all()])
        for action in goal.actions.all():
            _copy_action(action, copy)


def _copy_action(action: Action, goal: Goal) -> None:
    said = ("thread", "what", "person_id", "worker_id", "agency", "due_on", "state", "done_on", "done_by_id")
    Action.objects.create(family_id=goal.family_id, goal=goal, **{name: getattr(action, name) for name in said})


def lock_plan(plan: Plan, act: Act, *, revision: int | None = None) -> Plan:
    """Return the version as it is now, for this transaction alone, if the act is possible."""
    now: Plan = Plan.objects.select_related("family").select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    rules.next_state(now.state, act)
    if revision not in {None, now.revision}:
        message = "Somebody else changed this plan while you had it open. Read what it says now before you go on."
        raise Conflict(message)
    return now


def revise(plan: Plan) -> None:
    plan.revision = F("revision") + 1
    plan.save(update_fields=["revision"])
    plan.refresh_from_db(fields=["revision"])


def tie(goal: Goal, needs: Iterable[int]) -> None:
    GoalNeed.objects.bulk_create(GoalNeed(family_id=goal.family_id, goal=goal, need_id=need) for need in needs)
