"""Where a scheme asks it of every child of school age: in suitable education, and at school often enough each term."""

from datetime import date

from performance.pbr.rules import calendar, schooling
from performance.pbr.rules.answers import MET, NEUTRAL, NOT_KNOWN, NOT_MET, Finding, Step, all_of
from performance.pbr.rules.calendar import spoken, spoken_term
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.shapes import Member, Row, Span, Term
from performance.pbr.rules.wording import percent

KIND = "attendance_above"


def every_child_is_asked(case: Case) -> str:
    """The headline problem that is judged by every child's attendance alone; none where the scheme does not."""
    return next((str(row.in_use["group"]) for row in case.scheme.results if row.kind == KIND), "")


def every_child(case: Case, steps: list[Step]) -> Finding:
    rows = [row for row in case.scheme.results if row.kind == KIND]
    if not rows:
        return Finding(NEUTRAL)
    needed = int(rows[0].in_use["terms"])
    terms = calendar.complete_terms(case.terms, case.on, needed)
    early = _too_early(case, terms, needed)
    if early:
        steps.append(Step(case.rule("window_elapsed"), early))
        return early
    children = [m for m in case.since_attachment if m.born is None or calendar.of_school_age_in(m.born, terms[-1])]
    found = all_of([_of_child(rows, case, child, terms, steps) for child in children])
    return found._replace(window=Span(terms[0].starts_on, terms[-1].ends_on))


def _too_early(case: Case, terms: tuple[Term, ...], needed: int) -> Finding | None:
    if not terms:
        return schooling.no_calendar(case.on)
    if terms[0].starts_on >= case.judged_on:
        return None
    return Finding(NOT_MET, f"Too early: {needed} whole terms since {spoken(case.judged_on)} are not over yet.")


def _of_child(rows: list[Row], case: Case, child: Member, terms: tuple[Term, ...], steps: list[Step]) -> Finding:
    if child.born is None:
        steps.append(Step(rows[0], schooling.age_not_known(child), child.id))
        return steps[-1].finding
    found = [_of_term(row_for(rows, term), case, child, term) for term in schooling.terms_at_school(child, terms)]
    roll = _on_a_roll(case, child, terms)
    together = all_of([*(each for _, each in found), *([roll] if roll else [])])
    for row, each in found:
        steps.append(Step(row, each, child.id))
    if roll:
        steps.append(Step(rows[-1], roll, child.id))
    return together


def row_for(rows: list[Row], term: Term) -> Row:
    """The row whose days hold the end of the term: a threshold that changes counts from the term it changes in."""
    return next((row for row in rows if row.in_force(term.ends_on)), rows[-1])


def _of_term(row: Row, case: Case, child: Member, term: Term) -> tuple[Row, Finding]:
    known = schooling.attendance(case, child, (term,))
    window = Span(term.starts_on, term.ends_on)
    if known.missing:
        reason = f"{child.called} has no confirmed attendance for {spoken_term(term.name)}."
        return row, Finding(NOT_KNOWN, reason, known.facts, (), window)
    ((_, possible, attended),) = known.by_term
    above = "above_percent" in row.in_use
    share = int(row.in_use["above_percent" if above else "at_least_percent"])
    enough = 100 * attended > share * possible if above else 100 * attended >= share * possible
    figure, wanted = percent(attended, possible, share), f"{'above' if above else 'at least'} {share}%"
    told = f"{child.called} attended {figure} ({attended} of {possible}) in {spoken_term(term.name)}"
    reason = f"{told}; {wanted} is needed."
    return row, Finding(MET if enough else NOT_MET, reason, known.facts, row.unsettled, window)


def _on_a_roll(case: Case, child: Member, terms: tuple[Term, ...]) -> Finding | None:
    """A child on no roll in these terms or since is not in suitable education."""
    off = [f for f in case.of("not_on_roll") if f.person == child.id and _touches(f.period.ends_on, terms[0])]
    if not off:
        return None
    sure = [fact for fact in off if fact.confirmed]
    reason = f"{child.called} was on no school's roll from {spoken((sure or off)[0].day)}."
    return Finding(NOT_MET if sure else NOT_KNOWN, reason, tuple(fact.id for fact in off))


def _touches(ends_on: date | None, first: Term) -> bool:
    return ends_on is None or ends_on >= first.starts_on
