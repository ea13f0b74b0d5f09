"""Whether a scheme is for this family: its criteria, and the combinations of them that let a family in."""

from collections.abc import Mapping
from typing import NamedTuple

from performance.pbr.rules.answers import MET, NOT_KNOWN, Answer, Finding, Step, all_of, any_of, at_least
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.criteria import judge_criterion
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.household import HOUSEHOLD, apart, steps_elsewhere, with_those_elsewhere
from performance.pbr.rules.shapes import Member, Row
from performance.pbr.rules.wording import listed

COUNTING = ("combination", "floor")


class Eligibility:
    """The finding, the answer to each numbered criterion, and the combination that let the family in."""

    __slots__ = ("combination", "criteria", "finding")

    def __init__(self, finding: Finding, criteria: Mapping[str, Finding], combination: Row | None) -> None:
        self.finding, self.criteria, self.combination = finding, criteria, combination


def eligibility(case: Case, steps: list[Step]) -> Eligibility:
    criteria, needs = _criteria(case, steps)
    theirs = _of_those_elsewhere(case, steps)
    rows = [row for row in case.scheme.combinations if row.in_use.get("used", True) and row.in_force(case.judged_on)]
    found = {row.id: _combination(row, case, Counted(criteria, needs, theirs)) for row in rows if row.kind in COUNTING}
    found |= {row.id: HOUSEHOLD[row.kind](row, case) for row in rows if row.kind in HOUSEHOLD}
    steps += [Step(row, found[row.id]) for row in rows if row.id in found]
    ways = [row for row in rows if row.kind == "combination"]
    floors = [found[row.id] for row in rows if row.kind == "floor" or row.kind in HOUSEHOLD]
    together = all_of([any_of([found[row.id] for row in ways]), *floors])
    way = next((row for row in ways if found[row.id].answer is MET), None) if together.answer is MET else None
    return Eligibility(together._replace(reason=_told(together.answer, case, criteria)), criteria, way)


class Counted(NamedTuple):
    """What a combination counts: headlines, the needs under each, and those of parents who live elsewhere."""

    criteria: Mapping[str, Finding]
    needs: Mapping[str, list[Finding]]
    theirs: list[tuple[Member, Mapping[str, Finding]]]


def need_of(row: Row) -> str:
    """What a criterion counts as: itself, or the need that another row asks after too."""
    return str(row.in_use.get("counts_with", row.id))


def _criteria(case: Case, steps: list[Step]) -> tuple[dict[str, Finding], dict[str, list[Finding]]]:
    """Each headline criterion is met when one of its limbs is; so is each need that several rows ask after."""
    limbs: dict[str, list[Finding]] = {}
    needs: dict[str, dict[str, list[Finding]]] = {}
    for row in case.scheme.criteria:
        if row.in_force(case.judged_on):
            finding = judge_criterion(row, case)
            steps.append(Step(row, finding))
            limbs.setdefault(row.group, []).append(finding)
            needs.setdefault(row.group, {}).setdefault(need_of(row), []).append(finding)
    by_group = {group: any_of(findings) for group, findings in limbs.items()}
    return by_group, {group: [any_of(findings) for findings in some.values()] for group, some in needs.items()}


def _of_those_elsewhere(case: Case, steps: list[Step]) -> list[tuple[Member, Mapping[str, Finding]]]:
    """What parents who live elsewhere would bring, where the scheme lets each account for some problems."""
    row = case.find("elsewhere_once")
    if row is None:
        return []
    theirs: list[tuple[Member, Mapping[str, Finding]]] = [(m, _criteria(own, [])[0]) for m, own in apart(case)]
    steps += steps_elsewhere(row, theirs, case.rule("criteria_names").in_use["called"])
    return theirs


def _combination(row: Row, case: Case, counted: Counted) -> Finding:
    named, needed = row.in_use["of"], row.in_use["at_least"]
    also = row.in_use.get("and", [])
    asked = {group: counted.criteria[group] for group in (*named, *also)}
    if row.in_use.get("count") == "needs":
        enough = at_least(needed, [each for group in named for each in counted.needs[group]])
    elif counted.theirs:
        here = {group: counted.criteria[group] for group in named}
        enough = with_those_elsewhere(case.rule("elsewhere_once"), needed, here, counted.theirs)
    else:
        enough = at_least(needed, [counted.criteria[group] for group in named])
    found = all_of([enough, *[counted.criteria[g] for g in also]])
    return found._replace(reason=_sorted_out(case, asked), unsettled=(*found.unsettled, *row.unsettled))


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
