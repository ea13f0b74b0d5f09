"""Somebody's own page of the plan. Nobody is signed in here; a colleague who is gets what everybody gets.

Whatever is wrong (no such link, used, ended, over, locked, another PIN) has one answer. Nothing is kept by a cache.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casework.own_page import visit
from casework.own_page.forms import PinForm, SayForm, TickForm
from casework.own_page.preview import readable
from casework.own_page.rules import AWAKE
from casework.own_page.services import digest
from referrals.intake.rules import DUTY_NUMBER, EMERGENCY_NUMBER
from slf.access.rules import client_address
from slf.clock import today
from slf.policy.models import setting_on, value_of
from slf.web.forms import sent

LEAVE_FOR = "https://www.bbc.co.uk/weather"
COOKIE, PATH = "plan", "/our-plan/"
LOOKING, TRYING = "own_page", "own_page_try"
NO = "That did not open it. Check the PIN. If it still does not open, ask your worker for a new link."
REFUSED, TOO_MANY = 422, 429


def public(*methods: str) -> Callable[..., Any]:
    """Open an address to everybody, so many times a minute; let nothing keep what it shows, or tell where it was."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_not_required
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with visit.as_nobody():
                may = ratelimit.consume(request, action=LOOKING, key=digest(whoever(request)))
                response = view(request, *args, **kwargs) if may else put_off(request)
            response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
            return response

        return opened

    return decorate


def held_by(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def whoever(request: HttpRequest) -> str:
    """Return by what one who asks is told from another: the cookie, else the address."""
    return held_by(request) or address_of(request) or ""


def show(request: HttpRequest, name: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    numbers = {"emergency_number": value_of(EMERGENCY_NUMBER), "duty_number": setting_on(DUTY_NUMBER)}
    return render(request, f"casework/own_page/public/{name}.html", numbers | shown, status=status)


def put_off(request: HttpRequest) -> HttpResponse:
    return show(request, "too_many", status=TOO_MANY)


@public("GET", "HEAD", "POST")
def plan(request: HttpRequest) -> HttpResponse:
    """Show the plan to the browser that opened it; ask for the PIN when it was left or lay too long."""
    if request.method == "POST":
        return try_pin(request, token="")
    return show_plan(request) or show(request, "door", form=PinForm())


@public("GET", "HEAD", "POST")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the PIN. The link is used up by the right one alone: a program that looks at links opens nothing."""
    return try_pin(request, token=token) if request.method == "POST" else show(request, "door", form=PinForm())


def try_pin(request: HttpRequest, *, token: str) -> HttpResponse:
    form = PinForm(sent(request))
    if not form.is_valid():
        return show(request, "door", form=form, status=REFUSED)
    if not ratelimit.consume(request, action=TRYING, key=digest(token or whoever(request))):
        return put_off(request)
    fresh = visit.open_page(token=token, held=held_by(request), pin=form.cleaned_data["pin"], on=today())
    if fresh is None:
        form = PinForm()
        return show(request, "door", form=form, no=NO, status=REFUSED)
    return keeping(redirect("own_page:plan"), fresh)


def keeping(response: HttpResponseRedirect, secret: str) -> HttpResponseRedirect:
    """Let the browser keep the page open: for this path alone, gone when the browser closes."""
    response.set_cookie(COOKIE, secret, path=PATH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    return response


@public("POST")
def tick(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how far one's own action is."""
    form = TickForm(request.POST, prefix=str(uid))
    if not form.is_valid():
        return again(request, ticking=form)
    taken = visit.say(held_by(request), on=today(), action=str(uid), **form.cleaned_data)
    return thanks(f"action-{uid}") if taken else again(request)


@public("POST")
def say(request: HttpRequest) -> HttpResponse:
    """Say how it goes."""
    form = SayForm(request.POST)
    if not form.is_valid():
        return again(request, saying=form)
    return thanks("said") if visit.say(held_by(request), on=today(), **form.cleaned_data) else again(request)


def thanks(where: str) -> HttpResponse:
    return redirect(f"{reverse('own_page:plan')}?said=1#{where}")


def again(request: HttpRequest, *, ticking: TickForm | None = None, saying: SayForm | None = None) -> HttpResponse:
    """Show the plan with what was typed; to whoever does not have it open, the way to open it."""
    shown = show_plan(request, ticking=ticking, saying=saying, not_taken=ticking is None and saying is None)
    return shown or show(request, "door", form=PinForm(), status=REFUSED)


def show_plan(
    request: HttpRequest, *, ticking: TickForm | None = None, saying: SayForm | None = None, not_taken: bool = False
) -> HttpResponse | None:
    """Return the page, and have it logged; nothing when it is not open."""
    found = visit.read_page(held_by(request), address=address_of(request), on=today())
    if found is None:
        return None
    shown = readable(found)
    for one in shown["mine"]:
        theirs = ticking is not None and ticking.prefix == one["uid"]
        one["form"] = ticking if theirs else TickForm(prefix=one["uid"])
    wrong: list[forms.Form] = [form for form in (ticking, saying) if form is not None]
    status = REFUSED if wrong or not_taken else 200
    return show(
        request, "plan", shown=shown, form=saying or SayForm(), wrong=wrong, not_taken=not_taken,
        thanked="said" in request.GET, awake=setting_on(AWAKE), today=today(), status=status,
    )  # fmt: skip


def address_of(request: HttpRequest) -> str | None:
    return client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.headers.get("X-Forwarded-For", ""),
        proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    )


@public("GET", "HEAD")
def leave(request: HttpRequest) -> HttpResponse:
    """Have the PIN asked for again, and go where nobody would ask."""
    visit.leave(held_by(request))
    return redirect(LEAVE_FOR)
