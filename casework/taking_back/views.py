"""Ask for a list to be taken back; see what would become of each family, and decide."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.importing.models import ImportFile
from casework.taking_back import services
from casework.taking_back.forms import AnswerForm, AskForm
from casework.taking_back.models import TakingBack
from casework.taking_back.page import A_PAGE, lines_of, sums_of
from casework.taking_back.rules import Answer, State
from slf.access.doors import get_or_refuse, log_view, requires
from slf.access.rules import Can
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

BAD_REQUEST = 400


@requires(Can.LOAD_FEED)
@require_http_methods(["GET", "POST"])
@once_only
def ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for what a list made to be taken back, with a reason that who decides reads."""
    file = get_or_refuse(ImportFile.objects.for_list(), request.user, can=Can.LOAD_FEED, uid=uid)
    form = AskForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            services.ask_to_take_back(file, by=request.user, **form.cleaned_data)
            messages.success(request, "It is asked for. The locality's manager or a head of service decides.")
            return redirect(file)
    log_view(request, f"List {file.name}, to be taken back")
    context = {"file": file, "form": form, "sums": sums_of(file.pk)}
    return render(request, "casework/taking_back/ask.html", context, status=BAD_REQUEST if form.errors else 200)


@requires(services.DECIDES)
@require_safe
def takings(request: HttpRequest) -> HttpResponse:
    """List what is asked to be taken back, and what was, those to be decided first."""
    rows = TakingBack.objects.visible_to(request.user, can=services.DECIDES).for_list()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Lists to be taken back")
    return render(request, "casework/taking_back/takings.html", {"page": page})


@requires(services.DECIDES)
@require_http_methods(["GET", "POST"])
@once_only
def taking(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what would become of each family of the list, and decide."""
    found = get_or_refuse(TakingBack.objects.for_list(), request.user, can=services.DECIDES, uid=uid)
    form = AnswerForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            decided = services.decide_on_taking_back(found, by=request.user, **form.cleaned_data)
            messages.success(request, SAID[form.cleaned_data["answer"]])
            return redirect(decided)
    sums, page, lines = lines_of(found.file_id, user=request.user, page=request.GET.get("page"))
    refused = found.state == State.REFUSED
    looked_at = [] if refused else [line.family.pk for line in lines]
    log_view(request, f"List {found.file_name}, to be taken back", families=looked_at)
    context = {
        "taking": found, "form": form, "sums": sums, "page": page, "lines": lines,
        "waits": found.state == State.ASKED, "done": found.state == State.DONE,
        "refused": refused, "mine": found.asked_by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "casework/taking_back/taking.html", context, status=BAD_REQUEST if form.errors else 200)


SAID = {
    Answer.AGREE: "It is being taken back. This page says when that is done.",
    Answer.REFUSE: "Everything stays as it is.",
}
