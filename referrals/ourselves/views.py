"""The public pages in which a family refers itself. Nobody is signed in; nothing is read back, kept or cached."""

from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from referrals.intake.rules import DECIDE_WITHIN, DUTY_NUMBER, EMERGENCY_NUMBER
from referrals.ourselves import sitting
from referrals.ourselves.answers import Answers, blank, bound
from referrals.ourselves.forms import OthersFormSet, SendForm
from referrals.ourselves.rules import Step
from referrals.ourselves.services import refer_ourselves
from slf.clock import today
from slf.policy.models import setting_on, value_of
from slf.web.forms import GovFormSet, sent

LEAVE_FOR = "https://www.bbc.co.uk/weather"
LIMIT = "refer_ourselves"
TOLD = "told_to_ring_at"
TOO_LONG = "That is more than we can take here. Make it shorter."
TOO_MUCH = 413


def public(*methods: str):
    """Open a page to everybody, and let no cache and no search engine keep it."""

    def decorate(view):
        @login_not_required
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response["X-Robots-Tag"] = "noindex"
            return response

        return opened

    return decorate


def show(request: HttpRequest, page: str, *, status: int = 200, **shown: object) -> HttpResponse:
    numbers = {
        "emergency_number": value_of(EMERGENCY_NUMBER),
        "duty_number": setting_on(DUTY_NUMBER),
        "decide_within": setting_on(DECIDE_WITHIN),
    }
    return render(request, f"referrals/ourselves/{page}.html", numbers | shown, status=status)


@public("GET", "HEAD")
def start(request: HttpRequest) -> HttpResponse:
    """Say what this is, what happens with what is said, and whom to ring at once."""
    return show(request, "start")


@public("GET", "HEAD", "POST")
def step(request: HttpRequest, step: Step) -> HttpResponse:
    """Ask one small page and keep its answer; then the next that is open, or the check when none is."""
    answers = Answers.of(request)
    if (first := answers.must_come_first(step)) is not None:
        return redirect("referrals_public:ourselves_step", step=first)
    if "add" in request.POST:
        return show_step(request, step, OthersFormSet(GovFormSet.with_another(request.POST, prefix="form")))
    form = bound(step, sent(request)) or bound(step, answers.sent_from(step)) or blank(step)
    if request.method != "POST" or not form.is_valid():
        return show_step(request, step, form)
    return keep(request, step, form)


def show_step(request: HttpRequest, step: Step, form: Any, **shown: Any) -> HttpResponse:
    back = step.before
    return show(request, step.template, step=step, form=form, back=back, **shown)


def keep(request: HttpRequest, step: Step, form: Any) -> HttpResponse:
    """Keep a page. Danger stops here: that somebody was told to ring is kept, whatever is answered later."""
    danger = step is Step.DANGER and form.is_danger
    told = {TOLD: timezone.now().isoformat()} if danger and TOLD not in sitting.typed(request) else {}
    names = {name for name in request.POST if name not in {"csrfmiddlewaretoken", "add"}}
    if not sitting.keep(request, step, {name: request.POST.getlist(name) for name in names}, **told):
        return show_step(request, step, form, refusal=TOO_LONG, status=TOO_MUCH)
    if danger:
        return redirect("referrals_public:ourselves_ring")
    following = Answers.of(request).next_after(step)
    return (
        redirect("referrals_public:ourselves_step", step=following)
        if following
        else redirect("referrals_public:ourselves_check")
    )


@public("GET", "HEAD")
def ring(request: HttpRequest) -> HttpResponse:
    """Stop: give the numbers to ring."""
    return show(request, "ring")


@public("GET", "HEAD", "POST")
def check(request: HttpRequest) -> HttpResponse:
    """Show everything before it is sent; send it once, however often the button is pressed."""
    answers = Answers.of(request)
    if sitting.SENT in request.session and not answers.typed:
        return redirect("referrals_public:ourselves_sent")
    if (lacking := answers.first_open()) is not None:
        return redirect("referrals_public:ourselves_step", step=lacking)
    form = SendForm(sent(request))
    if form.is_valid():
        if not ratelimit.consume(request, action=LIMIT):
            return show(request, "check", form=form, pages=answers.in_words(), too_many=True, status=429)
        sitting.was_sent(request, refer_ourselves(**answers.told(), on=today()))
        return redirect("referrals_public:ourselves_sent")
    return show(request, "check", form=form, pages=answers.in_words(), status=422 if form.is_bound else 200)


@public("GET", "HEAD")
def done(request: HttpRequest) -> HttpResponse:
    """Say the reference once and what happens next. It says nothing of the family, and is not shown again."""
    reference = request.session.pop(sitting.SENT, None)
    if reference is None:
        return redirect("referrals_public:ourselves")
    return show(request, "sent", reference=reference)


@public("GET", "HEAD")
def leave(request: HttpRequest) -> HttpResponse:
    """Let go of what was typed, and go where nobody would ask."""
    sitting.forget(request)
    return redirect(LEAVE_FOR)
