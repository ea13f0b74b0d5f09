"""The page of one job, for the person who asked for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from slf.work.models import Job
from slf.work.once import once_only
from slf.work.services import try_again


@require_safe
def job(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how far it is. The page asks again every two seconds, and is loaded whole once the job is over."""
    asked = get_object_or_404(Job.objects.asked_by(request.user), uid=uid)
    if request.htmx and asked.is_over:
        return HttpResponseClientRefresh()
    part = "#progress" if request.htmx else ""
    return render(request, f"slf/work/job.html{part}", {"job": asked})


@require_POST
@once_only
def again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start a job that gave up once more."""
    asked = get_object_or_404(Job.objects.asked_by(request.user), uid=uid)
    return redirect(try_again(asked, by=request.user))
