"""A form that keeps what is typed in it: a draft from the first key on, in the form again until it is sent.

The view is decorated, and its template holds ``{% include "slf/drafts/attributes.html" %}`` in its form's tag and
``{% include "slf/drafts/kept.html" %}`` above the button. ``once_only`` stands outside: a draft is closed in the
transaction in which its form takes effect.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from slf.drafts.models import Draft
from slf.drafts.pages import as_written
from slf.drafts.services import close_draft
from slf.web import kept
from slf.work.once import as_uuid

View = Callable[..., HttpResponse]
NOT_WRITTEN = {"once", "revision", "was"}
"""What a form carries besides answers."""


@dataclass(frozen=True)
class Note:
    """What of a form is kept for its writer: nothing yet, or a draft."""

    kind: str
    page: str
    writer: UUID
    draft: Draft | None

    @property
    def answers(self) -> QueryDict:
        """What was typed, as it would have been sent."""
        typed = QueryDict(mutable=True)
        for name, values in (self.draft.content if self.draft else {}).items():
            typed.setlist(name, values)
        return typed

    @property
    def texts(self) -> list[str]:
        """What was written, to be copied where it cannot be sent any more."""
        held = self.draft.content if self.draft else {}
        return [text for name, values in held.items() if name not in NOT_WRITTEN for text in values]


def keeps(kind: str) -> Callable[[View], View]:
    """Keep what is typed on the form of this page as a draft of its ``kind``; ``request.note`` is what is kept."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.note = note = note_of(request, kind)
            opens_again = request.method == "GET" and note.draft and kept.here() is None
            try:
                with kept.shown(note.answers) if opens_again else nullcontext():
                    response = view(request, *args, **kwargs)
            except (Http404, PermissionDenied):
                if not note.draft:
                    raise
                return out_of_reach(request)
            if request.method == "POST" and note.draft and response.has_header("Location"):
                close_draft(note.draft, by=request.user, written=as_written(request.POST))
            return response

        return page

    return decorate


def out_of_reach(request: HttpRequest) -> HttpResponse:
    """Show their writer the words of a form that takes nothing any more: it is over, or not theirs any more."""
    return render(request, "slf/drafts/out_of_reach.html", {"note": request.note})


def note_of(request: HttpRequest, kind: str) -> Note:
    """Return the draft of this page, or of two copies of it the one that is asked for."""
    mine = Draft.objects.of(request.user).unsent().filter(kind=kind, about=request.path)
    asked = as_uuid(request.GET.get("note"))
    draft = (mine.filter(uid=asked).first() if asked else None) or mine.filter(conflict_of=None).first()
    return Note(kind, request.path, uuid4(), draft)
