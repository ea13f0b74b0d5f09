"""The directory: everybody reads it, administrators keep it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from referrals.directory.forms import ServiceForm
from referrals.directory.models import Service
from slf.access.doors import requires, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import sent
from slf.work.once import once_only


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """List what is offered today; to who keeps the list also what was and will be."""
    keeps = rights_of(signed_in(request)).may(Can.KEEP_LISTS)
    rows = Service.objects.all() if keeps else Service.objects.offered_on(today())
    return render(request, "referrals/directory/services.html", {"services": rows.for_list(), "keeps": keeps})


@requires(Can.KEEP_LISTS)
@require_http_methods(["GET", "POST"])
@once_only
def add_service(request: HttpRequest) -> HttpResponse:
    return edit(request, ServiceForm(sent(request), initial={"starts_on": today()}), title="Add a service")


@requires(Can.KEEP_LISTS)
@require_http_methods(["GET", "POST"])
@once_only
def change_service(request: HttpRequest, uid) -> HttpResponse:
    """Change a service, or give it a last day; every version stays in its history."""
    service = get_object_or_404(Service, uid=uid)
    return edit(request, ServiceForm(sent(request), instance=service), title=service.name)


def edit(request: HttpRequest, form: ServiceForm, *, title: str) -> HttpResponse:
    if form.is_valid():
        form.save()
        messages.success(request, f"{form.instance} is kept.")
        return redirect("referrals:services")
    return render(request, "referrals/directory/service.html", {"form": form, "title": title})
