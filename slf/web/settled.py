"""A question that was answered meanwhile is not asked again: whoever comes back to it is shown what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

SETTLED = "This is settled already. Here is how it stands."


def settled(request: HttpRequest, where: Any, *, unless: bool) -> HttpResponse | None:
    """Return the way to ``where`` for somebody who opens the question, ``unless`` it is still open."""
    if unless or request.method == "POST":
        return None
    messages.info(request, SETTLED)
    return redirect(where)
