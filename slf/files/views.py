"""The state of files: whether a virus scanner looks at them, what waits for it, and what it found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from slf.access.doors import requires
from slf.access.rules import Can
from slf.files.services import state_of_scanner


@require_safe
@requires(Can.MANAGE_POSTS)
def files(request: HttpRequest) -> HttpResponse:
    return render(request, "slf/files/files.html", state_of_scanner())
