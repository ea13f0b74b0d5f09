"""Why can I see this, who has looked, opening with a reason, emergency access and its review."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.interests.services import DECIDES, who_know
from families.opening.forms import EmergencyForm, ReasonForm
from families.opening.services import (
    ask_for_emergency_access,
    emergencies_to_review,
    looks_at,
    open_own,
    opens_only_card,
    review_emergency,
    tries_of_others,
)
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.explain import rights_in_words
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.reauth import recent_sign_in_required
from slf.web.errors import NotAllowed
from slf.web.forms import refusals_in
from slf.work.once import once_only

LOOKS_A_PAGE = 50
TRIES = 100


@require_safe
def why(request: HttpRequest, uid) -> HttpResponse:
    """Answer "why can I see this?" from the rights that enforce it."""
    family = get_or_refuse(Family, request.user, uid=uid)
    log_view(request, "Why can I see this", family=family)
    restricts = rights_of(request.user).may(Can.RESTRICT_FAMILY, family.scope_id)
    context = {
        "family": family,
        "rights": rights_in_words(request.user, family),
        "decides": rights_of(request.user).may(DECIDES, family.scope_id),
        "may_see_who": restricts or family.scope.is_restricted,
    }
    return render(request, "families/opening/why.html", context)


@require_safe
def looked(request: HttpRequest, uid) -> HttpResponse:
    """Show who has looked at this family's record."""
    family = get_or_refuse(Family, request.user, can=Can.REVIEW_ACCESS, uid=uid)
    log_view(request, "Who has looked", family=family)
    page = Paginator(looks_at(family), LOOKS_A_PAGE).get_page(request.GET.get("page"))
    context = {"family": family, "page": page, "know": who_know(family, by=request.user)}
    return render(request, "families/opening/looked.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def open_record(request: HttpRequest, uid) -> HttpResponse:
    """Open a family of one's own locality for 24 hours, with a reason."""
    family = get_or_refuse(Family, request.user, uid=uid)
    if not opens_only_card(request.user, family):
        return redirect(family)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, of=NotAllowed):
            open_own(family, by=request.user, reason=form.cleaned_data["reason"])
            log_view(request, "Opened with a reason", family=family, why=form.cleaned_data["reason"])
            return redirect(family)
    return render(request, "families/opening/open_record.html", {"family": family, "form": form})


@requires(Can.BREAK_GLASS)
@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def emergency(request: HttpRequest) -> HttpResponse:
    """Ask for emergency access by a reference and a reason."""
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            family = ask_for_emergency_access(**form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            form.add_error("reference", refusal.message)
        else:
            log_view(request, "Emergency access", family=family, why=form.cleaned_data["reason"])
            return redirect(family)
    return render(request, "families/opening/emergency.html", {"form": form})


@requires(Can.REVIEW_ACCESS)
@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """List emergency accesses that wait for somebody without a conflict to look at them."""
    shares = list(emergencies_to_review(request.user))
    log_view(request, "Emergency access to review", families=[share.family_id for share in shares])
    context = {"shares": shares, "tries": list(tries_of_others(request.user)[:TRIES])}
    return render(request, "families/opening/emergencies.html", context)


@requires(Can.REVIEW_ACCESS)
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an emergency access was looked at."""
    share = get_object_or_404(emergencies_to_review(request.user), pk=pk)
    review_emergency(share, by=request.user)
    messages.success(request, "Your review is recorded.")
    return redirect("access:emergencies")
