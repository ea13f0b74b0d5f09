"""What a fact says, in words. No Django here."""

from collections.abc import Mapping
from datetime import date

from families.facts.rules import KINDS
from slf.web.words import day_in_words

NAMES: Mapping[str, str] = {
    "possible": "Possible sessions",
    "attended": "Attended sessions",
    "unauthorised": "Missed without leave",
    "reference": "Case reference",
}
"""What a part of a value is called where its own name does not say it."""


def value_in_words(kind: str, value: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return each part of a value with its name, as ``("Possible sessions", "140")``: what the kind needs first."""
    needed = KINDS[kind].keys
    in_order = sorted(value, key=lambda part: (needed.index(part) if part in needed else len(needed), part))
    return [(name_of(part), said(value[part])) for part in in_order if value[part] not in ("", None)]


def name_of(part: str) -> str:
    return NAMES.get(part, part.replace("_", " ").capitalize())


def said(what: object) -> str:
    if isinstance(what, bool):
        return "yes" if what else "no"
    return f"{what:,}" if isinstance(what, int) else str(what)


def period_in_words(starts: date, ends_before: date | None) -> str:
    """Return "3 October 2012", "3 October 2012 to 5 October 2012", or "From 3 October 2012, still going on"."""
    if ends_before is None:
        return f"From {day_in_words(starts)}, still going on"
    last = date.fromordinal(ends_before.toordinal() - 1)
    return day_in_words(starts) if last == starts else f"{day_in_words(starts)} to {day_in_words(last)}"
