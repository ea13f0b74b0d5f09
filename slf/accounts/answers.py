"""What a signed-out request is told: a person gets the sign-in page, a script gets 401 and an address."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from slf.accounts import sittings
from slf.accounts.rules import wants_page
from slf.web import kept
from slf.web.api import PROBLEM_JSON, problem_body

READING = frozenset({"GET", "HEAD"})
SIGNED_OUT = "You are signed out. Sign in to carry on."
TYPED_IS_KEPT = "You are signed out. What you typed is kept: sign in, and it is in the form again."
PROVE_FIRST = "Prove that it is you, then do this again."
SECOND_FACTOR_FIRST = "Set up a second step for signing in first."


def signed_out(request: HttpRequest) -> HttpResponse:
    """Ask the person to sign in and come back to the page they were on, where what they typed is in the form again."""
    page = page_they_were_on(request)
    address = with_next(resolve_url(settings.LOGIN_URL), page)
    is_page = wants_page(request.headers)
    may_be_kept = is_page or "HX-Request" in request.headers  # htmx sends a form, and goes where it is sent
    if may_be_kept and kept.keep(request, page=page, person=sittings.who_left(request)):
        messages.info(request, TYPED_IS_KEPT)
    return HttpResponseRedirect(address) if is_page else to_script(401, SIGNED_OUT, address, kind="signed-out")


def sent_from_before(request: HttpRequest) -> HttpResponse | None:
    """Give back a form of a page that its person had open before they signed in again; None when it is no such page."""
    page = page_they_were_on(request)
    if not (kept.is_from_an_open_page(request) and kept.keep(request, page=page, person=request.user.pk)):
        return None
    return HttpResponseRedirect(page)


def second_factor_first(request: HttpRequest) -> HttpResponse:
    address = with_next(resolve_url("account_second_factor"), page_they_were_on(request))
    if wants_page(request.headers):
        return HttpResponseRedirect(address)
    return to_script(403, SECOND_FACTOR_FIRST, address, kind="second-factor")


def prove_first(request: HttpRequest, address: str) -> HttpResponse:
    return to_script(403, PROVE_FIRST, address, kind="prove-first")


def to_script(status: int, detail: str, address: str, *, kind: str) -> JsonResponse:
    """Return a problem with the address to go to. htmx goes there; other scripts decide for themselves."""
    body = problem_body(status, detail, kind=kind, address=address)
    return JsonResponse(body, status=status, content_type=PROBLEM_JSON, headers={"HX-Redirect": address})


def page_they_were_on(request: HttpRequest) -> str:
    """Return the page in the person's browser: this address when it is one, else the page that asked."""
    if request.method in READING and wants_page(request.headers):
        return request.get_full_path()
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    return page_of_ours(request, came_from) or resolve_url(settings.LOGIN_REDIRECT_URL)


def page_of_ours(request: HttpRequest, address: str) -> str:
    """Return path and query of an address of this service; empty when it is none, or leads elsewhere by two slashes."""
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=here, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    page = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""


def with_next(address: str, page: str) -> str:
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: page})}"
