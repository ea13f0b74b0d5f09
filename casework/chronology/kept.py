"""What of a family's story one person must not learn of: what is marked so, and the goals that answer such a need."""

from casework.plans.models import Goal, GoalNeed
from casework.provenance.models import withheld
from casework.provenance.rules import About
from families.people.models import Family, Person
from slf.accounts.models import User


def mark_of(goal: Goal) -> str:
    return f"goal:{goal.uid}"


def kept_from(family: Family, person: Person, *, user: User) -> frozenset[str]:
    """Return the marks of what is kept from one person, by which an entry is told that rests on it."""
    kept = withheld(family, person, user=user)
    needs = [uid for about, _, uid in (mark.partition(":") for mark in kept) if about == About.NEED]
    if not needs:
        return kept
    ties = GoalNeed.objects.visible_to(user).filter(need__uid__in=needs).select_related("goal")
    return kept | {mark_of(tie.goal) for tie in ties}
