"""The flags of a family: those that count, those that are over, one more, one ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from families.flags.forms import FlagForm
from families.flags.models import Flag
from families.flags.services import end_flag, set_flag
from families.people.models import Family, Membership
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import once_only

BAD_REQUEST = 400


@require_safe
def flags(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what has to be known before knocking, who says so and until when."""
    user = signed_in(request)
    family = get_or_refuse(Family, user, uid=uid)
    log_view(request, "Flags", family=family)
    rows = Flag.objects.visible_to(user).filter(family=family)
    count = rows.on(today()).select_related("membership__person__merged_into", "set_by")
    over = rows.exclude(pk__in=count.values("pk")).select_related(
        "membership__person__merged_into", "set_by", "ended_by"
    )
    context = {"family": family, "count": count, "over": over, "may_work": may_work_with(family, user)}
    return render(request, "families/flags/flags.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for one more."""
    family, user = to_change(request, uid), signed_in(request)
    household = Membership.objects.visible_to(user).filter(family=family).on(today()).in_order()
    form = FlagForm(request.POST or None, household=household.select_related("person__merged_into"))
    if form.is_valid():
        flag = set_flag(family, **form.cleaned_data, by=user, on=today())
        messages.success(request, f"{flag}: it stands wherever the family is named.")
        return redirect("families:flags", uid)
    log_view(request, "Add a flag", family=family)
    context = {"family": family, "form": form}
    return render(request, "families/flags/add.html", context, status=BAD_REQUEST if form.errors else 200)


@require_POST
@once_only
def end(request: HttpRequest, uid: UUID, flag: UUID) -> HttpResponse:
    """End one from today on."""
    family = to_change(request, uid)
    found = get_or_refuse(Flag.objects.filter(family=family), request.user, can=Can.WORK_FAMILY, uid=flag)
    end_flag(found, by=signed_in(request), on=today())
    messages.success(request, f"{found}: it counts no more.")
    return redirect("families:flags", uid)


def to_change(request: HttpRequest, uid: UUID) -> Family:
    return get_or_refuse(Family.objects.open_to(signed_in(request)), request.user, can=Can.WORK_FAMILY, uid=uid)
