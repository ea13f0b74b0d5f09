"""Who may see a family and why; restricting it to named people, naming others, lifting it; the list of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.people.models import Family
from families.restricting import audience, rules, services
from families.restricting.audience import Somebody
from families.restricting.forms import CheckForm, LeftForm, LiftForm, NameForm, parts_of
from families.restricting.services import Naming
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotAllowed
from slf.web.forms import sent
from slf.work.once import once_only

CHECKED, CHOOSE = "checked", "choose"
OUT_OF_SIGHT = "The family is restricted. You are not named, so you do not see it any more."


@require_safe
def restriction(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who may see a restricted family, since when and why; of an open one, the way to restrict it."""
    family = readable(request.user, uid)
    log_view(request, "Who may see it", family=family)
    return render(request, "families/restricting/restriction.html", shown(family, request.user))


def readable(user: User, uid: UUID) -> Family:
    """Return a family: a restricted one to all who see it, an open one to those who could restrict it."""
    family = get_or_refuse(Family.objects.select_related("scope__locality"), user, uid=uid)
    if not family.scope.is_restricted and not may_decide(family, user):
        raise PermissionDenied
    return family


def may_decide(family: Family, user: User) -> bool:
    return rights_of(user).may(Can.RESTRICT_FAMILY, family.scope_id)


def shown(family: Family, user: User) -> dict[str, Any]:
    """Return what the page says. What was done in earlier times stays with those who decide."""
    state, decides = audience.state_of(family, user=user), may_decide(family, user)
    steps = state.steps if decides else state.this_time
    return {
        "family": family,
        "state": state,
        "steps": audience.with_people(steps),
        "emergency": audience.in_an_emergency(family) if state.named else [],
        "worker": audience.worker_of(family),
        "may_decide": decides,
    }


@require_http_methods(["GET", "POST"])
@once_only
def restrict(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose who may see a family, check who loses sight of it, and say who works with it from now on."""
    family = decided_by(request.user, uid)
    state = audience.state_of(family, user=request.user)
    form = NameForm(sent(request), near=place_of(family), initial=as_it_is(family, state))
    context = {"family": family, "state": state, "form": form}
    if not form.is_valid() or CHOOSE in request.POST:
        log_view(request, "Restrict to named people", family=family)
        return render(request, "families/restricting/restrict.html", context)
    people, now = form.cleaned_data["people"], audience.worker_of(family)
    check = CheckForm(request.POST if CHECKED in request.POST else None, people=people, now=now)
    if check.is_valid() and named(request, family, form, check):
        return answered(request, family, check.cleaned_data["worker"], now)
    log_view(request, "Check who loses sight of it", family=family)
    loss = audience.losing_sight(family, keep={one.user.pk for one in people})
    parts = {"check": check, "people": people, "loss": loss, "worker_lost": worker_lost(now, people)}
    return render(request, "families/restricting/check.html", {**context, **parts})


def worker_lost(now: User | None, people: Iterable[Somebody]) -> str:
    """Return what to say where whoever works with the family is not named for it."""
    return "" if now is None or now.pk in {one.user.pk for one in people} else rules.worker_lost(str(now))


def decided_by(user: User, uid: UUID) -> Family:
    return get_or_refuse(Family.objects.select_related("scope__locality"), user, can=Can.RESTRICT_FAMILY, uid=uid)


def place_of(family: Family) -> str:
    """Return whose people stand first among those to name: the locality's that the family is, or was, open to."""
    home = audience.came_from(family) if family.scope.is_restricted else family.scope
    return str(home.locality) if home and home.locality else audience.COUNTY


def as_it_is(family: Family, state: audience.State) -> dict[str, Any]:
    return {"people": [one.key for one in state.named], "sealed": family.sealed, "seen": state.number}


def named(request: HttpRequest, family: Family, form: NameForm, check: CheckForm) -> bool:
    """Do it; a rule's refusal stands in the form."""
    answers = form.cleaned_data
    naming = Naming(
        parts_of(answers["people"]), answers["reason"], check.cleaned_data["worker"], sealed=answers["sealed"]
    )
    try:
        services.name_people(family, naming, seen=answers["seen"], by=request.user, on=today())
    except NotAllowed as refusal:
        check.add_error(None, refusal.message)
        return False
    return True


def answered(request: HttpRequest, family: Family, worker: User | None, before: User | None) -> HttpResponse:
    """Lead back to the family, or, who does not see it any more, to the list of those they do."""
    if not Family.objects.visible_to(request.user).filter(pk=family.pk).exists():
        messages.success(request, OUT_OF_SIGHT)
        return redirect("access:restricted")
    messages.success(request, "It is changed who may see this family.")
    if worker is not None and worker != before:
        messages.info(request, f"Allocate the family to {worker} next: naming somebody does not give them the work.")
    return redirect("access:restriction", family.uid)


@require_http_methods(["GET", "POST"])
@once_only
def lift(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a restricted family to its locality again."""
    family = decided_by(request.user, uid)
    if not family.scope.is_restricted:
        return redirect("access:restriction", uid)
    state, home = audience.state_of(family, user=request.user), audience.came_from(family)
    form = LiftForm(sent(request), initial={"seen": state.number})
    if form.is_valid():
        try:
            services.lift_restriction(family, **form.cleaned_data, by=request.user, on=today())
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "The restriction is lifted.")
            seen = Family.objects.visible_to(request.user).filter(uid=uid).exists()
            return redirect("access:restriction", uid) if seen else redirect("access:restricted")
    log_view(request, "Lift the restriction", family=family)
    loss = audience.losing_sight(family, keep=audience.seers_of(home.pk) if home else ())
    context = {"family": family, "home": home, "loss": loss, "form": form}
    return render(request, "families/restricting/lift.html", context)


@requires(Can.RESTRICT_FAMILY)
@require_safe
def restricted(request: HttpRequest) -> HttpResponse:
    """List the restricted families one is named for; to a head of service, those nobody decides on and a number."""
    rows = audience.restricted_to(request.user)
    log_view(request, "Restricted families", families=[family.pk for family, _ in rows])
    left_alone = services.families_left()
    context = {"rows": rows, "left": left_alone, "others": others(len(rows) + len(left_alone))}
    return render(request, "families/restricting/restricted.html", context)


def others(listed: int) -> int:
    """Return how many restricted families there are beside those listed; 0 to whoever is not a head of service."""
    return max(0, services.how_many_restricted() - listed)


@requires(Can.RESTRICT_FAMILY)
@require_http_methods(["GET", "POST"])
@once_only
def left(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name people for a family whose named people have all left, without seeing it."""
    found = next((one for one in services.families_left() if one.uid == uid), None)
    if found is None:
        raise Http404
    form = LeftForm(sent(request))
    if form.is_valid():
        people, reason = parts_of(form.cleaned_data["people"]), form.cleaned_data["reason"]
        try:
            services.name_for_left(uid, people=people, reason=reason, by=request.user, on=today())
        except NotAllowed as refusal:
            form.add_error("people", refusal.message)
        else:
            messages.success(request, f"People are named for {found.reference}, and they are told.")
            return redirect("access:restricted")
    log_view(request, f"Name people for {found.reference}")
    staying = audience.as_people(found.still_named)
    return render(request, "families/restricting/left.html", {"left": found, "staying": staying, "form": form})
