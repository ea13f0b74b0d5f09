"""The session's side of ``rules.Sitting``: when it began, when its person was last active, who left before."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from slf.accounts.models import User
from slf.accounts.rules import MINUTE, Limits, Sitting
from slf.web import kept

BEGAN, ACTIVE, LEFT_BY = "sitting_began", "sitting_active", "sitting_left_by"
HOUR = 60 * MINUTE


def limits() -> Limits:
    return Limits(idle=settings.IDLE_MINUTES * MINUTE, absolute=settings.ABSOLUTE_HOURS * HOUR)


def begin(request: HttpRequest) -> None:
    """Start counting at sign-in."""
    request.session[BEGAN] = request.session[ACTIVE] = time.time()


def current(request: HttpRequest) -> Sitting:
    """Return the sitting of a signed-in request; one that was begun elsewhere (a test, a shell) begins now."""
    if BEGAN not in request.session:
        begin(request)
    return Sitting(request.session[BEGAN], request.session[ACTIVE], limits())


def note_activity(request: HttpRequest) -> Sitting:
    request.session[ACTIVE] = time.time()
    return current(request)


def end(request: HttpRequest) -> None:
    """Sign out, leaving nothing behind but whose seat it was, and how to know the pages they still have open."""
    leaving = request.user.pk
    logout(request)
    request.session[LEFT_BY] = leaving
    kept.remember_pages(request, person=leaving)


def who_left(request: HttpRequest) -> int | None:
    """Return who was signed out here and has not been followed by anybody."""
    return request.session.get(LEFT_BY)


def somebody_else_left(request: HttpRequest, user: User) -> bool:
    """Tell, once, whether the page to come back to belongs to another person who was signed out here."""
    return request.session.pop(LEFT_BY, user.pk) != user.pk


def in_seconds(sitting: Sitting) -> dict[str, float | bool]:
    """Return what the page's own clock goes by."""
    now = time.time()
    return {"left": max(0, round(sitting.seconds_left(now), 1)), "may_stay": sitting.may_stay(now)}
