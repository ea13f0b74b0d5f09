"""What is known today against what a line of a claim froze, in sentences: what is new, gone or otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from performance.claims.shown import as_sentence
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.catalogue import KINDS

SEARCHED = "file:"
"""How the id of a fact begins that says an agency searched: it is of no one family, and is not listed."""


class What(StrEnum):
    NEW = "new"
    GONE = "gone"
    OTHERWISE = "otherwise"


WORDS = {
    What.NEW: "New since",
    What.GONE: "Not stated any more, or not to be used for claims today",
    What.OTHERWISE: "Stated otherwise",
}


class Change(NamedTuple):
    what: What
    said: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, on: str) -> list[Change]:
    """Return how a family's case differs, as docs/judge-format.md has cases. What ends after ``on`` goes on."""
    everybody = (member for case in (before, after) for member in case["household"]["members"])
    names = {member["id"]: member.get("name", "") for member in everybody}
    return [*of_people(before, after, on=on), *of_facts(before, after, names, on=on)]


def of_people(before: Mapping[str, Any], after: Mapping[str, Any], *, on: str) -> Iterator[Change]:
    then, now = ({each["id"]: each for each in case["household"]["members"]} for case in (before, after))
    for pk in sorted({*then, *now}, key=lambda pk: (now.get(pk) or then[pk]).get("name", "")):
        called = (now.get(pk) or then[pk]).get("name") or "Somebody"
        if pk not in then:
            yield Change(What.NEW, f"{called} is written down in the family.")
        elif pk not in now:
            yield Change(What.GONE, f"{called} is not written down in the family.")
        elif as_lived(then[pk], on) != as_lived(now[pk], on):
            yield Change(What.OTHERWISE, f"{called}: the date of birth or the days in the family.")


def as_lived(member: Mapping[str, Any], on: str) -> dict[str, Any]:
    stays = {name: [still(stay, on) for stay in member.get(name, [])] for name in ("lived_here", "lives_elsewhere")}
    return {"born": member.get("born"), "parenting": member["parenting"], **stays}


def still(spell: Mapping[str, Any], on: str) -> dict[str, Any]:
    """Return a spell as it was seen on a day: one that ends later went on."""
    return {key: value for key, value in spell.items() if not (key == "to" and value >= on)}


def of_facts(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str], *, on: str
) -> Iterator[Change]:
    then, now = ({each["id"]: each for each in listed(case["facts"])} for case in (before, after))
    for pk in sorted({*then, *now}, key=lambda pk: order(now.get(pk) or then[pk])):
        if pk not in then:
            yield Change(What.NEW, as_said(now[pk], names))
        elif pk not in now:
            yield Change(What.GONE, as_said(then[pk], names))
        elif as_stated(then[pk], on) != as_stated(now[pk], on):
            yield Change(What.OTHERWISE, as_said(now[pk], names))


def listed(facts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (fact for fact in facts if not fact["id"].startswith(SEARCHED))


def order(fact: Mapping[str, Any]) -> tuple[str, str, str]:
    return fact.get("day") or fact.get("from") or "", fact["kind"], fact["id"]


def as_stated(fact: Mapping[str, Any], on: str) -> dict[str, Any]:
    return {key: value for key, value in still(fact, on).items() if key not in {"recorded_on", "source"}}


def as_said(fact: Mapping[str, Any], names: Mapping[str, str]) -> str:
    about = names.get(fact.get("person", ""))
    starts = fact.get("day") or fact.get("from")
    told = [KINDS[fact["kind"]].meaning, about, starts and spoken(date.fromisoformat(starts))]
    return f"{', '.join(each for each in told if each)} ({as_sentence(fact['source'], fact['recorded_on'], [])})"
