from tests.access_table import Row
from tests.casework.plans.access_rows import DAY, MAKE, MISSING, MOVE, NOT_THEIRS, READ, SEE, of_the_plan, plan_of
from tests.casework.plans.factories import draft
from tests.casework.visits.factories import VisitFactory


def a_next_step(family):
    goal = draft(family, goals=1).goals.get()
    return {"uid": goal.uid, "kind": "visit", "source": VisitFactory(family=family, next_step="Ring the GP").uid}


def a_draft(family):
    draft(family, goals=1)
    VisitFactory(family=family, next_step="Ring the GP")
    return {"uid": family.uid}


def action(kwargs):
    return {"what": "Ring", "owner": "agency", "agency": "GP", **DAY}


@of_the_plan
def carrying(kwargs):
    from casework.visits.models import Visit

    plan = plan_of(kwargs)
    source = str(Visit.objects.filter(family=plan.family).latest("pk").uid)
    return body_of(plan.goals.get(), source)


def body_of(goal, source):
    said = {"what": "Ring", "owner": {"agency": "GP"}, "due_on": "2014-11-01"}
    return {"goal": str(goal.uid), "from": {"kind": "visit", "uid": source}, **said}


def foreign_source(own, other):
    goal = draft(own, goals=1).goals.get()
    theirs = VisitFactory(family=other, next_step="Elsewhere")
    return {"uid": own.uid}, body_of(goal, str(theirs.uid)), body_of(goal, MISSING)


ROWS = [
    Row("casework:carry_over", a_next_step, get=SEE, post=MOVE, post_body=action, not_their_job=NOT_THEIRS),
    Row(
        "api-agreed-elsewhere",
        a_draft,
        get=READ,
        post=MAKE,
        post_body=carrying,
        foreign=foreign_source,
        not_their_job=NOT_THEIRS,
    ),
]
