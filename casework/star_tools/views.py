"""The stars in use, and taking another one into use: everybody reads the list, administrators keep it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.star_tools import services
from casework.star_tools.definition import EXAMPLE
from casework.star_tools.forms import StarForm
from casework.stars.models import StarTool
from slf.access.doors import requires, signed_in, staff_only
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

BAD_REQUEST = 400


@staff_only
@require_safe
def star_tools(request: HttpRequest) -> HttpResponse:
    """List the stars that are in use, those to come and those that were."""
    in_use = StarTool.objects.each_in_use(on=today())
    others = StarTool.objects.exclude(pk__in=[tool.pk for tool in in_use]).order_by("-starts_on", "-pk")
    context = {
        "in_use": in_use,
        "others": [(tool, "from" if tool.starts_on > today() else "was used from") for tool in others],
        "keeps": rights_of(signed_in(request)).may(Can.KEEP_LISTS),
    }
    return render(request, "casework/star_tools/tools.html", context)


@requires(Can.KEEP_LISTS)
@require_http_methods(["GET", "POST"])
@once_only
def load_star(request: HttpRequest) -> HttpResponse:
    """Ask for a star, show it as families will see it, and take it into use at the second press."""
    form = StarForm(sent(request), request.FILES or None, by=signed_in(request))
    if form.is_valid() and "take" in request.POST:
        with refusals_in(form):
            tool = services.take_into_use(form.tool, by=signed_in(request), **form.cleaned_data)
            messages.success(request, f"{tool.name}, version {tool.version}, is kept.")
            return redirect("casework:star_tools")
    status = BAD_REQUEST if form.errors else 200
    context = {"form": form, "tool": form.tool if form.is_valid() else None, "example": EXAMPLE}
    return render(request, "casework/star_tools/load.html", context, status=status)
