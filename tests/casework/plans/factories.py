"""Plans made the short way, through the services that make them in life."""

from datetime import date

from casework.plans.models import Plan
from casework.plans.rules import How, Said
from casework.plans.services import add_action, add_goal, record_answer, start_plan
from families.needs.models import Need
from families.people.models import Membership
from slf.accounts.models import User

STARTED, AGREED = date(2014, 3, 10), date(2014, 3, 12)


def somebody() -> User:
    return User.objects.get(username="everything")


def need(family, kind="education", **more) -> Need:
    return Need.objects.create(family=family, kind=kind, started_on=family.known_since, source="Referral", **more)


def parents(family) -> list:
    members = Membership.objects.filter(family=family, part="parent").select_related("person")
    return [member.person for member in members]


def draft(family, *, goals=2) -> Plan:
    """A draft with two goals: an action for a parent, one for the worker and one for a school."""
    by = somebody()
    plan = start_plan(family, by=by, on=STARTED)
    tie = Need.objects.filter(family=family).first() or need(family)
    for number in range(goals):
        goal = add_goal(plan, words=f"We want mornings without shouting {number}", needs=[tie], by=by)
        parent = parents(family)[0]
        add_action(goal, what=f"Get up at seven {number}", owner=parent, due_on=date(2014, 11, 1 + number), by=by)
        add_action(goal, what=f"Visit before school {number}", owner=by, due_on=date(2014, 10, 20), by=by)
        add_action(goal, what=f"Breakfast club {number}", owner="The primary school", due_on=date(2014, 12, 1), by=by)
    plan.refresh_from_db()
    return plan


def agreed(family, *, on=AGREED, goals=2) -> Plan:
    """A plan that a parent has agreed to."""
    plan = draft(family, goals=goals)
    record_answer(
        plan, person=parents(family)[0], said=Said.AGREED, how=How.PAPER, said_on=on, revision=plan.revision,
        by=somebody(),
    )  # fmt: skip
    plan.refresh_from_db()
    return plan


def said(plan):
    """Return all that a version says."""
    return [
        (goal.words, sorted(need.kind for need in goal.needs.all()),
         list(goal.actions.values_list("what", "person", "worker", "agency", "due_on", "state", "done_on", "thread")))
        for goal in plan.goals.all()
    ]  # fmt: skip
