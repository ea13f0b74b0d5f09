"""What the plan's page and its paper show, put together once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.plans import rules
from casework.plans.models import Goal, Plan, PlanAnswer
from casework.plans.services import last_words, missing_from
from casework.provenance.models import needs_kept_from
from families.contesting.marks import marks_of
from families.households.services import household_on
from families.needs.models import Need
from families.people.models import Family, Membership
from families.people.rules import LIVES_THERE
from referrals.allocation.models import Allocation
from slf.accounts.models import User
from slf.clock import today


@dataclass(frozen=True)
class Voice:
    """One adult, and the last they said to the plan as it reads."""

    person: object
    part: str
    answer: PlanAnswer | None
    counts: bool


def household(family: Family, user: User, *, day: date) -> list[Membership]:
    """Return who was in the family on a day, in the order of a household."""
    return household_on(family, day, by=user)


def adults(members: Sequence[Membership]) -> list[Membership]:
    return [member for member in members if member.part in rules.ADULTS]


def voices(plan: Plan, members: Sequence[Membership]) -> list[Voice]:
    """Return every adult of the household, and whoever else has answered, with their last word."""
    said = last_words(plan.answers.all(), revision=plan.revision)
    asked = rules.agreement_rule_on(plan.agreed_on or today()).parts
    here = {m.person.pk for m in members}
    left = [
        Voice(a.person, "No longer in the household", a, counts=False) for a in said.values() if a.person.pk not in here
    ]
    present = adults(members)
    return [Voice(m.person, m.get_part_display(), said.get(m.person.pk), m.part in asked) for m in present] + left


def workers(family: Family, user: User) -> list[User]:
    """Return who can be given an action: the family's worker and whoever is writing."""
    rows = Allocation.objects.visible_to(user).filter(family=family).current(on=today()).select_related("worker")
    return list(dict.fromkeys([*(row.worker for row in rows), user]))


def needs_of(family: Family, user: User):
    """Return the open needs a goal can answer."""
    return Need.objects.visible_to(user).filter(family=family).open_on(today()).select_related("person__merged_into")


def needs_without_goal(needs: Sequence[Need], goals: Sequence[Goal]) -> list[Need]:
    met = {need.pk for goal in goals for need in goal.needs.all()}
    return [need for need in needs if need.pk not in met]


def kept_from_some(
    plan: Plan, goals: Sequence[Goal], members: Sequence[Membership], user: User
) -> dict[str, list[Membership]]:
    """Return for whom it can be printed alone, where a goal answers a need that is kept from one who lives there."""
    here = [member for member in members if member.part in LIVES_THERE]
    needs = {need.uid for goal in goals for need in goal.needs.all()}
    people = [member.person for member in here] if needs else []
    return {"readers": here if needs & needs_kept_from(plan.family, people, user=user) else []}


def in_full(plan: Plan, user: User, *, may_work: bool) -> dict[str, object]:
    """Return all of one version for its page."""
    members = household(plan.family, user, day=plan.agreed_on or today())
    goals = list(plan.goals.all())
    under_way = plan.state == rules.PlanState.AGREED or (plan.is_draft and plan.number > 1)
    last = "Change" if plan.is_draft and may_work and not under_way else "How far"
    return {
        "plan": plan,
        "goals": goals,
        "voices": voices(plan, members),
        "rule": rules.agreement_rule_on(plan.agreed_on or today()),
        "missing": missing_from(plan) if plan.is_draft else [],
        "needs_left": needs_without_goal(list(needs_of(plan.family, user)), goals) if plan.is_draft else [],
        "marks": marks_of(plan.family, user=user),
        **kept_from_some(plan, goals, members, user),
        "alive": plan.state in rules.LIVING,
        "thrown_away": plan.state == rules.PlanState.DROPPED,
        "ended": plan.state == rules.PlanState.ENDED,
        "under_way": under_way,
        "last_column": last,
        "columns": f"What|Who|By when|{last}",
        "today": today(),
    }
