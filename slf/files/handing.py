"""Handing a kept file out: to be saved, never to be shown by the browser in our name."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from slf.files.pictures import preview_of
from slf.files.rules import KINDS
from slf.files.services import check_open


def handed_out(row: Any) -> HttpResponse:
    """Give the content of a row (``name``, ``content``, ``content_type``) that the door has found for who asks."""
    check_open(row.content.name)
    with row.content.open("rb") as stored:
        return guarded(stored.read(), content_type=row.content_type, name=row.name)


def previewed(row: Any) -> HttpResponse:
    """Give a picture to look at: a smaller one that we made, not the file that was sent."""
    check_open(row.content.name)
    with row.content.open("rb") as stored:
        made = preview_of(stored.read(), KINDS[row.content_type])
    return guarded(made, content_type="image/jpeg")


def guarded(content: bytes, *, content_type: str, name: str = "") -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    said = content_disposition_header(as_attachment=bool(name), filename=name or "preview.jpg")
    answer["Content-Disposition"] = said
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
