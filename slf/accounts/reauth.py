"""Acts that need the person themselves, now: sign-off, bulk export, emergency access.

``recent_sign_in_required`` lets a view through when the person signed in or proved themselves again within
``ACCOUNT_REAUTHENTICATION_TIMEOUT``; otherwise they prove it and come back to where they were.
"""

import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from slf.accounts.answers import page_of_ours, page_they_were_on, prove_first
from slf.accounts.models import User
from slf.accounts.rules import DOWNLOADS, IMPORTANT_ACTS, wants_page

BY_DIRECTORY = "socialaccount"  # the directory may have remembered them: counts only with ``auth_time``
PROVING = "proving"  # in the session: for which act, and where from
FRESH_IN_DIRECTORY = "council_account"


def recent_sign_in_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Guard a view; a posted form is kept and sent again once the person has proved who they are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if signed_in_recently(request) else prove_it(request)

    guarded.recent_sign_in_required = True
    return guarded


def signed_in_recently(request: HttpRequest) -> bool:
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user if request.user.is_authenticated else None)
    return any(record["at"] > since for record in records if record["method"] != BY_DIRECTORY)


def prove_it(request: HttpRequest) -> HttpResponse:
    """Send the person to the first way open to them, and a script to the page where they can do so."""
    again = is_download(request) and bool(page_of_theirs(request))
    request.session[PROVING] = {"act": act_of(request), "back": page_before(request), "again": again}
    ways = get_adapter().get_reauthentication_methods(request.user)
    address = ways[0]["url"] if ways else reverse("account_login")
    if wants_page(request.headers) and ways and ways[0]["id"] != "council" and not again:
        return suspend_request(request, address)
    after = reverse("account_proved") if again else page_they_were_on(request)
    address = f"{address}?{urlencode({REDIRECT_FIELD_NAME: after})}"
    return HttpResponseRedirect(address) if wants_page(request.headers) else prove_first(request, address)


def where_to_prove_it(request: HttpRequest) -> str:
    """Return the first page where this person can prove who they are, for a program that is refused."""
    ways = get_adapter().get_reauthentication_methods(request.user)
    return ways[0]["url"] if ways else reverse("account_login")


def act_of(request: HttpRequest) -> str:
    """Return what the person is about to do, in words, where there are words for it."""
    return IMPORTANT_ACTS.get(request.resolver_match.view_name, "") if request.resolver_match else ""


def is_download(request: HttpRequest) -> bool:
    """Tell whether a person asks for a file, after which the browser stays where it is."""
    match = request.resolver_match
    return wants_page(request.headers) and match is not None and match.view_name in DOWNLOADS


def page_before(request: HttpRequest) -> str:
    """Return the page they came from; the first one when there is none to go back to."""
    return page_of_theirs(request) or settings.LOGIN_REDIRECT_URL


def page_of_theirs(request: HttpRequest) -> str:
    """Return the page they came from; empty when it is none of ours, or the guarded one, which would ask again."""
    page = page_of_ours(request, request.headers.get("Referer") or "")
    return page if page and urlsplit(page).path != request.path else ""


def note_fresh_sign_in(request: HttpRequest, user: User, *, claims: Mapping[str, Any]) -> None:
    """Remember that the directory asked the person themselves, when it says when (``auth_time``)."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    if float(claims.get("auth_time") or 0) > since:
        record_authentication(request, user, method=FRESH_IN_DIRECTORY, reauthenticated=True)
