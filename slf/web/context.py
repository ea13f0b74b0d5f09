"""What every page is told: the name of the service, the navigation, who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from slf.access.rights import rights_of
from slf.access.rules import Role
from slf.web import navigation


def nobody() -> dict[str, Any]:
    """Return ``service`` for pages that must not depend on the request: errors, refusals."""
    return {"service": {"name": settings.SERVICE_NAME, "is_demo": settings.DEMO, "footer": [], "user_name": ""}}


def service(request: HttpRequest) -> dict[str, Any]:
    """Return ``service``, worked out only when a template reads it."""
    return {
        "service": {
            "name": settings.SERVICE_NAME,
            "is_demo": settings.DEMO,
            "navigation": SimpleLazyObject(lambda: navigation_for(request)),
            "footer": SimpleLazyObject(lambda: footer_for(request)),
            "search": SimpleLazyObject(lambda: search_for(request)),
            "user_name": SimpleLazyObject(lambda: name_of(request)),
            "user_role": SimpleLazyObject(lambda: role_of(request)),
        }
    }


def navigation_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the entries this person may use, the one they are in marked."""
    if not is_signed_in(request):
        return []
    entries = [
        (item, reverse(item.url_name)) for item in navigation.items_for(rights_of(request.user), navigation.ITEMS)
    ]
    here = nearest(request.path, [(href, covered(item, href)) for item, href in entries])
    return [
        {"label": item.label, "href": href, "active": href == here, "current": href == request.path}
        for item, href in entries
    ]


def covered(item: navigation.Item, href: str) -> tuple[str, ...]:
    """Return what lies under an entry; under the home page nothing does."""
    if item.over is not None:
        return item.over
    return (href,) if href != "/" else ()


def nearest(path: str, entries: list[tuple[str, tuple[str, ...]]]) -> str | None:
    """Return the entry the path is, else the one over it by the longest address."""
    if path in {href for href, _ in entries}:
        return path
    over = [(len(above), href) for href, covers in entries for above in covers if path.startswith(above)]
    return max(over, default=(0, None))[1]


def search_for(request: HttpRequest) -> dict[str, str]:
    items = navigation.items_for(rights_of(request.user), navigation.SEARCH) if is_signed_in(request) else []
    return {"label": items[0].label, "href": reverse(items[0].url_name)} if items else {}


def footer_for(request: HttpRequest) -> list[dict[str, str]]:
    items = navigation.items_for(rights_of(request.user), navigation.FOOTER) if is_signed_in(request) else []
    return [{"label": item.label, "href": reverse(item.url_name)} for item in items]


def name_of(request: HttpRequest) -> str:
    return (request.user.get_full_name() or request.user.get_username()) if is_signed_in(request) else ""


def role_of(request: HttpRequest) -> str:
    """Return the roles this person holds, the table's order, in words."""
    if not is_signed_in(request):
        return ""
    held = {role for role, _ in rights_of(request.user).reaches}
    return ", ".join(role.label for role in Role if role in held)


def is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
