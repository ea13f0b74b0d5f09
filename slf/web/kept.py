"""What somebody typed and sent after they had been signed out: kept for them, and in the form again once they are back.

It lies sealed in the session, under the page it was typed on, for the person whose seat this was. Whoever else signs
in there never sees it, and whatever they send themselves takes its place.
"""

import json
import time
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from rest_framework.authentication import CSRFCheck

from slf.accounts.sealing import seal, unseal

SESSION, OPEN_PAGES = "kept_for", "open_pages"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "once"})
OF_A_DRAFT = "draft-writer"  # has its own way of being kept (slf.drafts)
NOT_FROM = "/accounts/"
MOST_PAGES, LONGEST, HOURS = 5, 200_000, 12
IN_THE_FORM_AGAIN = "You were signed out before this was saved. What you had typed is in the form again: save it now."

_here: ContextVar[QueryDict | None] = ContextVar("kept", default=None)


def keep(request: HttpRequest, *, page: str, person: int | None) -> bool:
    """Keep a form that arrives signed out, for the person who was signed out in this browser; tell whether it was."""
    sent = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    if person is None or request.method != "POST" or request.path.startswith(NOT_FROM):
        return False
    if OF_A_DRAFT in sent or not any(any(values) for values in sent.values()):
        return False
    sealed = seal(json.dumps(sent))
    if len(sealed) > LONGEST:
        return False
    others = [one for one in request.session.get(SESSION, []) if one["page"] != page and one["person"] == person]
    mine = {"page": page, "sent_to": request.path, "person": person, "sealed": sealed, "at": time.time()}
    request.session[SESSION] = [*others[1 - MOST_PAGES :], mine]
    return True


def remember_pages(request: HttpRequest, *, person: int) -> None:
    """Remember the secret that the forms on this person's open pages carry; signing in changes it."""
    request.session[OPEN_PAGES] = {"person": person, "secret": request.META.get("CSRF_COOKIE", "")}


def is_from_an_open_page(request: HttpRequest) -> bool:
    """Tell whether a form comes from a page this very person opened before they signed in again."""
    opened_by = request.session.get(OPEN_PAGES, {})
    token, secret = request.POST.get("csrfmiddlewaretoken", ""), opened_by.get("secret", "")
    if not secret or opened_by["person"] != request.user.pk:
        return False
    return carries(token, secret=secret)


def carries(token: str, *, secret: str) -> bool:
    """Tell whether a form's token was made of this secret: Django is asked about a form sent while it was in force."""
    asked = HttpRequest()
    asked.method, asked.POST = "POST", QueryDict(mutable=True)
    asked.POST["csrfmiddlewaretoken"], asked.COOKIES[settings.CSRF_COOKIE_NAME] = token, secret
    return CSRFCheck(lambda request: HttpResponse()).process_view(asked, None, (), {}) is None


def hand_over(request: HttpRequest, *, person: int) -> None:
    """Leave to who has signed in only what was theirs."""
    if request.session.get(OPEN_PAGES, {}).get("person") != person:
        request.session.pop(OPEN_PAGES, None)
    if SESSION in request.session:
        request.session[SESSION] = [one for one in request.session[SESSION] if one["person"] == person]


def here() -> QueryDict | None:
    """Return what was kept for the page that is being answered."""
    return _here.get()


class KeptMiddleware:
    """Put what was kept into the forms of its page, until something is sent to where it was going."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.session.get(SESSION) or not request.user.is_authenticated:
            return self.get_response(request)
        if request.method == "POST":
            forget(request)
            return self.get_response(request)
        with shown(found(request)) as kept:
            if kept is not None:
                messages.warning(request, IN_THE_FORM_AGAIN)
            return self.get_response(request)


def forget(request: HttpRequest) -> None:
    """Let go of what was going where something is sent now."""
    left = [one for one in request.session[SESSION] if one["sent_to"] != request.path]
    if left != request.session[SESSION]:
        request.session[SESSION] = left


def found(request: HttpRequest) -> QueryDict | None:
    for one in request.session[SESSION]:
        if one["page"] == request.get_full_path() and is_for(one, request):
            return opened(one["sealed"])
    return None


def is_for(one: dict[str, Any], request: HttpRequest) -> bool:
    return one["person"] == request.user.pk and time.time() - one["at"] < HOURS * 3600


def opened(sealed: str) -> QueryDict | None:
    """Return what was sealed; nothing when the key it was sealed with is gone."""
    try:
        sent = json.loads(unseal(sealed))
    except InvalidToken:
        return None
    answers = QueryDict(mutable=True)
    for name, values in sent.items():
        answers.setlist(name, values)
    return answers


@contextmanager
def shown(answers: QueryDict | None):
    token = _here.set(answers)
    try:
        yield answers
    finally:
        _here.reset(token)
