"""Allocating a family, and handing it over."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.forms import AllocateForm
from casework.cases.services import allocate_family, closed_and_not_referred_again, not_to_be_given, workers_had
from casework.cases.waiting import waiting_for_a_worker
from families.flags.shown import flags_of
from families.needs.rules import band_for
from families.people.models import Family
from families.sharing.models import Agreement
from referrals.allocation.candidates import Candidate, candidates
from referrals.allocation.models import Allocation
from referrals.allocation.rules import ORDER
from referrals.allocation.services import full_on, full_source, present_allocation, room_in_team
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import sent
from slf.web.words import EXAMPLE
from slf.work.once import once_only

A_PAGE = 25
SHOWN_AT_ONCE, ALONE = 3, 1


@require_http_methods(["GET", "POST"])
@once_only
def allocate(request: HttpRequest, uid) -> HttpResponse:
    """Show the locality's workers with their caseloads, the lightest suggested; the senior decides."""
    family = get_or_refuse(Family.objects.for_list(), request.user, can=Can.ALLOCATE, uid=uid)
    log_view(request, "Allocate", family=family)
    offered, present = candidates(family, by=request.user, on=today()), present_allocation(family, on=today())
    form = AllocateForm(sent(request), candidates=offered, present=present, on=today(), initial=initial_of(present))
    if form.is_valid():
        allocate_family(
            family, worker=form.chosen, by=request.user, on=today(), highly_complex=form.highly_complex,
            reason=form.why, note=form.note,
        )  # fmt: skip
        messages.success(request, f"{family.name} is allocated to {form.chosen}.")
        return redirect("families:family", uid=family.uid)
    closed = closed_and_not_referred_again(family, on=today())
    shown = {
        "family": family,
        "form": form,
        "closed": bool(closed),
        **in_two(list(zip(offered, form["worker"].choices, strict=True))),
        "present": present,
        "had": workers_had(family, by=request.user, on=today()),
        "refusal": not_to_be_given(family, on=today()),
        "full": full_on(today()),
        "source": full_source(on=today()),
        "order": f"{ORDER} ({EXAMPLE})",
        "flags": flags_of(family, user=request.user, on=today()),
    }
    return render(request, "casework/cases/allocate.html", shown)


def in_two(offered: list[tuple[Candidate, Any]]) -> dict[str, Any]:
    """Return who is shown at once, in the order of the suggestion, and who on asking; none is hidden alone."""
    at = SHOWN_AT_ONCE if len(offered) > SHOWN_AT_ONCE + ALONE else len(offered)
    others = offered[at:]
    return {"offered": offered[:at], "others": others, "other_chosen": any(choice.checked for _, choice in others)}


@requires(Can.ALLOCATE)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the families that wait for a worker, whose turn it is first, and how much room the team has."""
    page = Paginator(waiting_for_a_worker(request.user, on=today()), A_PAGE).get_page(request.GET.get("page"))
    families = list(page.object_list.select_related("scope__locality"))
    log_view(request, "Waiting for a worker", families=[family.pk for family in families])
    shown = {
        "page": page,
        "rows": [(family, band_for(family.needs_open)) for family in families],
        "several": len({family.scope_id for family in families}) > 1,
        "room": room_in_team(request.user, on=today()),
        "agreed": Agreement.State.GIVEN,
        "today": today(),
    }
    return render(request, "casework/cases/waiting.html", shown)


def initial_of(present: Allocation | None) -> dict[str, str]:
    """Keep what was decided about the family; nobody is chosen beforehand, whoever is suggested."""
    return {"complexity": "yes" if present.highly_complex else "no"} if present else {}
