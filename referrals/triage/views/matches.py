"""Questions whether a referral elsewhere is about a known family."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from referrals.triage.forms.matches import AnswerForm
from referrals.triage.questions import DECIDES, answer_question, questions_for, unheard
from referrals.triage.views.queue import A_PAGE
from slf.access.doors import get_or_refuse, log_view, requires
from slf.clock import today
from slf.web.forms import sent
from slf.work.once import once_only


@requires(DECIDES)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions whether a referral elsewhere is about a family the viewer decides on, the open ones first."""
    page = Paginator(questions_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    log_view(request, "Possible matches", families={question.family_id for question in page})
    return render(request, "referrals/triage/questions.html", {"page": page, "unheard": unheard()})


@requires(DECIDES)
@require_http_methods(["GET", "POST"])
@once_only
def answer(request: HttpRequest, uid) -> HttpResponse:
    """Show one question with both sides; the answer is kept, and the team is told only what to do."""
    question = get_or_refuse(questions_for(request.user), request.user, can=DECIDES, uid=uid)
    log_view(request, "Possible match", family=question.family)
    form = AnswerForm(sent(request))
    if form.is_valid():
        answer_question(question, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, "Your answer is kept.")
        return redirect("referrals:questions")
    return render(request, "referrals/triage/answer.html", {"question": question, "form": form})
