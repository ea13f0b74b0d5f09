"""The chronology as a document: what it shows and what it leaves out, then each day, the oldest first."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from casework.chronology.rules import Entry
from families.people.models import Family, Person
from slf.accounts.models import User
from slf.clock import today


def bundle(
    family: Family, entries: Sequence[Entry], *, words: str, left_out: int, by: User, reader: Person | None = None
) -> dict[str, Any]:
    """Return the data of ``chronology.typ``; on paper a story begins with its beginning.

    What is said of a copy for one person is the same whether anything was left out of it or not: it tells nothing.
    """
    return {
        "title": f"Chronology: {family.name}",
        "reference": family.reference,
        "words": words,
        "printed_on": today(),
        "by": str(by),
        "reader": str(reader) if reader else "",
        "left_out": left_out,
        "days": [
            {"on": day, "entries": [on_paper(entry) for entry in of_day]}
            for day, of_day in groupby(reversed(entries), key=lambda entry: entry.on)
        ],
    }


def on_paper(entry: Entry) -> dict[str, Any]:
    at = f"{entry.at:%H:%M}, " if entry.at else ""
    return {
        "title": entry.title,
        "detail": list(entry.detail),
        "text": entry.text,
        "by": f"{at}{entry.kind_name}{f', {entry.by}' if entry.by else ''}",
    }
