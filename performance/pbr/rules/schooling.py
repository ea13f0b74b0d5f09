"""What is known of one child's schooling: sessions missed and exclusions, over terms."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import NEUTRAL, NOT_KNOWN, Finding
from performance.pbr.rules.calendar import spoken_term
from performance.pbr.rules.evidence import Case, Count
from performance.pbr.rules.shapes import Fact, Member, Span, Term
from performance.pbr.rules.wording import listed, percent

STATED = "fixed_exclusions"


class Absence(NamedTuple):
    """Sessions of a child over some terms, and the terms for which they are not known."""

    possible: int
    unauthorised: int
    missing: tuple[str, ...]
    facts: tuple[str, ...]
    by_term: tuple[tuple[str, int, int], ...]

    def reaches(self, threshold: int) -> bool:
        return 100 * self.unauthorised >= threshold * self.possible

    def exceeds(self, threshold: int) -> bool:
        return 100 * self.unauthorised > threshold * self.possible

    def told(self, child: Member, threshold: int) -> str:
        figure = percent(self.unauthorised, self.possible, threshold)
        sessions = f"{figure} ({self.unauthorised} of {self.possible} sessions)"
        if len(self.by_term) == 1:
            return f"{child.called}'s unauthorised absence was {sessions} in {spoken_term(self.by_term[0][0])}."
        terms = [f"{percent(u, p, threshold)} ({u} of {p}) in {spoken_term(name)}" for name, p, u in self.by_term]
        return f"{child.called}'s unauthorised absence was {sessions} over {len(terms)} terms: {listed(terms)}."


class Attendance(NamedTuple):
    """Sessions a child attended over some terms, and the terms for which they are not known."""

    missing: tuple[str, ...]
    facts: tuple[str, ...]
    by_term: tuple[tuple[str, int, int], ...]  # the term, sessions possible, sessions attended

    def attended_at_least(self, percent_of: int) -> bool:
        possible, attended = sum(p for _, p, _ in self.by_term), sum(a for *_, a in self.by_term)
        return 100 * attended >= percent_of * possible

    def attendance_told(self, child: Member, threshold: int) -> str:
        terms = [f"{percent(a, p, threshold)} ({a} of {p}) in {spoken_term(name)}" for name, p, a in self.by_term]
        return f"{child.called}'s attendance was {listed(terms)}."


def attendance(case: Case, child: Member, terms: Sequence[Term]) -> Attendance:
    missing, facts, by_term = [], [], []
    for term in terms:
        found = case.attendance(child.id, term)
        facts += [fact.id for fact in found]
        possible = sum(int(fact.value["possible"]) for fact in found)
        if possible and all(fact.confirmed for fact in found):
            by_term.append((term.name, possible, sum(int(fact.value["attended"]) for fact in found)))
        else:
            missing.append(term.name)
    return Attendance(tuple(missing), tuple(facts), tuple(by_term))


def absence(case: Case, child: Member, terms: Sequence[Term]) -> Absence:
    missing, facts, by_term = [], [], []
    for term in terms:
        found = case.attendance(child.id, term)
        facts += [fact.id for fact in found]
        possible = sum(int(fact.value["possible"]) for fact in found)
        if not possible or not all(fact.confirmed for fact in found):
            missing.append(term.name)
        else:
            by_term.append((term.name, possible, sum(int(fact.value["unauthorised"]) for fact in found)))
    return Absence(
        sum(p for _, p, _ in by_term), sum(u for *_, u in by_term), tuple(missing), tuple(facts), tuple(by_term)
    )


def not_recorded(child: Member, known: Absence | Attendance) -> Finding:
    terms = listed([spoken_term(name) for name in known.missing])
    return Finding(NOT_KNOWN, f"{child.called} has no confirmed attendance for {terms}.", known.facts)


def exclusions(case: Case, child: Member, span: Span, terms: Sequence[Term]) -> Count:
    """Fixed exclusions, by single records or by the number a school states for each term, whichever is more."""
    events = case.count("exclusion_fixed", {child.id: True}, span)
    by_term = [case.attendance(child.id, term) for term in terms]
    known = [fact for found in by_term for fact in found if STATED in fact.value]
    if not known:
        return events
    stated = sum([int(fact.value[STATED]) for fact in known if fact.confirmed])
    at_most = sum([int(fact.value[STATED]) for fact in known])
    high = events.high
    if all(_states_exclusions(found) for found in by_term):
        high = max(len(events.facts), stated)
    facts = events.facts + tuple([fact.id for fact in known])
    return Count(max(events.low, stated), None if high is None else max(high, at_most), facts)


def _states_exclusions(found: Sequence[Fact]) -> bool:
    return bool(found) and all(fact.confirmed and STATED in fact.value for fact in found)


def terms_at_school(child: Member, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return calendar.terms_of_school_age(child.born, terms) if child.born else ()


def running_term(case: Case, day: date) -> Term | None:
    return next((term for term in case.terms if term.starts_on <= day <= term.ends_on), None)


def consecutive(case: Case, day: date, terms: tuple[Term, ...]) -> list[tuple[Span, tuple[Term, ...]]]:
    """The last three complete terms, and the three of which the last is still running."""
    trios = [(Span(terms[0].starts_on, terms[-1].ends_on), terms)]
    running = running_term(case, day)
    if running:
        trios.append((Span((*terms[1:], running)[0].starts_on, day), (*terms[1:], running)))
    return trios


def no_calendar(day: date) -> Finding:
    return Finding(NOT_KNOWN, f"The school calendar does not hold the three terms before {calendar.spoken(day)}.")


def not_at_school(child: Member) -> Finding:
    return Finding(NEUTRAL, f"{child.called} was not of school age for all of that time.")


def age_not_known(child: Member) -> Finding:
    called = child.called
    reason = f"{called}'s date of birth is not known, so neither is whether {called} is of school age."
    return Finding(NOT_KNOWN, reason)
