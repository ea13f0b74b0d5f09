"""Criterion 2: one child's trouble with school. Each function answers for one child."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from performance.pbr.rules import calendar, schooling
from performance.pbr.rules.answers import MET, NOT_KNOWN, NOT_MET, Finding, any_of
from performance.pbr.rules.calendar import spoken, spoken_term
from performance.pbr.rules.events import is_listed
from performance.pbr.rules.evidence import Case, Count
from performance.pbr.rules.shapes import Member, Row, Span, Term
from performance.pbr.rules.wording import plural, told

Known = TypeVar("Known", schooling.Absence, schooling.Attendance)


def fixed_exclusions(row: Row, case: Case, child: Member) -> Finding:
    known = _school_years(row, case, child)
    if isinstance(known, Finding):
        return known
    findings = [exclusions_found(row.in_use["at_least"], case, child, span, terms) for span, terms in known]
    answer = any_of(findings).answer
    return next(each for each in findings if each.answer is answer)


def exclusions_found(least: int, case: Case, child: Member, span: Span, terms: tuple[Term, ...]) -> Finding:
    """Met when the child had so many fixed exclusions in these terms."""
    count = schooling.exclusions(case, child, span, terms)
    return Finding(count.reaches(least), _exclusions_told(child, count, span), count.facts, (), span)


def _exclusions_told(child: Member, count: Count, span: Span) -> str:
    number = plural(count.low, "fixed exclusion")
    unsure = ", but exclusions are not known for all of that time" if count.high is None else ""
    return f"{child.called} had {number} from {calendar.spoken_span(span)}{unsure}."


def _school_years(row: Row, case: Case, child: Member) -> Finding | list[tuple[Span, tuple[Term, ...]]]:
    """The runs of terms to look at, or the finding where there are none."""
    key = child.id, row.in_use["terms"]
    if key not in case.school_years:
        case.school_years[key] = _worked_out(row, case, child)
    return case.school_years[key]


def _worked_out(row: Row, case: Case, child: Member) -> Finding | list[tuple[Span, tuple[Term, ...]]]:
    terms = calendar.complete_terms(case.terms, case.judged_on, row.in_use["terms"])
    if child.born is None:
        return schooling.age_not_known(child)
    if not terms:
        return schooling.no_calendar(case.judged_on)
    if not schooling.terms_at_school(child, terms):
        return schooling.not_at_school(child)
    return schooling.consecutive(case, case.judged_on, terms)


def unauthorised_absence(row: Row, case: Case, child: Member) -> Finding:
    found = _whole_terms(row, case, child, schooling.absence)
    if isinstance(found, Finding):
        return found
    span, known = found
    more = "more_than_percent" in row.in_use
    threshold = row.in_use["more_than_percent" if more else "percent"]
    answer = MET if (known.exceeds(threshold) if more else known.reaches(threshold)) else NOT_MET
    return Finding(answer, known.told(child, threshold), known.facts, (), span)


def low_attendance(row: Row, case: Case, child: Member) -> Finding:
    """Met when the child attended less than a share of the sessions of the last complete terms, all together."""
    found = _whole_terms(row, case, child, schooling.attendance)
    if isinstance(found, Finding):
        return found
    span, known = found
    below = row.in_use["below_percent"]
    answer = NOT_MET if known.attended_at_least(below) else MET
    return Finding(answer, known.attendance_told(child, below), known.facts, (), span)


def _whole_terms(
    row: Row, case: Case, child: Member, count: Callable[[Case, Member, Sequence[Term]], Known]
) -> Finding | tuple[Span, Known]:
    """The last complete terms and what is known of the child's sessions in all of them; else why that is not enough."""
    runs = _school_years(row, case, child)
    if isinstance(runs, Finding):
        return runs
    span, terms = runs[0]
    if schooling.terms_at_school(child, terms) != terms:
        return schooling.not_at_school(child)
    known = count(case, child, terms)
    return schooling.not_recorded(child, known)._replace(window=span) if known.missing else (span, known)


def permanent_exclusion(row: Row, case: Case, child: Member) -> Finding:
    runs = _school_years(row, case, child)
    if isinstance(runs, Finding):
        return runs
    span = Span(runs[0][0].first, case.judged_on)
    count = case.count("exclusion_permanent", {child.id: True}, span)
    told_of = told(case, "exclusion_permanent", count, span, "permanent exclusion")
    finding = Finding(count.reaches(1), f"{child.called}: {told_of}.", count.facts, (), span)
    if not count.facts:
        return finding
    if row.in_use["counts"]:
        return finding._replace(unsettled=row.unsettled)
    reason = f"{finding.reason} It is not counted until somebody confirms that a permanent exclusion counts."
    return finding._replace(answer=NOT_MET, reason=reason, unsettled=row.unsettled)


def spell_of_child(row: Row, case: Case, child: Member) -> Finding:
    """In alternative provision because of exclusion, or on no school's roll, on the day of judgement."""
    kind, because = row.in_use["fact"], row.in_use.get("reason")
    runs = _school_years(row, case, child)
    if isinstance(runs, Finding):
        return runs
    only = partial(is_listed, key="reason", names=frozenset([because])) if because else None
    answer, facts = case.holds(kind, child.id, case.judged_on, only=only)
    if answer is NOT_KNOWN and not facts:
        return _at_a_school(row, case, child, runs[0][1][-1])
    on_the_day = f"{child.called} {row.in_use['was' if answer is MET else 'was_not']} on {spoken(case.judged_on)}"
    doubt = ", but that is not confirmed" if answer is NOT_KNOWN else ""
    return Finding(answer, f"{on_the_day}{doubt}.", facts)


def _at_a_school(row: Row, case: Case, child: Member, last: Term) -> Finding:
    """Attendance in the last complete term shows that the child was at a school."""
    found = [fact for fact in case.attendance(child.id, last) if fact.confirmed]
    if not found:
        return Finding(NOT_KNOWN, f"Nothing says whether {child.called} {row.in_use['was']}.")
    reason = f"{child.called} {row.in_use['was_not']}: a school recorded attendance in {spoken_term(last.name)}."
    return Finding(NOT_MET, reason, tuple(fact.id for fact in found))
