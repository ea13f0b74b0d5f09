"""What a family has typed so far: sealed in its session until it is sent, left, or left alone for half an hour."""

import json
import time
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, QueryDict

from referrals.ourselves.rules import KEPT_FOR, Step
from slf.accounts.sealing import seal, unseal

SESSION, SENT = "ourselves", "ourselves_sent"
LONGEST = 40_000

Typed = Mapping[str, Mapping[str, list[str]]]
"""For each page, what was sent from it, field by field."""


def typed(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed; nothing when it lay too long, or the key it was sealed with is gone."""
    held = request.session.get(SESSION)
    if held is None or time.time() - held["at"] > KEPT_FOR.total_seconds():
        return {}
    try:
        return json.loads(unseal(held["sealed"]))
    except InvalidToken:
        return {}


def keep(request: HttpRequest, step: Step, sent: Mapping[str, list[str]], **more: str) -> bool:
    """Keep one page with the others; tell whether it is short enough to be kept."""
    answers = json.dumps(typed(request) | {step.value: dict(sent)} | more)
    if len(answers) > LONGEST:
        return False
    request.session[SESSION] = {"sealed": seal(answers), "at": time.time()}
    return True


def page_of(answers: Mapping[str, Any], step: Step) -> QueryDict | None:
    """Return what was sent from a page, as its form reads it."""
    if step.value not in answers:
        return None
    sent = QueryDict(mutable=True)
    for name, values in answers[step.value].items():
        sent.setlist(name, values)
    return sent


def forget(request: HttpRequest) -> None:
    """Let go of everything these pages keep."""
    for name in (SESSION, SENT):
        request.session.pop(name, None)


def was_sent(request: HttpRequest, reference: str) -> None:
    """Let go of what was typed; keep the reference for the one page that says it."""
    forget(request)
    request.session[SENT] = reference
