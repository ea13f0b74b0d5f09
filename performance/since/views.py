"""What changed since a run was frozen: which lines, what, and whether they would be decided otherwise."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from performance.claims.models import ClaimRun
from performance.since import services
from performance.since.models import LineSince
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.work.once import once_only

LINES_A_PAGE = 25


@require_http_methods(["GET", "POST"])
@once_only
def since(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the lines whose evidence changed; a data officer has them looked at again."""
    run = get_or_refuse(ClaimRun.objects.for_list(), request.user, uid=uid)
    may_look = rights_of(signed_in(request)).may(Can.PREPARE_CLAIM)
    if request.method == "POST":
        if not may_look:
            raise PermissionDenied
        services.look_now(run, by=signed_in(request))
        messages.success(request, "Every claimed line is being looked at. Look at this page again in a minute.")
        return redirect("performance:since", run.uid)
    rows = LineSince.objects.visible_to(request.user)
    page = Paginator(rows.of_run(run), LINES_A_PAGE).get_page(request.GET.get("page"))
    log_view(request, f"Changed since: {run}", families=[row.family_id for row in page])
    looked_at = rows.filter(run=run).aggregate(last=Max("looked_at"))["last"]
    context = {"run": run, "page": page, "looked_at": looked_at, "may_look": may_look}
    return render(request, "performance/since/since.html", context)
