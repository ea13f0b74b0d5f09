"""Hand a family over to another locality; what arrives from others, to be accepted or sent back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.transfers import services
from casework.transfers.forms import ProposeForm, SendBackForm
from casework.transfers.models import Arrival, Transfer
from families.addresses.models import Home
from families.localities.services import find_place
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import sent
from slf.work.once import once_only

PAGE = 25
BAD_REQUEST = 400


def family_or_refuse(request: HttpRequest, uid: UUID) -> Family:
    """Return a family that this person hands over; to who may only look at it, it is not theirs to use."""
    rows = Family.objects.open_to(request.user).select_related("scope__locality")
    family = get_or_refuse(rows, request.user, uid=uid)
    if not services.hands_over(request.user, family):
        raise PermissionDenied
    return family


@require_http_methods(["GET", "POST"])
@once_only
def hand_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was offered to whom and what they said; offer the family when nothing waits."""
    family = family_or_refuse(request, uid)
    transfers = list(Transfer.objects.visible_to(request.user).filter(family=family).for_page())
    waiting = next((one for one in transfers if one.is_waiting), None)
    form = ProposeForm(sent(request), held=family.scope.locality, initial=likely(family, request.user))
    if form.is_valid():
        transfer = services.propose_transfer(family, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, f"{transfer.to_locality} is asked to take {family.name} over.")
        return redirect("casework:hand_over", uid=family.uid)
    log_view(request, "Hand over to another locality", family=family)
    context = {"family": family, "form": form, "transfers": transfers, "waiting": waiting}
    status = BAD_REQUEST if form.errors else 200
    return render(request, "casework/transfers/hand_over.html", context, status=status)


def likely(family: Family, user: Any) -> dict[str, Any]:
    """Return where and since when the first of the household lives elsewhere, if somebody does."""
    homes = Home.objects.visible_to(user).on(today()).filter(family=family, use=Home.Use.MAIN).exclude(postcode="")
    for home in homes.order_by("-period", "pk"):
        place = find_place(home.postcode).locality
        if place and place.pk != family.scope.locality_id:
            return {"to": place.slug, "moves_on": home.period.lower}
    return {}


@require_POST
@once_only
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the offer that waits back."""
    family = family_or_refuse(request, uid)
    waiting = Transfer.objects.visible_to(request.user).waiting().filter(family=family).first()
    if waiting is None:
        raise services.Conflict(services.DECIDED)
    services.withdraw_transfer(waiting, by=request.user, on=today())
    messages.success(request, "The hand-over is withdrawn. Everything stays as it is.")
    return redirect("casework:hand_over", uid=family.uid)


@requires(Can.ALLOCATE)
@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    """List the families other localities hand over: those that wait first."""
    rows = Arrival.objects.visible_to(request.user, can=Can.ALLOCATE).for_list()
    page = Paginator(rows.waiting(), PAGE).get_page(request.GET.get("page"))
    log_view(request, "Families handed over to us")
    return render(request, "casework/transfers/arrivals.html", {"page": page})


@require_http_methods(["GET", "POST"])
@once_only
def arrival(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the little that is known of a family before it is accepted; accept it, or send it back with a reason."""
    rows = Arrival.objects.for_list().select_related("scope__locality")
    found = get_or_refuse(rows, request.user, can=Can.ALLOCATE, uid=uid)
    if request.method == "POST" and "accept" in request.POST:
        return accepted(request, found)
    form = SendBackForm(sent(request))
    if form.is_valid():
        services.send_back_transfer(found, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, f"{found.reference} is sent back to {found.from_locality}.")
        return redirect("casework:arrivals")
    log_view(request, f"Hand-over of {found.reference}")
    context = {"arrival": found, "form": form, "waits": found.state == services.rules.State.PROPOSED}
    status = BAD_REQUEST if form.errors else 200
    return render(request, "casework/transfers/arrival.html", context, status=status)


def accepted(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    family = services.accept_transfer(arrival, by=request.user, on=today())
    messages.success(request, f"{family.name} is with {arrival.scope.locality} now. Say who works with it.")
    return redirect("casework:allocate", uid=family.uid)
