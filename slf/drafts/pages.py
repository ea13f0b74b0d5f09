"""What a page that writes a draft reads from its form, and shows of the draft."""

from uuid import uuid4

from django.http import QueryDict

from slf.drafts.models import Draft
from slf.drafts.rules import Written, cleaned
from slf.work.once import as_uuid

NOT_ANSWERS = {"csrfmiddlewaretoken", "action", "draft-writer", "draft-seq", "draft-base"}


def as_written(sent: QueryDict) -> Written:
    """Return the state of the note that a form holds. A form that does not say what it builds on replaces nothing."""
    answers = {name: sent.getlist(name) for name in sent if name not in NOT_ANSWERS}
    writer = as_uuid(sent.get("draft-writer")) or uuid4()
    return Written(number(sent.get("draft-base")), writer, number(sent.get("draft-seq")), cleaned(answers))


def number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def first(draft: Draft, name: str) -> str:
    return draft.content.get(name, [""])[0]
