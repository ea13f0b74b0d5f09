"""School in plain words: for how many whole terms attendance has been good, and when the last that is needed ends."""

from collections.abc import Sequence
from datetime import date

from performance.monitoring.rules import Line
from performance.pbr.rules import Answer, Fact, Household, Member, Row, Scheme, Term, calendar, schooling
from performance.pbr.rules.attendance import row_for
from performance.pbr.rules.calendar import spoken, spoken_term
from performance.pbr.rules.evidence import Case

KINDS = ("absence_below", "attendance_above")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")
MET, NOT_MET, NOT_KNOWN = Answer.MET, Answer.NOT_MET, Answer.NOT_KNOWN


def school_line(
    scheme: Scheme, household: Household, facts: Sequence[Fact], on: date, terms: tuple[Term, ...]
) -> Line | None:
    """Return how far school is, in whole terms since the service began; nothing where it is not asked of anybody."""
    rows = [row for row in scheme.results if row.kind in KINDS]
    case = Case(scheme, household, facts, on, terms)
    since = calendar.terms_from(terms, case.judged_on)
    children = [m for m in case.since_attachment if m.born]
    if not rows or not any(calendar.terms_of_school_age(m.born, since) for m in children if m.born):
        return None
    needed = int(rows[0].in_use["terms"])
    over = [term for term in since if term.ends_on < on]
    states = [(term, state_of(rows, case, children, term)) for term in over]
    good = run_of(states)
    last = states[-1] if states else None
    answer = NOT_MET if last and last[1] is NOT_MET else MET if good >= needed else NOT_KNOWN
    ends = ends_of(since, len(over), needed - good)
    return Line("school", "school", answer.value, sentence(good, needed, last, ends), good_so_far=good > 0)


def state_of(rows: list[Row], case: Case, children: Sequence[Member], term: Term) -> Answer:
    """Return whether every child of school age went to school often enough in one term."""
    found = [of_child(row_for(rows, term), case, child, term) for child in children if at_school(child, term)]
    return NOT_MET if NOT_MET in found else NOT_KNOWN if NOT_KNOWN in found or not found else MET


def at_school(child: Member, term: Term) -> bool:
    return child.born is not None and calendar.of_school_age_in(child.born, term)


def of_child(row: Row, case: Case, child: Member, term: Term) -> Answer:
    if row.kind == "absence_below":
        missed = schooling.absence(case, child, (term,))
        return NOT_KNOWN if missed.missing else NOT_MET if missed.reaches(row.in_use["less_than_percent"]) else MET
    known = schooling.attendance(case, child, (term,))
    if known.missing:
        return NOT_KNOWN
    above = "above_percent" in row.in_use
    ((_, possible, attended),) = known.by_term
    share = int(row.in_use["above_percent" if above else "at_least_percent"])
    enough = 100 * attended > share * possible if above else 100 * attended >= share * possible
    return MET if enough else NOT_MET


def run_of(states: Sequence[tuple[Term, Answer]]) -> int:
    """Return for how many terms up to the last one attendance was good."""
    number = 0
    for _, state in reversed(states):
        if state is not MET:
            break
        number += 1
    return number


def ends_of(since: Sequence[Term], over: int, lacking: int) -> date | None:
    """Return when the last term ends that is still lacking, as far as the calendar goes."""
    coming = since[over : over + lacking] if lacking > 0 else ()
    return coming[-1].ends_on if len(coming) == lacking > 0 else None


def sentence(good: int, needed: int, last: tuple[Term, Answer] | None, ends: date | None) -> str:
    nth = ordinal(needed)
    then = f"the {nth} ends on {spoken(ends)}" if ends else f"the school calendar does not reach the {nth}"
    if good >= needed:
        return f"School attendance has been good for {number(good)} terms."
    if last is None:
        return f"No whole term has passed since the service began; {then}."
    term, state = last
    if state is NOT_MET:
        return f"School attendance was not good in {spoken_term(term.name)}; from the next term on, {then}."
    if state is NOT_KNOWN:
        known = f"School attendance in {spoken_term(term.name)} is not known of every child"
        return f"{known}; from the next term on, {then}."
    return f"School attendance has been good for {number(good)} term{'s' if good > 1 else ''}; {then}."


def number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def ordinal(count: int) -> str:
    return ORDINALS[count] if count < len(ORDINALS) else f"{count}th"
