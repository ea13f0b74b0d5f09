"""Results that are a fall in numbers: anti-social behaviour in the household, offences by its young people."""

from itertools import product

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, NEUTRAL, NOT_KNOWN, NOT_MET, Answer, Finding, Step
from performance.pbr.rules.calendar import DAY, spoken
from performance.pbr.rules.events import those_under
from performance.pbr.rules.evidence import Case, Count, Who
from performance.pbr.rules.shapes import Row, Span
from performance.pbr.rules.wording import capital, percent, told


def asb(case: Case, steps: list[Step]) -> Finding:
    who: Who = {None: True, **{member.id: True for member in case.since_attachment}}
    return reduction(case.rule("asb_reduction"), case.rule("asb_baseline"), who, case, steps)


def offending(case: Case, steps: list[Step]) -> Finding:
    """Those under 18 when the service began stay in the count when they turn 18: ageing is not a result."""
    row = case.rule("offending_reduction")
    young = those_under(row.in_use["under"], case.since_attachment, case)
    return reduction(row, case.rule("offending_baseline"), {None: False, **young}, case, steps)


def reduction(row: Row, baseline: Row, who: Who, case: Case, steps: list[Step]) -> Finding:
    before_span, window = spans(row, baseline, case, row.in_use["fact"], who)
    early = _too_early(row, case, window)
    if early:
        steps.append(Step(case.rule("window_elapsed"), early))
        return early
    before = case.count(row.in_use["fact"], who, before_span)
    after = case.count(row.in_use["fact"], who, window, to=case.on)
    found = _compared(row, case, (before, before_span), (after, window))
    if found.answer is not NEUTRAL:
        found = found._replace(unsettled=baseline.unsettled)
    steps.append(Step(row, found))
    return found


def spans(row: Row, baseline: Row, case: Case, kind: str, who: Who) -> tuple[Span, Span]:
    """The months before the service began, and the last months for which this agency's records are known."""
    known_to = case.checked_until(kind, who) or case.yesterday
    return (
        calendar.months_to(case.judged_on - DAY, baseline.in_use["months"]),
        calendar.months_to(known_to, row.in_use["months"]),
    )


def _too_early(row: Row, case: Case, window: Span) -> Finding | None:
    """The months have to be over, and to have begun with the service or after it."""
    if window.first >= case.judged_on:
        return None
    whole = calendar.months_from(case.judged_on, row.in_use["months"])
    if whole.last > case.yesterday:
        reason = f"Too early: the first {row.in_use['months']} months of the service end on {spoken(whole.last)}."
        return Finding(NOT_MET, reason, (), (), whole)
    until, needed = spoken(window.last), calendar.spoken_span(whole)
    reason = f"{row.in_use['records']} were checked only to {until}, not for {needed}."
    return Finding(NOT_KNOWN, reason, case.check_facts(row.in_use["fact"]), (), whole)


def _compared(row: Row, case: Case, before: tuple[Count, Span], after: tuple[Count, Span]) -> Finding:
    needed, (was, _), (now, window) = row.in_use["percent"], before, after
    answer = reduced(was, now, needed)
    figures = f"{_told(row, case, *before)}; then {_told(row, case, *after)}"
    facts = (*was.facts, *now.facts, *case.check_facts(row.in_use["fact"]))
    return Finding(answer, f"{capital(figures)}{_verdict(answer, was, now, needed)}.", facts, (), window)


def _told(row: Row, case: Case, count: Count, window: Span) -> str:
    """Whatever came after the window counts against the family as well, so the sentence reaches as far."""
    days = [fact.day for fact in case.of(row.in_use["fact"]) if fact.id in count.facts]
    span = Span(window.first, max([window.last, *days]))
    return told(case, row.in_use["fact"], count, span, row.in_use["one"], row.in_use["many"])


def reduced(before: Count, after: Count, percent_needed: int) -> Answer:
    """The one answer that every number the two counts may stand for gives, or not known."""
    most_before = float("inf") if before.high is None else before.high
    most_after = float("inf") if after.high is None else after.high
    corners = product({before.low, most_before}, {after.low, most_after})
    answers = {_fall(was, now, percent_needed) for was, now in corners}
    return answers.pop() if len(answers) == 1 else NOT_KNOWN


def _fall(was: float, now: float, percent_needed: int) -> Answer:
    """From none there is nothing to reduce: that is neutral, never a fall of 100%; but a rise is a rise."""
    if not was:
        return NOT_MET if now else NEUTRAL
    if now == float("inf"):
        return NOT_MET
    return MET if was == float("inf") or 100 * (was - now) >= percent_needed * was else NOT_MET


def _verdict(answer: Answer, was: Count, now: Count, needed: int) -> str:
    if answer is NEUTRAL:
        return ": there was nothing to reduce, so this is neutral"
    if answer is NOT_KNOWN or not was.low:
        return ""
    fall = was.low - now.low
    change = f"a reduction of {percent(fall, was.low, needed)}" if fall >= 0 else "a rise"
    return f": {change}, where {needed}% is needed"
