"""The crime, anti-social behaviour and education result: everything that applies to the family, and nobody starting."""

from collections.abc import Iterable

from performance.pbr.rules.answers import MET, NEUTRAL, NOT_KNOWN, NOT_MET, Finding, Step, all_of, facts_of
from performance.pbr.rules.education import education, was_of_concern
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.reductions import asb, offending, spans
from performance.pbr.rules.shapes import Row, Span
from performance.pbr.rules.wording import capital, listed

ELEMENTS = {"education": education, "asb": asb, "offending": offending}


def combined(row: Row, case: Case, steps: list[Step]) -> Finding:
    elements = {name: ELEMENTS[name](case, steps) for name in row.in_use["elements"]}
    together = all_of(elements.values())
    starting = nobody_starting(case, steps)
    steps.append(Step(case.rule("nobody_starting"), starting))
    if starting.answer is not MET and together.answer is not NOT_MET:
        together = all_of([together, starting])
    found = together._replace(reason=_told(row, elements, starting), window=_when(elements))
    if together.answer is NOT_MET and any(each.answer is MET for each in elements.values()):
        found = found._replace(unsettled=(*found.unsettled, *row.unsettled))
    steps.append(Step(row, found))
    return found


def _when(elements: dict[str, Finding]) -> Span | None:
    """The days over which what is met was looked at: the last of them is the day of the result."""
    windows = [each.window for each in elements.values() if each.answer is MET and each.window]
    return Span(min(w.first for w in windows), max(w.last for w in windows)) if windows else None


def _told(row: Row, elements: dict[str, Finding], starting: Finding) -> str:
    said = {MET: "met", NOT_MET: "not met", NOT_KNOWN: "not known", NEUTRAL: "neutral"}
    parts = [f"{row.in_use['elements'][name]} {said[found.answer]}" for name, found in elements.items()]
    ending = f" {starting.reason}" if starting.answer is not MET else ""
    nothing = " Nothing improved that could be claimed." if all(f.answer is NEUTRAL for f in elements.values()) else ""
    return f"{capital(', '.join(parts))}.{ending}{nothing}"


def nobody_starting(case: Case, steps: Iterable[Step]) -> Finding:
    """Whether another member took up the same problem while the first left it off."""
    findings = [_starting_school_problem(case, steps)]
    findings += [_starting(case.rule(kind), case) for kind in ("asb_reduction", "offending_reduction")]
    found = all_of(findings)
    if found.answer is MET:
        return Finding(MET, "Nobody else in the household is known to have started the same problem.")
    return found._replace(reason=" ".join(each.reason for each in findings if each.answer is found.answer))


def _starting_school_problem(case: Case, steps: Iterable[Step]) -> Finding:
    kinds = ("exclusions_below", "absence_below")
    breaching = {s.about: s for s in steps if s.row.kind in kinds and s.finding.answer is NOT_MET}
    new = [m for m in case.since_attachment if m.id in breaching and was_of_concern(case, m) is not MET]
    if not new:
        return Finding(MET)
    facts = facts_of(breaching[member.id].finding for member in new)
    return Finding(NOT_MET, f"{listed([m.called for m in new])} now has the problem with school.", facts)


def _starting(row: Row, case: Case) -> Finding:
    """People with an event since the window began and none in the months before the service; of any age."""
    kind, people = row.in_use["fact"], {member.id for member in case.since_attachment}
    before, window = spans(row, case.rule(row.in_use["baseline"]), case, kind, dict.fromkeys(people, True))
    earlier = [fact for fact in case.of(kind) if before.covers(fact.day)]
    cleared = {fact.person for fact in earlier if fact.confirmed}
    new = [f for f in case.of(kind) if f.day >= window.first and f.person in people and f.person not in cleared]
    if not new or not earlier:
        return Finding(MET)
    doubted = {fact.person for fact in earlier}
    certain = [fact for fact in new if fact.confirmed and fact.person not in doubted]
    sure = [fact for fact in certain if case.is_checked(kind, {fact.person: True}, before)]
    who = listed(sorted({case.names[fact.person] for fact in sure or new}))
    reason = f"{who} had {row.in_use['article']} {row.in_use['one']} recorded, and none confirmed before the service."
    return Finding(NOT_MET if sure else NOT_KNOWN, reason, tuple(fact.id for fact in sure or new))
