"""The family's plan: see it, write it, get it done, record what the adults said, print it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.cases.services import case_closed
from casework.plans import page, rules, services
from casework.plans.forms import ActionForm, AnswerForm, ChangeActionForm, ChangeGoalForm, GoalForm, answers_of
from casework.plans.models import Action, Goal, Plan
from casework.plans.paper import Readers, paper
from casework.plans.rules import Act
from casework.plans.scans import add_scan
from casework.provenance.models import needs_kept_from
from families.contesting.marks import marks_of
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with
from slf.access.rules import Can
from slf.clock import today
from slf.paper.pdf import pdf_response
from slf.web.errors import Conflict
from slf.web.forms import did, sent
from slf.work.once import once_only

BAD_REQUEST, CONFLICT = 400, 409


def family_or_refuse(request: HttpRequest, uid: UUID, *, can: Can = Can.READ) -> Family:
    return get_or_refuse(Family.objects.open_to(request.user), request.user, can=can, uid=uid)


def goal_or_refuse(request: HttpRequest, uid: UUID) -> Goal:
    rows = Goal.objects.select_related("family", "plan__family")
    return get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=uid)


def action_or_refuse(request: HttpRequest, uid: UUID) -> Action:
    rows = Action.objects.select_related("family", "goal__plan__family")
    return get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=uid)


def version_or_404(request: HttpRequest, family: Family, *, of: UUID) -> Plan | None:
    """Return the version asked for; when none is, the one in hand."""
    mine = Plan.objects.visible_to(request.user).for_page()
    if not (asked := request.GET.get("version", "")):
        return mine.to_work_on(family) or mine.ended().filter(family=family).first()
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    if (plan := mine.numbered(family, number, of=of)) is None:
        raise Http404
    return plan


@require_safe
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the version in hand, or the one asked for."""
    family = family_or_refuse(request, uid)
    found = version_or_404(request, family, of=uid)
    log_view(request, f"Plan, version {found.number}" if found else "Plan", family=family)
    may_work = may_work_with(family, request.user)
    context = {
        "family": family,
        "versions": list(Plan.objects.visible_to(request.user).filter(family=family).select_related("family")),
        "may_work": may_work,
        "closed": case_closed(family, on=today()),
    }
    if found:
        context |= page.in_full(found, request.user, may_work=may_work)
    return render(request, "casework/plans/plan.html", context)


@require_POST
@once_only
def start_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start the first plan, or a new version of the agreed one."""
    family = family_or_refuse(request, uid, can=Can.WORK_FAMILY)
    return redirect(services.start_plan(family, by=request.user, on=today()))


@require_http_methods(["GET", "POST"])
@once_only
def throw_away_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask whether the draft shall go, and throw it away."""
    family = family_or_refuse(request, uid, can=Can.WORK_FAMILY)
    draft = Plan.objects.visible_to(request.user).drafts().for_page().filter(family=family).first()
    if draft is None:
        raise Http404
    if request.method == "POST":
        services.throw_away_plan(draft, revision=revision_seen(request), by=request.user)
        messages.success(request, f"Version {draft.number} of the plan is thrown away.")
        return redirect("casework:plan", family.uid)
    log_view(request, "Throw a draft of the plan away", family=family)
    in_force = Plan.objects.visible_to(request.user).in_force().filter(family=family).first()
    context = {"family": family, "plan": draft, "in_force": in_force}
    return render(request, "casework/plans/throw_away.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def add_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a goal; a family without a draft gets one."""
    family = family_or_refuse(request, uid, can=Can.WORK_FAMILY)
    form = GoalForm(request.POST or None, needs=page.needs_of(family, request.user))
    if form.is_valid():
        draft = services.start_plan(family, by=request.user, on=today())
        goal = services.add_goal(draft, by=request.user, **form.cleaned_data)
        return redirect("casework:add_action", goal.uid)
    log_view(request, "Add a goal", family=family)
    return show_form(request, form, family, heading="Add a goal", send="Save and say who will do what")


@require_http_methods(["GET", "POST"])
@once_only
def change_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for a goal in other words."""
    goal = goal_or_refuse(request, uid)
    rules.next_state(goal.plan.state, Act.WRITE)
    stands, seen = {"words": goal.words, "needs": list(goal.needs.all())}, goal.plan.revision
    needs = page.needs_of(goal.family, request.user)
    form = ChangeGoalForm(sent(request), stands=stands, revision=seen, needs=needs)
    if form.is_valid() and did(
        form, lambda: services.change_goal(goal, revision=seen, by=request.user, **form.cleaned_data)
    ):
        return redirect(goal.plan)
    log_view(request, "Change a goal", family=goal.family)
    return show_form(request, form, goal.family, heading="Change a goal")


@require_POST
@once_only
def remove_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a goal and its actions out of a draft."""
    goal = goal_or_refuse(request, uid)
    services.remove_goal(goal, revision=revision_seen(request), by=request.user)
    messages.success(request, "The goal and its actions are taken out of the draft.")
    return redirect(goal.plan)


@require_http_methods(["GET", "POST"])
@once_only
def add_action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask who does what by when for a goal."""
    goal = goal_or_refuse(request, uid)
    rules.next_state(goal.plan.state, Act.WRITE)
    form = ActionForm(request.POST or None, **choices_for(goal.plan, request))
    if form.is_valid():
        services.add_action(goal, by=request.user, **form.cleaned_data)
        return redirect("casework:add_action", goal.uid) if "another" in request.POST else redirect(goal.plan)
    log_view(request, "Add an action", family=goal.family)
    taken = goal.actions.select_related("person__merged_into", "worker")
    return show_form(request, form, goal.family, heading="Who will do what?", goal=goal, another=True, taken_on=taken)


@require_http_methods(["GET", "POST"])
@once_only
def change_action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for an action in other words."""
    action = action_or_refuse(request, uid)
    version = action.goal.plan
    rules.next_state(version.state, Act.WRITE)
    stands, seen = answers_of(action), version.revision
    form = ChangeActionForm(sent(request), stands=stands, revision=seen, **choices_for(version, request))
    if form.is_valid() and did(
        form, lambda: services.change_action(action, revision=seen, by=request.user, **form.cleaned_data)
    ):
        return redirect(version)
    log_view(request, "Change an action", family=action.family)
    return show_form(request, form, action.family, heading="Change an action", goal=action.goal)


@require_POST
@once_only
def remove_action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an action out of a draft."""
    action = action_or_refuse(request, uid)
    services.remove_action(action, revision=revision_seen(request), by=request.user)
    messages.success(request, "The action is taken out of the draft.")
    return redirect(action.goal.plan)


@require_POST
@once_only
def finish_action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark an action as done today."""
    action = action_or_refuse(request, uid)
    services.finish_action(action, on=today(), by=request.user)
    messages.success(request, f"Done: {action.what}")
    return redirect(action.goal.plan)


@require_POST
@once_only
def reopen_action(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back that an action is done."""
    action = action_or_refuse(request, uid)
    services.reopen_action(action, by=request.user)
    messages.success(request, f"To do again: {action.what}")
    return redirect(action.goal.plan)


@require_http_methods(["GET", "POST"])
@once_only
def record_answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what one adult said to the plan as it reads."""
    family = family_or_refuse(request, uid, can=Can.WORK_FAMILY)
    if (version := version_or_404(request, family, of=uid)) is None:
        raise Http404
    adults = page.adults(page.household(family, request.user, day=today()))
    form = AnswerForm(
        request.POST or None, request.FILES or None, initial={"revision": version.revision}, adults=adults, plan=version
    )
    if form.is_valid():
        try:
            answer = services.record_answer(version, by=request.user, **form.cleaned_data)
        except Conflict as told:
            return show_answer(request, form, told=told, version=version)
        if form.scan is not None:
            add_scan(answer, file=form.scan, name=form.scan.name, by=request.user)
        version.refresh_from_db()
        messages.success(request, outcome(version))
        return redirect(version)
    log_view(request, "Record what an adult said to the plan", family=family)
    return show_answer(request, form, version=version)


@require_safe
def print_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the plan as a document: to read together, sign and keep, for one of the household, or for the file."""
    family = family_or_refuse(request, uid)
    if (version := version_or_404(request, family, of=uid)) is None:
        raise Http404
    members = page.household(family, request.user, day=version.agreed_on or today())
    if (readers := Readers.of(request.GET.get("for", ""), members)) is None:
        raise Http404  # never the whole of it instead
    log_view(request, f"Plan printed, version {version.number}{readers.logged}", family=family)
    kept = needs_kept_from(family, readers.people, user=request.user)
    marks = marks_of(family, user=request.user)
    data = paper(version, members=members, marks=marks, kept=kept, made_for=readers.line)
    return pdf_response(f"plan {family.reference} version {version.number}", "casework/plans/plan.typ", data)


# Parts of the pages above


def choices_for(version: Plan, request: HttpRequest) -> dict[str, object]:
    """Return whom an action can be given to: all who are in the family today, its worker, the writer."""
    family = version.family
    people = page.household(family, request.user, day=today())
    return {"people": people, "workers": page.workers(family, request.user), "plan": version}


def revision_seen(request: HttpRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def outcome(version: Plan) -> str:
    if version.is_draft:
        return "What they said is recorded. The plan is not agreed yet."
    return "What they said is recorded. The family has agreed to this plan."


def show_form(request: HttpRequest, form, family: Family, *, heading: str, **more) -> HttpResponse:
    """Show one of the plan's questions. ``more``: send, goal, another, taken_on, came_from."""
    known = {"send": "Save", "goal": None, "another": False, "taken_on": (), "came_from": ""}
    context = {"form": form, "family": family, "heading": heading, **known, **more}
    status = CONFLICT if getattr(form, "differing", ()) else BAD_REQUEST if form.errors else 200
    return render(request, "casework/plans/form.html", context, status=status)


def show_answer(request: HttpRequest, form: AnswerForm, *, version: Plan, told: Conflict | None = None) -> HttpResponse:
    if told:
        form.add_error(None, told.message)
        form.show_again(version)
        version = Plan.objects.visible_to(request.user).for_page().get(pk=version.pk)
    context = {"form": form, "family": version.family, "plan": version, "goals": version.goals.all()}
    status = CONFLICT if told else BAD_REQUEST if form.errors else 200
    return render(request, "casework/plans/answer.html", context, status=status)
