"""The plan on paper, in words a family would use: what we want, who does what by when, who signs."""

from collections.abc import Sequence
from typing import Any

from casework.plans import rules
from casework.plans.models import Action, Goal, Plan
from casework.plans.services import last_words
from families.people.models import Membership
from families.people.rules import LIVES_THERE
from slf.accounts.models import User
from slf.web.words import day_in_words


def paper(plan: Plan, *, members: Sequence[Membership]) -> dict[str, Any]:
    """Return the data of ``plan.typ``. Nothing about where anybody lives or who lives elsewhere is on it."""
    here = [member for member in members if member.part in LIVES_THERE]
    lines = [signature(plan, member) for member in here if member.part in rules.ADULTS]
    return {
        "title": f"Our plan: {plan.family.name}",
        "reference": plan.family.reference,
        "version": plan.number,
        "state": rules.PLAN_STATE_NAMES[rules.PlanState(plan.state)],
        "is_draft": plan.is_draft,
        "started_on": plan.started_on,
        "agreed_on": plan.agreed_on,
        "family": [str(member.person) for member in here],
        "goals": [goal_on_paper(goal) for goal in plan.goals.all()],
        "signatures": [line for line in lines if not line["refused"]],
        "refusals": [line for line in lines if line["refused"]],
        "worker": str(plan.started_by),
    }


def goal_on_paper(goal: Goal) -> dict[str, Any]:
    return {"words": goal.words, "actions": [action_on_paper(action) for action in goal.actions.all()]}


def action_on_paper(action: Action) -> dict[str, Any]:
    return {"what": action.what, "who": owner_on_paper(action), "due_on": action.due_on, "done_on": action.done_on}


def owner_on_paper(action: Action) -> str:
    return f"{action.owner} (worker)" if isinstance(action.owner, User) else str(action.owner)


def signature(plan: Plan, member: Membership) -> dict[str, Any]:
    """Return a line to sign on, or what this adult has said already: that they agree, and how, or that they do not."""
    answer = last_words(plan.answers.all(), revision=plan.revision).get(member.person.pk)
    said = {"name": str(member.person), "agreed": "", "refused": ""}
    if answer is None:
        return said
    if answer.said == rules.Said.AGREED:
        return said | {"agreed": f"{answer.get_how_display()}, {day_in_words(answer.said_on)}"}
    return said | {"refused": day_in_words(answer.said_on)}
