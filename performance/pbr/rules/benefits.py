"""Criterion 3: an adult on an out-of-work benefit."""

from functools import partial

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, NOT_KNOWN, NOT_MET, Finding, of_several
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.events import is_listed
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.shapes import Member, Row
from performance.pbr.rules.wording import listed


def out_of_work_benefit(_: Row, case: Case) -> Finding:
    adults = [m for m in case.living_here if calendar.is_under(18, m, case.judged_on) is not True]
    findings = [_benefit_of(case, adult) for adult in adults]
    return of_several(findings, Finding(NOT_MET, f"No adult lived in the household on {spoken(case.judged_on)}."))


def _benefit_of(case: Case, adult: Member) -> Finding:
    listing, day = case.rule("benefits"), case.judged_on
    names = listing.names
    answer, facts = case.holds("benefit_spell", adult.id, day, only=partial(is_listed, key="benefit", names=names))
    said = listed([str(f.value.get("benefit")) for f in case.of("benefit_spell") if f.id in facts])
    if answer is MET and adult.born is None:
        reason = f"{adult.called} was on {said}, but whether {adult.called} was 18 is not known."
        return Finding(NOT_KNOWN, reason, facts)
    if answer is MET:
        return Finding(MET, f"{adult.called} was on {said} on {spoken(day)}.", facts, listing.unsettled)
    return _no_listed_benefit(case, adult, listing, Finding(answer, "", facts))


def _no_listed_benefit(case: Case, adult: Member, listing: Row, found: Finding) -> Finding:
    day = spoken(case.judged_on)
    others = case.holds("benefit_spell", adult.id, case.judged_on)
    if others[0] is MET:
        said = listed([str(f.value.get("benefit")) for f in case.of("benefit_spell") if f.id in others[1]])
        reason = f"{adult.called} was on {said} on {day}, which is not on the list of out-of-work benefits."
        return Finding(found.answer, reason, others[1], listing.unsettled)
    if found.answer is NOT_MET:
        return found._replace(reason=f"{adult.called} was on no benefit on {day}.")
    if found.facts:
        reason = f"{adult.called}'s benefit on {day} is not confirmed, or was last seen too long before."
        return found._replace(reason=reason)
    return found._replace(reason=f"Benefit records were not checked for {adult.called} on {day}.")
