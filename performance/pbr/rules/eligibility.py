"""Whether a scheme is for this family: its criteria, and the combinations of them that let a family in."""

from collections.abc import Mapping

from performance.pbr.rules.answers import MET, NOT_KNOWN, Answer, Finding, Step, all_of, any_of, at_least
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.criteria import judge_criterion
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.shapes import Row
from performance.pbr.rules.wording import listed


class Eligibility:
    """The finding, the answer to each numbered criterion, and the combination that let the family in."""

    __slots__ = ("combination", "criteria", "finding")

    def __init__(self, finding: Finding, criteria: Mapping[str, Finding], combination: Row | None) -> None:
        self.finding, self.criteria, self.combination = finding, criteria, combination


def eligibility(case: Case, steps: list[Step]) -> Eligibility:
    criteria = _criteria(case, steps)
    rows = [row for row in case.scheme.combinations if row.in_use.get("used", True) and row.in_force(case.judged_on)]
    found = {row.id: _combination(row, case, criteria) for row in rows}
    steps += [Step(row, found[row.id]) for row in rows]
    ways = [row for row in rows if row.kind == "combination"]
    floors = [found[row.id] for row in rows if row.kind == "floor"]
    together = all_of([any_of([found[row.id] for row in ways]), *floors])
    way = next((row for row in ways if found[row.id].answer is MET), None) if together.answer is MET else None
    return Eligibility(together._replace(reason=_told(together.answer, case, criteria)), criteria, way)


def _criteria(case: Case, steps: list[Step]) -> dict[str, Finding]:
    """Each numbered criterion is met when one of its limbs is."""
    limbs: dict[str, list[Finding]] = {}
    for row in case.scheme.criteria:
        if row.in_force(case.judged_on):
            finding = judge_criterion(row, case)
            steps.append(Step(row, finding))
            limbs.setdefault(row.group, []).append(finding)
    return {group: any_of(findings) for group, findings in limbs.items()}


def _combination(row: Row, case: Case, criteria: Mapping[str, Finding]) -> Finding:
    named = row.in_use["of"]
    also = row.in_use.get("and", [])
    found = all_of([at_least(row.in_use["at_least"], [criteria[g] for g in named]), *[criteria[g] for g in also]])
    return found._replace(reason=_sorted_out(case, {group: criteria[group] for group in (*named, *also)}))


def _sorted_out(case: Case, criteria: Mapping[str, Finding]) -> str:
    """Say by name which criteria are met, and which are not known."""
    called = case.rule("criteria_names").in_use["called"]
    met = [called[group] for group, found in criteria.items() if found.answer is MET]
    unknown = [called[group] for group, found in criteria.items() if found.answer is NOT_KNOWN]
    not_known = f" Not known: {listed(unknown)}." if unknown else ""
    return f"Met: {listed(met) or 'none'}.{not_known}"


def _told(answer: Answer, case: Case, criteria: Mapping[str, Finding]) -> str:
    day = f"on {spoken(case.judged_on)}{', the day the service began' if case.attached_on else ''}"
    said = {MET: "The family was eligible", NOT_KNOWN: "Whether the family was eligible is not known"}
    return f"{said.get(answer, 'The family was not eligible')} {day}. {_sorted_out(case, criteria)}"
