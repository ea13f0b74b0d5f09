"""Putting on the plan what was agreed elsewhere: the form of an action, begun with what, who and by when."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from casework.elsewhere.services import Agreed, carry_over, source_of
from casework.plans import rules
from casework.plans.forms import AGENCY, ActionForm, key_of
from casework.plans.rules import Act
from casework.plans.views import choices_for, goal_or_refuse, show_form
from families.people.models import Family
from slf.access.doors import log_view, signed_in
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.work.once import once_only

LONGEST = 300


@require_http_methods(["GET", "POST"])
@once_only
def carry(request: HttpRequest, uid: UUID, kind: str, source: UUID) -> HttpResponse:
    """Ask who does it by when, begun with what was agreed; saved, it stands on the plan and on no other list."""
    user, goal = signed_in(request), goal_or_refuse(request, uid)
    agreed = source_or_404(goal.family, kind, source, by=user)
    rules.next_state(goal.plan.state, Act.WRITE)
    form = ActionForm(sent(request), initial=begun_with(agreed), **choices(goal.plan, agreed, request))
    if form.is_valid() and did(form, lambda: carry_over(goal, agreed, by=user, on=today(), **form.cleaned_data)):
        messages.success(request, "It is on the plan. Once the family agrees, it is settled there.")
        return redirect(goal.plan)
    log_view(request, "Put on the plan what was agreed elsewhere", family=goal.family)
    taken = goal.actions.select_related("person__merged_into", "worker")
    more = {"goal": goal, "taken_on": taken, "came_from": agreed.where}
    return show_form(request, form, goal.family, heading="Put it on the plan", **more)


def source_or_404(family: Family, kind: str, uid: UUID, *, by: User) -> Agreed:
    if (agreed := source_of(family, kind, uid, by=by)) is None:
        raise Http404
    return agreed


def begun_with(agreed: Agreed) -> dict[str, Any]:
    begun = {"what": agreed.what[:LONGEST], "due_on": agreed.due_on}
    if isinstance(agreed.who, str):
        return begun | {"owner": AGENCY, AGENCY: agreed.who}
    return begun | ({"owner": key_of(agreed.who)} if agreed.who else {})


def choices(plan: Any, agreed: Agreed, request: HttpRequest) -> dict[str, Any]:
    """Return whom an action can be given to, and the colleague who took it on."""
    known: dict[str, Any] = choices_for(plan, request)
    if isinstance(agreed.who, User) and agreed.who not in known["workers"]:
        known["workers"] = [*known["workers"], agreed.who]
    return known
