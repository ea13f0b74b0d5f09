"""The education part of a result: every child of school age, over the last complete terms, with complete figures."""

from performance.pbr.rules import calendar, schooling
from performance.pbr.rules.answers import MET, NEUTRAL, NOT_KNOWN, NOT_MET, Answer, Finding, Step, all_of, any_of
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.criteria import OF_CHILD, found_for
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.school import exclusions_found
from performance.pbr.rules.shapes import Member, Row, Span, Term
from performance.pbr.rules.wording import listed, plural

OPPOSITE = {MET: NOT_MET, NOT_MET: MET, NOT_KNOWN: NOT_KNOWN, NEUTRAL: NEUTRAL}


def education(case: Case, steps: list[Step]) -> Finding:
    """Adds a step for each child and rule, and answers for the family."""
    row = case.rule("exclusions_below")
    terms = calendar.complete_terms(case.terms, case.on, row.in_use["terms"])
    early = _too_early(case, terms, row.in_use["terms"])
    if early:
        steps.append(Step(case.rule("window_elapsed"), early))
        return early
    children = [child for child in case.since_attachment if _must_be_judged(child, case, terms)]
    findings = [_of_child(case, child, terms, steps) for child in children]
    found = all_of(findings)
    return found if found.answer in (NOT_MET, NOT_KNOWN) else _improved_or_neutral(case, children, terms, found, steps)


def _too_early(case: Case, terms: tuple[Term, ...], needed: int) -> Finding | None:
    """The terms have to be over, and none may have begun before the service did."""
    began = case.judged_on
    if terms and terms[0].starts_on >= began:
        return None
    after = calendar.terms_from(case.terms, began)[:needed]
    over = [term for term in after if term.ends_on < case.on]
    if not terms:
        return schooling.no_calendar(case.on)
    ends = f"; the last of {needed} ends on {spoken(after[-1].ends_on)}" if len(after) == needed else ""
    since = f"since the service began on {spoken(began)}"
    return Finding(NOT_MET, f"Too early: {plural(len(over), 'whole term')} of {needed} passed {since}{ends}.")


def _must_be_judged(child: Member, case: Case, terms: tuple[Term, ...]) -> bool:
    """Still at school in the last of the terms; somebody whose age is not known cannot be left out."""
    return child.born is None or calendar.of_school_age_in(child.born, terms[-1])


def _of_child(case: Case, child: Member, terms: tuple[Term, ...], steps: list[Step]) -> Finding:
    exclusions, absence = case.rule("exclusions_below"), case.rule("absence_below")
    if child.born is None:
        found = [Step(absence, schooling.age_not_known(child), child.id)]
    else:
        found = [
            Step(exclusions, _few_exclusions(exclusions, case, child, terms), child.id),
            Step(absence, _little_absence(absence, case, child, terms), child.id),
        ]
    steps += found
    return all_of(step.finding for step in found)


def _few_exclusions(row: Row, case: Case, child: Member, terms: tuple[Term, ...]) -> Finding:
    """Fewer than the limit in the terms, and no breach since: a later one would invalidate the result."""
    below = row.in_use["fewer_than"]
    (span, whole), *running = schooling.consecutive(case, case.yesterday, terms)
    found = _turned(exclusions_found(below, case, child, span, schooling.terms_at_school(child, whole)))
    later = [_turned(exclusions_found(below, case, child, window, names)) for window, names in running]
    breach = next((each for each in later if each.answer is NOT_MET), None)
    if found.answer is NOT_MET or breach is None:
        return _without_permanent(found, case, child, Span(span.first, case.on))
    return breach


def _turned(finding: Finding) -> Finding:
    return finding._replace(answer=OPPOSITE[finding.answer])


def _without_permanent(found: Finding, case: Case, child: Member, span: Span) -> Finding:
    """Whether a permanent exclusion counts is not confirmed; the stricter reading is that it spoils the result."""
    count = case.count("exclusion_permanent", {child.id: True}, span)
    if found.answer is NOT_MET or not count.facts:
        return found
    row = case.rule("permanent_exclusion")
    answer = NOT_MET if count.low else NOT_KNOWN
    reason = f"{found.reason} {child.called} was permanently excluded in these terms or since."
    return found._replace(answer=answer, reason=reason, facts=found.facts + count.facts, unsettled=row.unsettled)


def _little_absence(row: Row, case: Case, child: Member, terms: tuple[Term, ...]) -> Finding:
    known = schooling.absence(case, child, schooling.terms_at_school(child, terms))
    span = Span(terms[0].starts_on, terms[-1].ends_on)
    if known.missing:
        return schooling.not_recorded(child, known)._replace(window=span)
    below = row.in_use["less_than_percent"]
    answer = NOT_MET if known.reaches(below) else MET
    return Finding(answer, known.told(child, below), known.facts, (), span)


def _improved_or_neutral(
    case: Case, children: list[Member], terms: tuple[Term, ...], found: Finding, steps: list[Step]
) -> Finding:
    """All thresholds hold. It is a result only if a child who is judged was of concern when the service began."""
    if any(was_of_concern(case, child) is MET for child in children):
        window = Span(terms[0].starts_on, terms[-1].ends_on)
        return found._replace(reason="Every child of school age is below both limits.", window=window)
    left = [m for m in case.since_attachment if m not in children and was_of_concern(case, m) is MET]
    row = case.rule("neutral_when_left")
    if left:
        reason = f"{listed([m.called for m in left])} left school, and no other child was of concern: neutral, not met."
    else:
        reason = "No child was known to be of concern when the service began, so education is neither gained nor lost."
    neutral = Finding(NEUTRAL, reason, found.facts, row.unsettled, Span(terms[0].starts_on, terms[-1].ends_on))
    steps.append(Step(row, neutral))
    return neutral


def was_of_concern(case: Case, child: Member) -> Answer:
    """Whether this child's schooling met a criterion on the day the service began."""
    rows = [row for row in case.scheme.criteria if row.kind in OF_CHILD]
    return any_of([found_for(child, OF_CHILD[row.kind], row, case) for row in rows]).answer
