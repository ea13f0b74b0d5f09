"""One family's facts, laid out so that each rule finds its own at once and can say how much of them is known."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, NOT_KNOWN, NOT_MET, Answer, Finding
from performance.pbr.rules.calendar import DAY
from performance.pbr.rules.shapes import Fact, Household, Member, Period, Row, Scheme, Span, Term

CHECKED = "records_checked"


class Count(NamedTuple):
    """How many there were: at least `low`; at most `high`, and no limit is known when `high` is None."""

    low: int
    high: int | None
    facts: tuple[str, ...] = ()

    def reaches(self, threshold: int) -> Answer:
        if self.low >= threshold:
            return MET
        return NOT_MET if self.high is not None and self.high < threshold else NOT_KNOWN


Only = Callable[[Fact], bool | None]  # whether a fact is of the sort asked for; None where it does not say
Who = Mapping[str | None, bool]  # whom to count; False where it is not known whether they count; None is the family


class Case:
    """Everything a rule may look at. Facts recorded after the day of judgement are not known on it."""

    def __init__(
        self, scheme: Scheme, household: Household, facts: Iterable[Fact], on: date, terms: tuple[Term, ...] = ()
    ) -> None:
        self.scheme, self.household, self.on, self.terms = scheme, household, on, terms
        attached = household.attached_on
        self.attached_on = attached if attached and attached <= on else None
        self.judged_on = self.attached_on or on
        self.yesterday = on - DAY
        self.given = facts if isinstance(facts, tuple) else tuple(facts)
        self._by_kind: dict[str, list[Fact]] = {}
        self._attendance: dict[tuple[str | None, str], list[Fact]] = {}
        self.school_years: dict[tuple[str, int], Finding | list[tuple[Span, tuple[Term, ...]]]] = {}
        self.of_children: dict[tuple[str, str], Finding] = {}  # what a criterion found for a child, by row and child
        theirs = {None, *(member.id for member in household.members)}
        for fact in self.given:
            if fact.person in theirs and fact.period.starts_on <= fact.recorded_on <= on:
                self._by_kind.setdefault(fact.kind, []).append(fact)
        for several in self._by_kind.values():
            if len(several) > 1:
                several.sort(key=in_order)
        for fact in self._by_kind.get("attendance_term", ()):
            self._attendance.setdefault((fact.person, fact.value["term"]), []).append(fact)

    def rule(self, kind: str) -> Row:
        return self.scheme.by_kind[kind]

    def find(self, kind: str) -> Row | None:
        """The row of a kind that not every scheme has."""
        return self.scheme.by_kind.get(kind)

    def of(self, kind: str) -> list[Fact]:
        return self._by_kind.get(kind, [])

    def attendance(self, person: str, term: Term) -> list[Fact]:
        return self._attendance.get((person, term.name), [])

    @cached_property
    def today(self) -> "Case":
        """The same family as if it were asked on the day of the claim who it is for."""
        household = Household(self.household.id, self.household.members)
        return Case(self.scheme, household, self.given, self.on, self.terms)

    @cached_property
    def recorded(self) -> dict[str, date]:
        return {fact.id: fact.recorded_on for facts in self._by_kind.values() for fact in facts}

    @cached_property
    def kind_of(self) -> dict[str, str]:
        return {fact.id: fact.kind for facts in self._by_kind.values() for fact in facts}

    @cached_property
    def names(self) -> dict[str | None, str]:
        return {None: "the family", **{member.id: member.called for member in self.household.members}}

    @cached_property
    def living_here(self) -> list[Member]:
        """Who lives in the household on the day eligibility is judged."""
        return [m for m in self.household.members if any(p.covers(self.judged_on) for p in m.lived_here)]

    @cached_property
    def children(self) -> list[Member]:
        """Those of them who are not known to be 18."""
        return [m for m in self.living_here if calendar.is_under(18, m, self.judged_on) is not False]

    @cached_property
    def since_attachment(self) -> list[Member]:
        """Who has lived in the household on any day since the service began: leaving it does not help a result."""
        since = Period(self.judged_on, self.on)
        return [m for m in self.household.members if any(p.overlaps(since) for p in m.lived_here)]

    def count(self, kind: str, who: Who, window: Span, *, only: Only | None = None, to: date | None = None) -> Count:
        """Events in the window and, when `to` is later, since; the records need to be known for the window alone."""
        first, last = window.first, to or window.last
        found = [f for f in self.of(kind) if f.person in who and first <= f.period.starts_on <= last]
        if only:
            found = [f for f in found if only(f) is not False]
        high = len(found) if self.is_checked(kind, who, window) else None
        if not found:
            return Count(0, high)
        low = len([f for f in found if f.confirmed and who[f.person] and (only is None or only(f))])
        return Count(low, high, tuple([f.id for f in found]))

    def holds(
        self, kind: str, person: str | None, day: date, *, only: Only | None = None
    ) -> tuple[Answer, tuple[str, ...]]:
        """Whether a spell was running on the day; one not seen to end is believed while its source is fresh."""
        found = [f for f in self.of(kind) if f.person == person and f.period.covers(day)]
        if only:
            found = [f for f in found if only(f) is not False]
        ids = tuple([f.id for f in found])
        if any(f.confirmed and (only is None or only(f)) and self.is_fresh(f, day) for f in found):
            return MET, ids
        known = not found and self.is_checked(kind, {person: True}, Span(day, day))
        return (NOT_MET, self.check_facts(kind)) if known else (NOT_KNOWN, ids)

    def is_fresh(self, fact: Fact, day: date) -> bool:
        """Whether a source seen on the day it was recorded may still be believed on this one."""
        return day <= calendar.months_after(fact.recorded_on, self.rule("fresh").in_use["months"])

    def is_checked(self, kind: str, who: Who, window: Span) -> bool:
        """Whether the agency's records are known for everybody and for every day of the window."""
        everyone, apart = self._checks.get(kind, NO_CHECKS)
        if not apart:
            return holds_all(everyone, window)
        return all(holds_all(spans, window) for spans in self._checks_of(kind, who))

    def checked_until(self, kind: str, who: Who) -> date | None:
        """The last day, before today, up to which the agency's records are known for everybody."""
        checks = self._checks_of(kind, who)
        return min(min(spans[-1].last, self.yesterday) for spans in checks) if all(checks) else None

    def _checks_of(self, kind: str, who: Who) -> list[list[Span]]:
        """Unbroken stretches of days for which the records were checked: one list, or one for each person."""
        everyone, apart = self._checks.get(kind, NO_CHECKS)
        if not apart:
            return [everyone]
        return [calendar.joined([*everyone, *apart[p]]) if p and p in apart else everyone for p in who] or [everyone]

    @cached_property
    def _checks(self) -> dict[str, tuple[list[Span], dict[str, list[Span]]]]:
        checks: dict[str, tuple[list[Span], dict[str, list[Span]]]] = {}
        for fact in self.of(CHECKED):
            if fact.confirmed:
                everyone, apart = checks.setdefault(fact.value["for"], ([], {}))
                (everyone if fact.person is None else apart.setdefault(fact.person, [])).append(seen(fact))
        return {kind: (calendar.joined(everyone), apart) for kind, (everyone, apart) in checks.items()}

    @cached_property
    def _check_facts(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for fact in self.of(CHECKED):
            found[fact.value["for"]] = (*found.get(fact.value["for"], ()), fact.id)
        return found

    def check_facts(self, kind: str) -> tuple[str, ...]:
        """The records that say this agency was asked."""
        return self._check_facts.get(kind, ())


NO_CHECKS: tuple[list[Span], dict[str, list[Span]]] = ([], {})


def holds_all(spans: list[Span], window: Span) -> bool:
    """Whether one unbroken stretch holds every day of the window."""
    first, last = window
    for begins, ends in spans:  # noqa: SIM110  (asked thirty times of a family)
        if begins <= first and last <= ends:
            return True
    return False


def in_order(fact: Fact) -> tuple[date, str]:
    return fact.period.starts_on, fact.id


def seen(fact: Fact) -> Span:
    """The days a fact is evidence for: never later than the day it was recorded."""
    ends = fact.period.ends_on
    return Span(fact.period.starts_on, fact.recorded_on if ends is None else min(ends, fact.recorded_on))
