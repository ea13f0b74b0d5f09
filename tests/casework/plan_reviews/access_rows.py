"""Reviews of the plan: read with the record, recorded by who works with the family."""

from casework.plans.models import Goal
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.plans.access_rows import NOT_THEIRS, READ, WORK
from tests.casework.plans.factories import agreed
from tests.conftest import Everything

MISSING = "00000000-0000-4000-8000-000000000000"


def a_plan(family):
    agreed(family, goals=1)
    return {"uid": family.uid}


def goal_of(uid):
    with acting_as(Everything.make()):
        return Goal.objects.filter(plan__family__uid=uid).first()


def body(kwargs):
    goal = goal_of(kwargs["uid"])
    named = f"_{goal.uid}" if goal else ""
    days = {"held_on_day": 15, "held_on_month": 10, "held_on_year": 2014, "next_on_day": 15, "next_on_month": 12}
    return {f"went{named}": "better", "family_says": "Mornings are calmer.", "next_on_year": 2014, **days}


def api_body(kwargs):
    goal = goal_of(kwargs["uid"])
    goals = [{"goal": str(goal.uid if goal else MISSING), "went": "better", "words": ""}]
    return {"held_on": "2014-10-15", "next_on": "2014-12-15", "family_says": "Calmer.", "goals": goals}


def foreign_goal(own, other):
    agreed(own, goals=1)
    said = {"went": "better", "words": ""}
    theirs = agreed(other, goals=1).goals.get()
    whole = {"held_on": "2014-10-15", "next_on": "2014-12-15", "family_says": "Calmer."}
    foreign, missing = (whole | {"goals": [said | {"goal": uid}]} for uid in (str(theirs.uid), MISSING))
    return {"uid": own.uid}, foreign, missing


MOVE, MAKE = all_of(*WORK, status=302), all_of(*WORK, status=201)
ROWS = [
    Row("casework:plan_reviews", a_plan, get=READ),
    Row("casework:review_plan", a_plan, get=all_of(Role.FSW, Role.SENIOR), post=MOVE, post_body=body,
        not_their_job=NOT_THEIRS),
    Row("api-plan-reviews", a_plan, get=READ, post=MAKE, post_body=api_body, not_their_job=NOT_THEIRS,
        foreign=foreign_goal),
]  # fmt: skip
