"""What of a family's story one person must not learn of: what is marked so, and the goals that answer such a need."""

from functools import partial
from uuid import UUID

from casework.assessments.rules import CHILDREN, sections_for
from casework.plans.models import Goal, GoalNeed
from casework.provenance.models import withheld
from casework.provenance.rules import About
from families.people.models import Family, Membership, Person
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


def others_of(family: Family, person: Person, *, user: User) -> frozenset[UUID]:
    """Return of whose needs one person is not told, as in a print of the assessment: of other adults; a child of none
    but their own."""
    members = Membership.objects.visible_to(user).filter(family=family).select_related("person__merged_into")
    is_child = {member.person.uid: member.part in CHILDREN for member in members}
    reader = person.shown.uid
    own_or_childs = partial(sections_for, str(reader), reader_is_child=is_child.get(reader, False))
    return frozenset(uid for uid, child in is_child.items() if not own_or_childs(str(uid), subject_is_child=child))
