from functools import wraps
from io import BytesIO

from django.db.models import Q

from casework.plans.models import Action, Plan
from casework.plans.scans import add_scan
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.casework.plans.factories import agreed, draft, need, parents, somebody

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORK = (Role.FSW, Role.SENIOR)
SEE, MOVE, MAKE = all_of(*WORK), all_of(*WORK, status=302), all_of(*WORK, status=201)
SEEN = all_of(*WORK, status=428)  # the walk does not say what it saw
NOT_THEIRS = frozenset({Role.MANAGER, Role.HEAD})
PDF = b"%PDF-1.7 signed"
MISSING = "00000000-0000-4000-8000-000000000000"
DAY = {"due_on_day": 1, "due_on_month": 11, "due_on_year": 2014}


def a_draft(family):
    draft(family, goals=1)
    return {"uid": family.uid}


def a_plan(family):
    agreed(family, goals=1)
    return {"uid": family.uid}


def a_goal(family):
    return {"uid": draft(family, goals=1).goals.get().uid}


def an_action(family):
    return {"uid": draft(family, goals=1).goals.get().actions.first().uid}


def a_goal_of_the_family(family):
    return {"uid": family.uid, "goal": draft(family, goals=1).goals.get().uid}


def a_live_action(family):
    return {"uid": agreed(family, goals=1).goals.get().actions.first().uid}


def a_done_action(family):
    plan = agreed(family, goals=1)
    action = plan.goals.get().actions.first()
    Action.objects.filter(pk=action.pk).update(state="done", done_on="2014-10-01", done_by=plan.started_by)
    return {"uid": action.uid}


def with_family(subject):
    """The same for an address that names the family and the action."""

    def make(family):
        return {"uid": family.uid, "action": subject(family)["uid"]}

    return make


def of_the_plan(body):
    """Let a body name what is in the plan: the walk asks for it while nobody acts."""

    @wraps(body)
    def written(kwargs):
        with acting_as(somebody()):
            return body(kwargs)

    return written


def plan_of(kwargs):
    """Return the plan that an address of a family, a goal or an action is about."""
    uid = kwargs["uid"]
    about = Q(family__uid=uid) | Q(goals__uid=uid) | Q(goals__actions__uid=uid)
    return Plan.objects.filter(about).distinct().first()


@of_the_plan
def revision(kwargs):
    plan = plan_of(kwargs)  # none, when the role before took the goal out
    return {"revision": plan.revision if plan else 1}


@of_the_plan
def goal(kwargs):
    needs = [str(uid) for uid in plan_of(kwargs).family.needs.values_list("uid", flat=True)]
    return {"words": "Be on time", "needs": needs, **revision(kwargs)}


@of_the_plan
def action(kwargs):
    return {"what": "Ring", "owner": "agency", "agency": "GP", **DAY, **revision(kwargs)}


@of_the_plan
def answer(kwargs):
    parent = parents(plan_of(kwargs).family)[0]
    day = {"said_on_day": 12, "said_on_month": 3, "said_on_year": 2014, "said_on": "2014-03-12"}
    return {"person": str(parent.uid), "said": "agreed", "how": "paper", **day, **revision(kwargs)}


@of_the_plan
def api_action(kwargs):
    return {
        "goal": str(plan_of(kwargs).goals.get().uid),
        "what": "Ring",
        "owner": {"agency": "GP"},
        "due_on": "2014-11-01",
    }


def foreign_need(own, other):
    draft(own, goals=1)
    body = {"words": "Be on time"}
    return {"uid": own.uid}, body | {"needs": [str(need(other).uid)]}, body | {"needs": [MISSING]}


def foreign_person(own, other):
    goal = draft(own, goals=1).goals.get()
    body = {"goal": str(goal.uid), "what": "Ring", "due_on": "2014-11-01"}
    stranger = {"person": str(parents(other)[0].uid)}
    return {"uid": own.uid}, body | {"owner": stranger}, body | {"owner": {"person": MISSING}}


def foreign_adult(own, other):
    body = {"said": "agreed", "how": "paper", "said_on": "2014-03-12", "revision": draft(own).revision}
    return {"uid": own.uid}, body | {"person": str(parents(other)[0].uid)}, body | {"person": MISSING}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=NOT_THEIRS, **more)


def an_answer(family):
    return {"uid": agreed(family, goals=1).answers.get().uid}


def a_scan(family):
    answer, by = agreed(family, goals=1).answers.get(), somebody()
    with acting_as(by):
        add_scan(answer, file=BytesIO(PDF), name="signed.pdf", by=by)
    return {"uid": answer.uid}


ROWS = [
    Row("casework:plan_scan", a_scan, get=READ),
    row("casework:add_plan_scan", an_answer, get=SEE, post=all_of(*WORK, status=400)),
    Row("casework:plan", a_plan, get=READ),
    Row("casework:print_plan", a_plan, get=READ),
    row("casework:start_plan", a_plan, post=MOVE),
    row("casework:throw_away_plan", a_draft, get=SEE, post=MOVE, post_body=revision),
    row("casework:add_goal", a_draft, get=SEE, post=MOVE, post_body=goal),
    row("casework:change_goal", a_goal, get=SEE, post=MOVE, post_body=goal),
    row("casework:remove_goal", a_goal, post=MOVE, post_body=revision),
    row("casework:add_action", a_goal, get=SEE, post=MOVE, post_body=action),
    row("casework:change_action", an_action, get=SEE, post=MOVE, post_body=action),
    row("casework:remove_action", an_action, post=MOVE, post_body=revision),
    row("casework:finish_action", a_live_action, post=MOVE),
    row("casework:reopen_action", a_done_action, post=MOVE),
    row("casework:record_answer", a_draft, get=SEE, post=MOVE, post_body=answer),
    row("api-plan", a_plan, get=READ, post=MAKE, delete=SEEN),
    row("api-plan-goals", a_draft, post=MAKE, post_body=goal, foreign=foreign_need),
    row("api-plan-actions", a_draft, post=MAKE, post_body=api_action, foreign=foreign_person),
    row("api-plan-goal", a_goal_of_the_family, patch=SEEN, delete=SEEN),
    row("api-plan-action", with_family(an_action), patch=SEEN, delete=SEEN),
    row("api-plan-agree", a_draft, post=MAKE, post_body=answer, foreign=foreign_adult),
    row("api-plan-finish", with_family(a_live_action), post=SEE),
    row("api-plan-reopen", with_family(a_done_action), post=SEE),
]
