"""Which of two states of a draft counts, and what a draft's content is. Nothing typed is ever dropped.

The server counts revisions. A page says on which revision it builds (``base``), who writes (``writer``, new for each
opened page) and how often that page has sent (``seq``), so that its own lost answer is not taken for a conflict.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

FINISHED, FAMILY = "finished", "family_uid"
"""Answers of a note written without a connection: that it is to be sent, and which family it is about."""

LONGEST = 500_000
"""Characters in one draft, all answers and their names together."""

Content = dict[str, list[str]]


class Verdict(StrEnum):
    SAME = "same"  # the server has exactly this
    NEWER = "newer"  # it replaces what the server has
    CONFLICT = "conflict"  # it is kept beside what the server has


@dataclass(frozen=True)
class Kind:
    """What a draft becomes, and the page it is carried on with; without one, ``about`` is that page's address."""

    label: str
    url_name: str = ""
    sends: str = ""
    """Where a note that was finished without a connection is sent by the device itself."""


KINDS: Mapping[str, Kind] = {
    "visit": Kind("Visit", "casework:visit_draft", sends="casework:send_at_hand"),
    "concern": Kind("Safeguarding concern", "casework:concern_draft"),
    "assessment": Kind("Assessment", "casework:assessment_draft"),
    "minutes": Kind("Minutes of a meeting", "casework:minutes_draft"),
    "plan_review": Kind("Review of the plan"),
    "own_part": Kind("Between the two of you"),
    "esf_contact": Kind("Contact of the ESF provider"),
}


@dataclass(frozen=True)
class Of:
    """Which form a draft is of, as a device that began it says: its kind, the address of its page, the family."""

    kind: str
    page: str = ""
    family: UUID | None = None


A_VISIT = Of("visit")


@dataclass(frozen=True)
class Written:
    """One state of a draft as a page sends it."""

    base: int
    writer: UUID
    seq: int
    content: Content

    @property
    def digest(self) -> str:
        return digest(self.content)


@dataclass(frozen=True)
class Held:
    """The state the server has."""

    revision: int
    writer: UUID | None
    seq: int
    digest: str
    is_closed: bool = False
    is_thrown_away: bool = False


def judge(held: Held, written: Written) -> Verdict:
    """Tell what a state that arrives is to the one that is held."""
    if written.digest == held.digest or (held.is_thrown_away and written.writer == held.writer):
        return Verdict.SAME  # a page that threw its note away has no more to say
    if held.is_closed:
        return Verdict.CONFLICT
    if written.writer == held.writer:
        return Verdict.NEWER if written.seq > held.seq else Verdict.CONFLICT
    return Verdict.NEWER if written.base >= held.revision else Verdict.CONFLICT


def cleaned(content: Mapping[str, Any]) -> Content:
    """Return the answers as lists of texts, without empty ones, in one form whichever way they came."""
    lists = {text(name): value if isinstance(value, list | tuple) else [value] for name, value in content.items()}
    texts = {name: [text(one) for one in values] for name, values in lists.items()}
    return {name: values for name, values in sorted(texts.items()) if any(values)}


def text(value: Any) -> str:
    """Return what was typed as PostgreSQL can keep it: one kind of line end, no NUL, whole characters."""
    plain = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def digest(content: Content) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def is_too_long(content: Content) -> bool:
    return sum(len(one) for name, values in content.items() for one in (name, *values)) > LONGEST
