"""Numbers that were typed elsewhere and are of somebody of a family one decides on."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.numbers.forms import NumberForm
from families.numbers.services import DECIDES, answer_question, questions_for
from slf.access.doors import get_or_refuse, log_view, requires
from slf.clock import today
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

A_PAGE, BAD_REQUEST = 25, 400


@requires(DECIDES)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """List the questions, the open ones first."""
    page = Paginator(questions_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Numbers asked about", families={question.family_id for question in page})
    return render(request, "families/numbers/numbers.html", {"page": page})


@requires(DECIDES)
@require_http_methods(["GET", "POST"])
@once_only
def number(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one question with both sides; who typed the number is told only what to do."""
    question = get_or_refuse(questions_for(request.user), request.user, can=DECIDES, uid=uid)
    form = NumberForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            answer_question(question, by=request.user, on=today(), **form.cleaned_data)
            messages.success(request, "Your answer is kept.")
            return redirect("families:numbers")
    log_view(request, "Number asked about", family=question.family)
    status = BAD_REQUEST if form.errors else 200
    return render(request, "families/numbers/number.html", {"question": question, "form": form}, status=status)
