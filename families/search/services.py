"""Finding families: the closest first, nothing beyond one's rights, and why each was found."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from families.names.models import PersonName
from families.people.models import Family, Person
from families.search import rules
from families.search.rules import Part, Way
from slf.accounts.models import User

PERHAPS_OTHER = (Way.OTHER_NAME, Way.ONE_LETTER, Way.SOUND)
"""How somebody may be found by a name other than the one in use."""

Contested = Collection[tuple[int, int, str]]
"""What is contested of whom in which family: ``(family, person, "name")``."""
_sources: list[Callable[..., Contested]] = []


def ask_what_is_contested(source: Callable[..., Contested]) -> None:
    """Register ``source(families, user=…)`` of a higher area: what is shown of who was found is marked by it."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True)
class Answer:
    """Who of a family answers a part of what was typed, and how. Nobody in particular: the family itself."""

    part: Part
    person: int | None
    way: Way


@dataclass(frozen=True)
class Hit:
    """A family that was found, by id: what a list counts and cuts into pages."""

    family: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Found:
    """A family that was found, with why, a line for each of its people."""

    family: Family
    why: tuple[str, ...]


def search(text: str, *, on: date) -> list[Hit]:
    """Return the families that answer most of what was typed, the closest first, of those whoever acts may see.

    Names that only sound alike, or are one letter away, count when few are found as they are written. When nobody
    answers all of it, those are found who answer a part.
    """
    parts = rules.parse(text, on=on)
    if not parts:
        return []
    found = hits(parts, on=on)
    if len(found) < rules.ENOUGH or not whole(found, parts):
        found = hits(parts, on=on, loosely=True)
    if len(parts) == 1 or whole(found, parts):
        return found
    return hits(parts, on=on, widely=True) or hits(parts, on=on, loosely=True, widely=True)


def whole(found: Sequence[Hit], parts: Sequence[Part]) -> bool:
    """Tell whether what was found answers every part of what was typed."""
    return bool(found) and len(found[0].answers) == len(parts)


def answer_all(text: str, found: Sequence[Hit], *, on: date) -> bool:
    """Tell whether those found, the closest first, answer all that was typed."""
    return whole(found, rules.parse(text, on=on))


def hits(parts: Sequence[Part], *, on: date, loosely: bool = False, widely: bool = False) -> list[Hit]:
    asked = json.dumps([part.keys() for part in parts])
    values: list[str | date | bool] = [asked, on, loosely, widely]
    answers: dict[int, list[Answer]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select family_id, part, person_id, way from slf.search(%s, %s, %s, %s)", values)
        for family, number, person, way in cursor.fetchall():
            answers[family].append(Answer(parts[number - 1], person, Way(way)))
    return [Hit(family, tuple(found)) for family, found in answers.items()]


def shown(found: Sequence[Hit], *, by: User) -> list[Found]:
    """Return a page of what was found: the families, and why in words."""
    rows = Family.objects.visible_to(by).filter(pk__in=[hit.family for hit in found])
    families = {family.pk: family for family in rows.select_related("scope__locality")}
    ids = {answer.person for hit in found for answer in hit.answers if answer.person}
    people = Person.objects.visible_to(by).select_related("merged_into").in_bulk(ids)
    names = other_names(found, by=by)
    marks = {mark for source in _sources for mark in source(list(families), user=by)} if people else set()
    return [Found(families[hit.family], reasons(hit, people, names, marks)) for hit in found if hit.family in families]


def other_names(found: Sequence[Hit], *, by: User) -> dict[int, list[PersonName]]:
    """Return the other names of those who were found by one, by person."""
    ids = {answer.person for hit in found for answer in hit.answers if answer.way in PERHAPS_OTHER}
    names: dict[int, list[PersonName]] = defaultdict(list)
    for name in PersonName.objects.visible_to(by).filter(person__in=ids) if ids else ():
        names[name.person_id].append(name)
    return names


def reasons(
    hit: Hit, people: Mapping[int, Person], names: Mapping[int, list[PersonName]], marks: Contested
) -> tuple[str, ...]:
    """Return who answers what. Somebody who is in sight no more is left unnamed."""
    said = []
    for answer in hit.answers:
        known = [
            name for name in names.get(answer.person or 0, ()) if not name.protected or name.family_id == hit.family
        ]
        person = people.get(answer.person or 0)
        contested = {about for family, who, about in marks if person and (family, who) == (hit.family, person.shown.pk)}
        said.append(reason(answer, person, known, contested))
    return tuple(rules.joined(said))


def reason(
    answer: Answer, person: Person | None, names: Sequence[PersonName], contested: Collection[str]
) -> tuple[str, str]:
    who = rules.marked(str(person.shown), contested, "name") if person else ""
    other = next((name for name in names if rules.answers(answer.part, str(name))), None)
    if person and other and not rules.answers(answer.part, f"{person.given_names} {person}"):
        return who, other.in_words
    said = rules.why(answer.way, answer.part, born=person.born_on if person else None)
    return who or rules.of_the_family(answer.way), rules.marked(said, contested, rules.SHOWS.get(answer.way, ""))
