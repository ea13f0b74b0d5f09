"""What may be said of the rules of a scheme: which change, by which document, and what each comes to. No Django."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from performance.pbr.rules import Row, Scheme
from performance.pbr.rules.figures import wrong
from slf.web.errors import DomainError

GRADES: Mapping[str, str] = {
    "P": "Primary source",
    "S": "Secondary source",
    "D": "Derived",
    "U": "To be confirmed",
}
NO_DOCUMENT = "Say which document it rests on."
NOTHING = "Say which rule is confirmed or changed."


class WrongRule(DomainError):
    """What cannot be said of a rule, whichever door it comes through."""

    status = 422
    title = "The rules cannot be changed like that"


def check(scheme: Scheme, changes: Iterable[Mapping[str, Any]], *, document: str) -> list[dict[str, Any]]:
    """Return the changes as they are kept: each names a rule once, and its new value where it gets one.

    Raises ``WrongRule`` with every problem in a sentence.
    """
    kept: list[dict[str, Any]] = [{"rule": str(each["rule"]), "value": each.get("value")} for each in changes]
    problems = [] if document.strip() else [NO_DOCUMENT]
    problems += [] if kept else [NOTHING]
    names = [each["rule"] for each in kept]
    problems += [f"{name} is named twice." for name in dict.fromkeys(names) if names.count(name) > 1]
    for each in kept:
        problems += problems_of(scheme.rows.get(each["rule"]), each, scheme)
    if problems:
        raise WrongRule(" ".join(problems))
    return [each | {"value": as_kept(scheme.rows[each["rule"]], each["value"])} for each in kept]


def as_kept(row: Row, value: Mapping[str, Any] | None) -> str | None:
    """Return a new value as text, in the order of the old one, which is part of what a reader sees."""
    return None if value is None else json.dumps({key: value[key] for key in row.value}, ensure_ascii=False)


def read(changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return kept changes with each value as it was given."""
    return [{"rule": each["rule"], "value": each["value"] and json.loads(each["value"])} for each in changes]


def problems_of(row: Row | None, change: Mapping[str, Any], scheme: Scheme) -> list[str]:
    """Return what is wrong with one change. Confirming what has a source, or what it is already, says nothing new."""
    if row is None:
        return [f"{scheme.name} has no rule {change['rule']}."]
    if change["value"] is None:
        return [] if not row.settled else [f"{row.id} counts already: give another value to change it."]
    if change["value"] == dict(row.value) and row.settled:
        return [f"{row.id} has this value already."]
    return [f"{row.id}: {sentence}" for sentence in wrong(row.value, change["value"])]


def state_of(row: Row) -> tuple[str, str]:
    """Return how well a rule is known, in words, and the tone of its tag."""
    if row.confirmed:
        return ("Confirmed by the county" if row.grade == "U" else "Set by the county"), "good"
    return GRADES[row.grade], "attention" if row.grade == "U" else "neutral"
