"""The provider's evidence of steps toward work: written down, corrected, taken back."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from casework.provider import evidence
from casework.provider.doors import progress_or_refuse, provision_or_refuse
from casework.provider.forms import ProgressForm, TakeBackForm
from casework.provider.views import page
from slf.access.doors import log_view, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import did, sent
from slf.web.settled import settled
from slf.work.once import once_only


@require_http_methods(["GET", "POST"])
@once_only
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down one step toward work, with what shows it."""
    user = signed_in(request)
    found = provision_or_refuse(user, uid, can=Can.PROVIDE)
    if over := settled(request, found, unless=found.may_progress and not found.waits):
        return over
    form = ProgressForm(sent(request), initial={"seen_on": today(), "seen_by": str(user)})
    if form.is_valid() and did(form, lambda: evidence.record_progress(found, form.told, by=user, on=today())):
        messages.success(request, "The step is kept.")
        return redirect(found)
    log_view(request, "Progress to work", family=found.family)
    return page(request, "progress", form, {"family": found.family.shown, "provision": found})


@require_http_methods(["GET", "POST"])
@once_only
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct a step by a later row."""
    row = progress_or_refuse(signed_in(request), uid)
    stands = {name: getattr(row, name) for name in ("happened_on", "evidence", "seen_by", "seen_on", "words")}
    form = ProgressForm(sent(request), initial=stands, corrects=row)
    return settle(
        request, row, form, "correct", lambda by: evidence.correct_progress(row, form.told, by=by, on=today())
    )


@require_http_methods(["GET", "POST"])
@once_only
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say by a later row that a step did not happen."""
    row, form = progress_or_refuse(signed_in(request), uid), TakeBackForm(sent(request))
    verb = lambda by: evidence.take_back_progress(row, by=by, on=today(), **form.cleaned_data)  # noqa: E731
    return settle(request, row, form, "take_back", verb)


def settle(request: HttpRequest, row: Any, form: Any, name: str, verb: Any) -> HttpResponse:
    user = signed_in(request)
    if over := settled(request, row.provision, unless=row.holds):
        return over
    if form.is_valid() and did(form, partial(verb, user)):
        messages.success(request, "It is corrected. What stood before stays to be read.")
        return redirect(row.provision)
    log_view(request, "Correct progress to work", family=row.family)
    shown = {"family": row.family.shown, "provision": row.provision, "row": row}
    return page(request, name, form, shown)
