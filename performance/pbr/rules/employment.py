"""The result about work: one adult off out-of-work benefits and in continuous employment."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, NOT_KNOWN, NOT_MET, Finding, Step, between, of_several
from performance.pbr.rules.calendar import DAY, spoken, spoken_span
from performance.pbr.rules.events import is_listed
from performance.pbr.rules.evidence import Case, Who, seen
from performance.pbr.rules.shapes import Fact, Member, Row, Span
from performance.pbr.rules.wording import plural


class Records(NamedTuple):
    """One adult's records, with every doubt for the claim (`hopeful`) or with every doubt against it."""

    adult: Member
    hopeful: bool
    jobs: list[Fact]
    left: list[Fact]  # out-of-work benefits held when the service began or since
    against: list[Fact]  # benefits that would interrupt the work

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact.id for fact in (*self.jobs, *self.left)))


def continuous_employment(row: Row, case: Case, steps: list[Step]) -> Finding:
    workers = {fact.person for fact in case.of("employment_spell")}
    adults = [m for m in case.since_attachment if calendar.is_under(18, m, case.on) is not True]
    own = [Step(row, _of_adult(row, case, adult), adult.id) for adult in adults if adult.id in workers]
    nobody = _nobody_in_work(case, adults)
    steps += own or [Step(case.rule("evidence_of_work"), nobody)]
    return of_several([step.finding for step in own], nobody)


def _nobody_in_work(case: Case, adults: Sequence[Member]) -> Finding:
    since = Span(case.judged_on, case.yesterday)
    if adults and case.is_checked("employment_spell", {adult.id: True for adult in adults}, since):
        return Finding(NOT_MET, "No adult of the household was found in work.", case.check_facts("employment_spell"))
    return Finding(NOT_KNOWN, "No work is recorded for an adult; that somebody left a benefit is not evidence of work.")


def _of_adult(row: Row, case: Case, adult: Member) -> Finding:
    """Only what holds with every doubt against the claim, and with every doubt for it, is known."""
    worst, best = (_read(row, case, _records(case, adult, hopeful=hopeful)) for hopeful in (False, True))
    answer = between(worst.answer, best.answer)
    return (best if answer is NOT_MET else worst)._replace(answer=answer)


def _records(case: Case, adult: Member, *, hopeful: bool) -> Records:
    """Until the list of benefits is confirmed, one that is not on it is no way in but still interrupts work."""
    listing = case.rule("benefits")
    jobs = [fact for fact in case.of("employment_spell") if fact.person == adult.id]
    benefits = [fact for fact in case.of("benefit_spell") if fact.person == adult.id]
    on_list = [fact for fact in benefits if is_listed(fact, "benefit", listing.names)]
    return Records(
        adult,
        hopeful,
        [fact for fact in jobs if fact.confirmed or hopeful],
        [fact for fact in on_list if (fact.confirmed or hopeful) and _held_since(fact, case, hopeful=hopeful)],
        [fact for fact in (on_list if listing.settled else benefits) if fact.confirmed or not hopeful],
    )


def _held_since(benefit: Fact, case: Case, *, hopeful: bool) -> bool:
    """On the day the service began, or later; one not seen to end is believed while its source is fresh."""
    ends = benefit.period.ends_on
    return ends >= case.judged_on if ends else hopeful or case.is_fresh(benefit, case.judged_on)


def _read(row: Row, case: Case, records: Records) -> Finding:
    called = records.adult.called
    if not records.jobs:
        return Finding(NOT_MET, f"{called} has no confirmed employment.")
    if records.adult.born is None and not records.hopeful:
        return Finding(NOT_MET, f"{called}'s date of birth is not known, so neither is whether {called} is an adult.")
    if not records.left and not (records.hopeful and _may_have_had_a_benefit(case, records.adult)):
        reason = f"{called} is not known to have been on an out-of-work benefit when the service began."
        return Finding(NOT_MET, reason, records.facts)
    work = _last_stretch(case, records)
    if work.first < case.judged_on:
        reason = f"{called}'s work began on {spoken(work.first)}, before the service did."
        return Finding(NOT_MET, reason, records.facts)
    return _measured(row, case, records, work)


def _may_have_had_a_benefit(case: Case, adult: Member) -> bool:
    return not case.is_checked("benefit_spell", {adult.id: True}, Span(case.judged_on, case.judged_on))


def _last_stretch(case: Case, records: Records) -> Span:
    """The last unbroken stretch of work; a job not seen to end may be hoped to go on."""
    last = calendar.joined([seen(job) for job in records.jobs])[-1]
    goes_on = records.hopeful and any(job.period.ends_on is None for job in records.jobs)
    return Span(last.first, case.yesterday if goes_on else min(last.last, case.yesterday))


def _measured(row: Row, case: Case, records: Records, work: Span) -> Finding:
    called = records.adult.called
    running = next((benefit for benefit in records.against if benefit.period.ends_on is None), None)
    if running and not records.hopeful:
        reason = f"{called}'s {running.value.get('benefit')} is not recorded as ended."
        return Finding(NOT_MET, reason, (*records.facts, running.id), case.rule("benefits").unsettled)
    span = Span(_off_benefits_from(records, work), _evidence_to(case, records, work))
    facts = records.facts + case.check_facts("benefit_spell")
    if span.last < span.first:
        reason = f"{called} was in work from {spoken(work.first)}, but the benefit records were not checked since."
        return Finding(NOT_MET, reason, facts)
    return _long_enough(row, case, records, span)._replace(facts=facts)


def _off_benefits_from(records: Records, work: Span) -> date:
    ends = [seen(benefit).last + DAY for benefit in records.against if benefit.period.starts_on <= work.last]
    return max([work.first, *ends])


def _evidence_to(case: Case, records: Records, work: Span) -> date:
    """The last day that shows both: in work, and on no benefit."""
    if records.hopeful:
        return work.last
    who: Who = {records.adult.id: True}
    checked = case.checked_until("benefit_spell", who)
    known = checked and case.is_checked("benefit_spell", who, Span(work.first, checked))
    return min(work.last, checked) if checked and known else work.first - DAY


def _long_enough(row: Row, case: Case, records: Records, span: Span) -> Finding:
    """Until the weeks for each benefit are confirmed, the longest time that a source names is needed."""
    table, longest = case.rule("weeks_by_benefit"), int(row.in_use["weeks"])
    by_benefit = max((_weeks(table, benefit) for benefit in records.left), default=longest)
    needed = by_benefit if table.settled else longest
    days = (span.last - span.first + DAY).days
    called = records.adult.called
    reason = f"{called} was in work and off benefits from {spoken_span(span)}: {_length(days)}, {needed} needed."
    if days >= 7 * needed:
        return _unless_lost_again(case, records, Finding(MET, reason, (), case.rule("benefits").unsettled, span))
    if days < 7 * by_benefit:
        return Finding(NOT_MET, reason, (), (), span)
    return Finding(NOT_MET, f"{reason} {by_benefit} may be enough: to be confirmed.", (), table.unsettled, span)


def _weeks(table: Row, benefit: Fact) -> int:
    weeks = {name.casefold(): number for name, number in table.value["weeks"].items()}
    return int(weeks.get(str(benefit.value["benefit"]).casefold(), weeks["other"]))


def _length(days: int) -> str:
    weeks, over = divmod(days, 7)
    return plural(weeks, "week") + (f" and {plural(over, 'day')}" if over else "")


def _unless_lost_again(case: Case, records: Records, finding: Finding) -> Finding:
    """How work lost before the claim counts is not confirmed; the stricter reading is that it spoils the result."""
    row = case.rule("regression")
    last = max(job.period.ends_on or date.max for job in records.jobs)
    if last > case.yesterday or not row.in_use["blocks"]:
        return finding
    reason = f"{finding.reason} But the work ended on {spoken(last)}, before the claim."
    return finding._replace(answer=NOT_MET, reason=reason, unsettled=row.unsettled)
