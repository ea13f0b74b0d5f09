"""How far a family is on the way to each result of its scheme, and the day each can be met if nothing changes.

Pure: a judgement of today, and judgements of days to come over the same facts carried on. No Django.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from performance.pbr.rules import (
    Answer,
    Component,
    Fact,
    Household,
    Judgement,
    Period,
    Scheme,
    Step,
    Term,
    claim_window_on,
    judge,
    run_total,
)
from performance.pbr.rules.calendar import months_after
from performance.pbr.rules.evidence import CHECKED
from performance.pbr.rules.money import ATTACHMENT

DAY = timedelta(days=1)
HORIZON = 18
"""How many months ahead is looked."""
LASTING = {"employment_spell": (13 * 7, 26 * 7), "progress_reached": (), "case_closed": ()}
"""What a result counts from, with the days after which one may be met; after six months in any case."""
ALONE = frozenset({"continuous_employment", "progress_to_work"})
"""Results whose rules are theirs alone; every other step belongs to the one result of all problems."""
TOGETHER = ("crime_asb_education", "sustained_progress")
ASKED = {"window_elapsed", "sustained", "nobody_starting"}
ASIDE = {"whole_family_approach", "combined", "sustained_progress"}
NO_LONGER: Mapping[str, str] = {
    "school": "School attendance was good and is not any more.",
    "absence_below": "A child misses too much school again.",
    "attendance_above": "A child misses too much school again.",
    "exclusions_below": "A child was excluded from school too often again.",
    "asb_reduction": "Antisocial behaviour is no longer down far enough.",
    "offending_reduction": "Offences by young people are no longer down far enough.",
    "continuous_employment": "Work did not go on.",
    "sustained": "A problem that was better shows again.",
    "nobody_starting": "Somebody else in the family has begun with the same problem.",
}
"""What is told of a step back: no figure, no name, nothing of what an agency said."""


@dataclass(frozen=True)
class Expected:
    """The first day on which a result can be met if nothing changes, what it brings, and what stands in its way."""

    earliest: date
    amount: Decimal | None
    claimable: bool
    because: str = ""


@dataclass(frozen=True)
class Line:
    """One thing a result asks for: how it stands, and the key under which it is compared with another day."""

    key: str
    kind: str
    answer: str
    said: str
    good_so_far: bool = False

    @property
    def is_good(self) -> bool:
        return self.good_so_far or self.answer == Answer.MET

    def as_dict(self) -> dict[str, Any]:
        return {"key": self.key, "kind": self.kind, "answer": str(self.answer), "said": self.said, "good": self.is_good}


@dataclass(frozen=True)
class Progress:
    """How far a family is with one result."""

    code: str
    answer: str
    lines: tuple[Line, ...]
    expected: Expected | None

    @property
    def missing(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.answer not in (Answer.MET, Answer.NEUTRAL))


def progress(
    scheme: Scheme, household: Household, facts: Sequence[Fact], on: date, terms: tuple[Term, ...]
) -> tuple[Judgement, list[Progress]]:
    """Return the judgement of a day, and how far the family is with each result of the scheme."""
    found = judge(scheme, household, facts, on, terms)
    coming = forecast_of(scheme, household, facts, on, terms)
    return found, [
        Progress(each.name, each.answer.value, lines_of(each, found), coming.get(each.name))
        for each in found.components
        if each.name != ATTACHMENT
    ]


def lines_of(component: Component, found: Judgement) -> tuple[Line, ...]:
    """Return what a result asks for, a sentence each, as the engine found it."""
    rules = {row.id for row in found.scheme.results}
    told: dict[str, Line] = {}
    for step in found.steps:
        kind = step.row.kind
        if kind in ASIDE or not step.finding.reason or not (step.row.id in rules or kind in ASKED):
            continue
        if component.name == step.row.group if step.row.group in ALONE else component.name in TOGETHER:
            key = key_of(step)
            told[key] = Line(key, kind, step.finding.answer.value, step.finding.reason)
    return tuple(told.values())


def key_of(step: Step) -> str:
    """Return what a step is about: the rule, the person and the term; of a problem that has to last, its name."""
    window, problem = step.finding.window, ""
    if step.row.kind == "sustained":
        problem = step.finding.reason.partition(":")[0]
    span = window.first.isoformat() if window and step.row.kind == "attendance_above" else ""
    early = step.finding.reason.partition(":")[2] if step.row.kind == "window_elapsed" else ""
    return "|".join(filter(None, (step.row.id, step.about, problem, span, early)))


# --- if nothing changes ------------------------------------------------------------------------------------------


def forecast_of(
    scheme: Scheme, household: Household, facts: Sequence[Fact], on: date, terms: tuple[Term, ...]
) -> dict[str, Expected]:
    """Return for each result the first day on which the engine finds it met, the facts carried on until then."""
    if household.attached_on is None or household.attached_on > on:
        return {}
    names = {row.group for row in scheme.results} & {each for row in routes(scheme) for each in row}
    coming: dict[str, Expected] = {}
    for day in days_to_ask(scheme, household, facts, on, terms):
        found = judge(scheme, household, carried_on(facts, terms, on, day), day, terms)
        coming |= {c.name: expected(c, day) for c in found.components if c.name not in coming and is_met(c)}
        if coming.keys() >= names:
            break
    return coming


def routes(scheme: Scheme) -> list[list[str]]:
    found: list[list[str]] = scheme.by_kind["routes"].in_use["routes"]
    return found


def is_met(component: Component) -> bool:
    return component.name != ATTACHMENT and component.answer is Answer.MET


def expected(component: Component, day: date) -> Expected:
    because = component.blocked_by[0].reason if component.blocked_by else ""
    return Expected(day, component.amount, component.claimable, because)


def days_to_ask(
    scheme: Scheme, household: Household, facts: Sequence[Fact], on: date, terms: tuple[Term, ...]
) -> list[date]:
    """Return the days on which a result may become met: today, after a term, and after months that count from a day."""
    last = min(months_after(on, HORIZON), last_day(scheme))
    began = household.attached_on or on
    days = {on, *(term.ends_on + DAY for term in terms)}
    days |= {months_after(began, months) + DAY for months in range(1, HORIZON + 1)}
    for fact in facts:
        if fact.kind in LASTING and fact.day >= began - timedelta(days=366):
            days |= {months_after(fact.day, 6) + DAY, *(fact.day + timedelta(days=n) + DAY for n in LASTING[fact.kind])}
    return sorted(day for day in days if on <= day <= last) or [on]


def last_day(scheme: Scheme) -> date:
    row = scheme.by_kind.get("last_payment")
    return row.ends_on if row and row.ends_on else scheme.ends_on


def carried_on(facts: Sequence[Fact], terms: tuple[Term, ...], on: date, day: date) -> tuple[Fact, ...]:
    """Return the facts as they would be known on a day to come: what goes on goes on, and nothing new happens.

    Agencies go on searching and find nothing, and each child goes to school as in the last term that is known.
    """
    if day <= on:
        return tuple(facts)
    going_on = [replace(f, recorded_on=day) if f.period.ends_on is None and f.recorded_on <= on else f for f in facts]
    return (*going_on, *searched_on(facts, day), *terms_to_come(facts, terms, on, day))


def searched_on(facts: Iterable[Fact], day: date) -> Iterator[Fact]:
    """Yield that each search goes on where its last one ended, to the day before."""
    last: dict[tuple[str, str | None], Fact] = {}
    for fact in facts:
        if fact.kind == CHECKED and fact.period.ends_on:
            key = (fact.value["for"], fact.person)
            if key not in last or (last[key].period.ends_on or date.min) < fact.period.ends_on:
                last[key] = fact
    for fact in last.values():
        begins = (fact.period.ends_on or day) + DAY
        if begins < day:
            yield replace(fact, id=f"{fact.id}:on", period=Period(begins, day - DAY), recorded_on=day)


def terms_to_come(facts: Iterable[Fact], terms: tuple[Term, ...], on: date, day: date) -> Iterator[Fact]:
    """Yield each child's attendance in the terms that end before a day, as in the last term that is known."""
    last: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind == "attendance_term" and fact.person:
            known = last.get(fact.person)
            if known is None or known.day < fact.day:
                last[fact.person] = fact
    for person, fact in last.items():
        for term in terms:
            if term.starts_on > fact.day and on <= term.ends_on < day:
                value: dict[str, Any] = {**fact.value, "term": term.name}
                period = Period(term.starts_on, term.ends_on)
                yield replace(fact, id=f"{person}:{term.name}:on", period=period, value=value, recorded_on=day)


# --- by claim window -----------------------------------------------------------------------------------------------

Window = tuple[date, date]


def window_for(scheme: Scheme, day: date) -> Window | None:
    """Return the claim window a day is in, or the next one that opens; nothing where the scheme has none left."""
    row = claim_window_on(scheme, day)
    if row is None:
        later = [each for each in scheme.windows if each.starts_on and each.starts_on > day]
        row = min(later, key=lambda each: each.starts_on or date.max, default=None)
    return (row.starts_on or scheme.starts_on, row.ends_on or scheme.ends_on) if row else None


def totals(
    scheme: Scheme, amounts: Mapping[Window | None, Sequence[Decimal]]
) -> list[tuple[Window | None, int, Decimal]]:
    """Return each window with how many claims it brings and how much, summed up first and rounded last."""
    ordered = sorted(amounts.items(), key=lambda each: each[0] or (date.max, date.max))
    return [(window, len(some), run_total(scheme, some)) for window, some in ordered]


def steps_back(before: Iterable[Mapping[str, Any]], after: Iterable[Line]) -> list[str]:
    """Return what was so and is not any more, in sentences without figures or names."""
    was_good = {line["key"] for line in before if line["good"]}
    lost = [line.kind for line in after if line.key in was_good and line.answer == Answer.NOT_MET]
    return list(dict.fromkeys(NO_LONGER[kind] for kind in lost if kind in NO_LONGER))
