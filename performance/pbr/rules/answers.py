"""Three-valued answers, and how they combine: what is not known is never taken as met."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from performance.pbr.rules.shapes import Row, Span


class Answer(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    NEUTRAL = "neutral"  # does not apply to this family: neither helps nor harms


MET, NOT_MET, NOT_KNOWN, NEUTRAL = Answer


class Finding(NamedTuple):
    """An answer, why, on which facts, which unconfirmed rows it hangs on, and the days it looked at."""

    answer: Answer
    reason: str = ""
    facts: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    window: Span | None = None


class Step(NamedTuple):
    """One line of the trace: a rule, what it found, and about whom."""

    row: Row
    finding: Finding
    about: str | None = None


def all_of(findings: Iterable[Finding]) -> Finding:
    """Met when everything that applies is met; neutral when nothing applies."""
    relevant = [each for each in findings if each.answer is not NEUTRAL]
    if not relevant:
        return Finding(NEUTRAL)
    return at_least(len(relevant), relevant)


def any_of(findings: Iterable[Finding]) -> Finding:
    """Met when one is met; neutral when nothing applies."""
    relevant = [each for each in findings if each.answer is not NEUTRAL]
    if not relevant:
        return Finding(NEUTRAL)
    return at_least(1, relevant)


def at_least(needed: int, findings: Sequence[Finding]) -> Finding:
    """Met when so many are met; not met when so many no longer can be; else not known."""
    if len(findings) == needed == 1:
        (only,) = findings
        return Finding(only.answer if only.answer is not NEUTRAL else NOT_MET, "", only.facts, only.unsettled)
    met = [each for each in findings if each.answer is MET]
    if len(met) >= needed:
        return Finding(MET, "", facts_of(met), _surest(met, needed))
    unmet = [each for each in findings if each.answer is not MET and each.answer is not NOT_KNOWN]
    enough_to_fail = len(findings) - needed + 1
    if len(unmet) >= enough_to_fail:
        return Finding(NOT_MET, "", facts_of(unmet), _surest(unmet, enough_to_fail))
    return Finding(NOT_KNOWN, "", facts_of(findings), unsettled_of(findings))


def _surest(findings: list[Finding], needed: int) -> tuple[str, ...]:
    """The unconfirmed rows the result hangs on: none, where enough findings stand without them."""
    if not any(each.unsettled for each in findings):
        return ()
    return unsettled_of(sorted(findings, key=_doubts)[:needed])


def _doubts(finding: Finding) -> int:
    return len(finding.unsettled)


def facts_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([fact for each in findings for fact in each.facts]))


def unsettled_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([row for each in findings for row in each.unsettled]))


def of_several(findings: Sequence[Finding], otherwise: Finding) -> Finding:
    """Whether one of several people meets it, in the sentences that decide; `otherwise` when it applies to none."""
    found = any_of(findings)
    if found.answer is NEUTRAL:
        return otherwise
    deciding = [each for each in findings if each.answer is found.answer]
    return found._replace(reason=" ".join(each.reason for each in deciding), window=deciding[0].window)


def between(worst: Answer, best: Answer) -> Answer:
    """The answer when the doubtful facts may be true or false: only what holds either way."""
    return worst if worst is best else NOT_KNOWN
