"""The plan on paper, in words a family would use: what we want, who does what by when, who signs."""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.plans import rules
from casework.plans.models import Action, Goal, Plan
from casework.plans.services import last_words
from families.contesting.rules import About, key_of
from families.people.models import Membership, Person
from families.people.rules import LIVES_THERE
from slf.accounts.models import User
from slf.web.words import day_in_words

Marks = Collection[str]
STAR = "*"
FOR_THE_FILE, OF_THE_FILE = "file", "For the file of the service: it is not handed out."


@dataclass(frozen=True)
class Readers:
    """Whose hands a print is for: what one of them must not learn is not on it. Nobody's: all of it, for the file."""

    people: Sequence[Person]
    line: str = ""
    logged: str = ""

    @classmethod
    def of(cls, asked: str, members: Sequence[Membership]) -> "Readers | None":
        """Return who is asked for: all who live there, one of them, or the file; of somebody else nothing."""
        here = {str(member.person.uid): member for member in members if member.part in LIVES_THERE}
        if asked == FOR_THE_FILE:
            return cls([], OF_THE_FILE, " for the file")
        if not asked:
            return cls([member.person for member in here.values()])
        one = here.get(asked)
        return one and cls([one.person], f"For {one.name}.", f" for {one.name}")


def paper(
    plan: Plan, *, members: Sequence[Membership], marks: Marks, kept: Set[UUID] = frozenset(), made_for: str = ""
) -> dict[str, Any]:
    """Return the data of ``plan.typ``. Nothing about where anybody lives or who lives elsewhere is on it.

    ``kept``: the needs of which its readers must not learn; a goal that answers one of them is not on it, and nothing
    says so. ``made_for``: a line that says whose hands it is for.

    A name that somebody contests has a star, and a line says what the star means.
    """
    here = [member for member in members if member.part in LIVES_THERE]
    lines = [signature(plan, member, marks) for member in here if member.part in rules.ADULTS]
    goals = [goal for goal in plan.goals.all() if kept.isdisjoint(need.uid for need in goal.needs.all())]
    people = [*(member.person for member in here), *(action.person for goal in goals for action in goal.actions.all())]
    return {
        "title": f"Our plan: {plan.family.name}",
        "reference": plan.family.reference,
        "made_for": made_for,
        "version": plan.number,
        "state": rules.PLAN_STATE_NAMES[rules.PlanState(plan.state)],
        "is_draft": plan.is_draft,
        "started_on": plan.started_on,
        "agreed_on": plan.agreed_on,
        "family": [named(member.person, marks) for member in here],
        "has_contested": any(person and is_contested(person, marks) for person in people),
        "goals": [goal_on_paper(goal, marks) for goal in goals],
        "signatures": [line for line in lines if not line["refused"]],
        "refusals": [line for line in lines if line["refused"]],
        "worker": str(plan.started_by),
    }


def named(person: Person, marks: Marks) -> str:
    """Return a name as it stands on paper: with a star while somebody contests it."""
    return f"{person}{STAR if is_contested(person, marks) else ''}"


def is_contested(person: Person, marks: Marks) -> bool:
    return key_of(About.NAME, person.uid) in marks


def goal_on_paper(goal: Goal, marks: Marks) -> dict[str, Any]:
    return {"words": goal.words, "actions": [action_on_paper(action, marks) for action in goal.actions.all()]}


def action_on_paper(action: Action, marks: Marks) -> dict[str, Any]:
    return {
        "what": action.what, "who": owner(action, marks), "due_on": action.due_on, "done_on": action.done_on,
    }  # fmt: skip


def owner(action: Action, marks: Marks) -> str:
    if isinstance(action.owner, Person):
        return named(action.owner, marks)
    return f"{action.owner} (worker)" if isinstance(action.owner, User) else str(action.owner)


def signature(plan: Plan, member: Membership, marks: Marks) -> dict[str, Any]:
    """Return a line to sign on, or what this adult has said already: that they agree, and how, or that they do not."""
    answer = last_words(plan.answers.all(), revision=plan.revision).get(member.person.pk)
    said = {"name": named(member.person, marks), "agreed": "", "refused": ""}
    if answer is None:
        return said
    if answer.said == rules.Said.AGREED:
        return said | {"agreed": f"{answer.get_how_display()}, {day_in_words(answer.said_on)}"}
    return said | {"refused": day_in_words(answer.said_on)}
