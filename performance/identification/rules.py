"""Whom a scheme is for, whom it would be for with one fact more, and who is found but not worked with. No Django."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from performance.pbr.rules import Answer, Judgement, Row, Scheme

WAITS_FOR = timedelta(hours=2)
"""How long a run that is not finished holds up another one."""


class Place(StrEnum):
    """On which of the lists a family is. Who is not worked with is on no list with those who are."""

    ELIGIBLE = "eligible"
    ONE_AWAY = "one_away"
    FOUND = "found"

    @property
    def label(self) -> str:
        return PLACES[self]


PLACES: Mapping[Place, str] = {
    Place.ELIGIBLE: "Eligible and worked with",
    Place.ONE_AWAY: "One fact away",
    Place.FOUND: "Found, not worked with",
}


@dataclass(frozen=True)
class Missing:
    """One thing without which a family is not eligible: what it is called, and whether anybody knows it is not so."""

    code: str
    called: str
    known: bool

    @property
    def words(self) -> str:
        return f"{self.called}: {'not so by what is held' if self.known else 'not known'}"

    def as_dict(self) -> dict[str, str | bool]:
        return {"code": self.code, "called": self.called, "known": self.known}


@dataclass(frozen=True)
class Met:
    """What a family meets on the day it is judged: criteria, the needs under each, and what a household has to be."""

    groups: frozenset[str]
    needs: frozenset[tuple[str, str]]

    def and_also(self, group: str, need: str) -> "Met":
        return Met(self.groups | {group}, self.needs | {(group, need)})


def one_away(scheme: Scheme, found: Judgement) -> tuple[Missing, ...]:
    """Return each single thing that would make a family eligible; nothing for one that is, or that lacks two."""
    if found.eligible:
        return ()
    met, lacking = met_by(scheme, found), household_lacks(scheme, found)
    if satisfied(scheme, met, found.judged_on):
        return tuple(lacking) if len(lacking) == 1 else ()
    if lacking:
        return ()
    called = scheme.by_kind["criteria_names"].in_use["called"]
    steps = step_answers(found)
    enough: dict[str, list[str]] = {}
    for group, need, rule in units(scheme, found.judged_on):
        if (group, need) not in met.needs and satisfied(scheme, met.and_also(group, need), found.judged_on):
            enough.setdefault(group, []).append(rule)
    return tuple(
        Missing(group, called[group], all(steps.get(rule) == Answer.NOT_MET for rule in rules))
        for group, rules in enough.items()
    )


def units(scheme: Scheme, on: date) -> Iterator[tuple[str, str, str]]:
    """Yield the criterion, need and rule of each way to meet one."""
    for row in scheme.criteria:
        if row.in_force(on):
            yield row.group, need_of(row), row.id


def need_of(row: Row) -> str:
    return str(row.in_use.get("counts_with", row.id))


def step_answers(found: Judgement) -> dict[str, Answer]:
    return {step.row.id: step.finding.answer for step in reversed(found.steps) if step.about is None}


def met_by(scheme: Scheme, found: Judgement) -> Met:
    answers = step_answers(found)
    needs = {(g, need) for g, need, rule in units(scheme, found.judged_on) if answers.get(rule) == Answer.MET}
    return Met(frozenset(g for g, each in found.criteria.items() if each.answer == Answer.MET), frozenset(needs))


def household_lacks(scheme: Scheme, found: Judgement) -> list[Missing]:
    """Return what the household would have to be and is not, as the rule asks it."""
    answers = step_answers(found)
    rows = [row for row in counted(scheme, found.judged_on) if row.kind == "dependent_child"]
    return [
        Missing(row.id, "a dependent child", answers[row.id] == Answer.NOT_MET)
        for row in rows
        if answers.get(row.id, Answer.MET) != Answer.MET
    ]


def counted(scheme: Scheme, on: date) -> list[Row]:
    return [row for row in scheme.combinations if row.in_use.get("used", True) and row.in_force(on)]


def satisfied(scheme: Scheme, met: Met, on: date) -> bool:
    """Tell whether what is met would let a family in: one way of combining it, and every least of all ways."""
    rows = counted(scheme, on)
    ways = [holds(row, met) for row in rows if row.kind == "combination"]
    return any(ways) and all(holds(row, met) for row in rows if row.kind == "floor")


def holds(row: Row, met: Met) -> bool:
    named = set(row.in_use["of"])
    if row.in_use.get("count") == "needs":
        number = sum(1 for group, _ in met.needs if group in named)
    else:
        number = len(named & met.groups)
    return number >= row.in_use["at_least"] and set(row.in_use.get("and", [])) <= met.groups


def place_of(found: Judgement, missing: Sequence[Missing], *, worked_with: bool) -> Place | None:
    """Return the list a family is on. Nothing that is found of somebody who is not worked with makes them supported."""
    if not found.eligible and not missing:
        return None
    if not worked_with:
        return Place.FOUND
    return Place.ELIGIBLE if found.eligible else Place.ONE_AWAY


def in_words(missing: Iterable[Missing]) -> str:
    """Return what is missing as a sentence says it: any one of several would do."""
    return "; or ".join(each.words for each in missing)


def met_in_words(scheme: Scheme, found: Judgement) -> str:
    """Return which criteria are met and which nobody knows, by their names."""
    called = scheme.by_kind["criteria_names"].in_use["called"]
    met = [called[group] for group, each in found.criteria.items() if each.answer == Answer.MET]
    unknown = [called[group] for group, each in found.criteria.items() if each.answer == Answer.NOT_KNOWN]
    return f"Met: {', '.join(met) or 'none'}." + (f" Not known: {', '.join(unknown)}." if unknown else "")


def is_running(begun_at: datetime, finished_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether a run still holds up another one; one that nobody finished for hours does not."""
    return finished_at is None and now - begun_at < WAITS_FOR


def delete_on(day: date, *, kept: int) -> date:
    """Return the day on which what a run found is deleted for good."""
    return day + timedelta(days=kept)


BY_NUMBER = (
    "Files are read by pupil number and National Insurance number. Whoever has neither in them, and whoever is in no "
    "file, cannot be found: not by name and not by address."
)
ALONE = (
    "A file says nothing of households. Somebody the service knows no family of is looked at alone: without parents, "
    "brothers and sisters, and nobody can tell from it in which locality they live."
)
CLOSED = "Families closed to named people are not looked at."


def cannot_be_found(held: Iterable[str]) -> list[str]:
    """Return what cannot be found with what is held, a sentence each."""
    names = sorted(held)
    files = f"Files are held of: {'; '.join(names)}." if names else "No file is held that may be used for this."
    return [files, BY_NUMBER, ALONE, CLOSED]
