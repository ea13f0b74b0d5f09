"""The engine's one verb: `judge`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, NEUTRAL, NOT_MET, Finding, Step
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.combined import combined
from performance.pbr.rules.eligibility import Eligibility, eligibility
from performance.pbr.rules.employment import continuous_employment
from performance.pbr.rules.evidence import Case
from performance.pbr.rules.judgement import Block, Component, Judgement
from performance.pbr.rules.money import ATTACHMENT, pounds, price_of, price_on
from performance.pbr.rules.progress import progress_to_work
from performance.pbr.rules.shapes import Fact, Household, Row, Scheme, Term
from performance.pbr.rules.sustained import problems_of, sustained_progress, whole_family_approach

RESULTS: Mapping[str, Callable[[Row, Case, list[Step]], Finding]] = {
    "combined": combined,
    "progress_to_work": progress_to_work,
    "continuous_employment": continuous_employment,
    "sustained_progress": sustained_progress,
}


def judge(
    scheme: Scheme, household: Household, facts: Iterable[Fact], on: date, terms: tuple[Term, ...] = ()
) -> Judgement:
    """Judge one household on one day, by what was recorded by then."""
    case, steps = Case(scheme, household, facts, on, terms), list[Step]()
    entry = eligibility(case, steps)
    findings = _results(case, steps)
    approach = _approach(case, steps, findings)
    components = [_blocked(each, case, entry, approach) for each in _priced(case, findings)]
    route = _route(case, components)
    components = [_on_route(each, case, route, components) for each in components]
    attachment = _attachment(case, entry)
    return Judgement(
        scheme,
        household.id,
        household.attached_on,
        on,
        case.judged_on,
        entry.finding,
        entry.criteria,
        entry.combination,
        (attachment, *components),
        route,
        tuple(steps),
        (*_stale(case, components), *_only_neutral(case, steps, components)),
    )


def _results(case: Case, steps: list[Step]) -> dict[str, Finding]:
    rows = [row for row in case.scheme.results if row.kind in RESULTS]
    if case.attached_on is None:
        finding = Finding(NOT_MET, "The service had not begun with this family, so there is no result to claim.")
        steps.append(Step(case.rule("after_attachment"), finding))
        return {row.group: finding for row in rows}
    return {row.group: RESULTS[row.kind](row, case, steps) for row in rows}


def _approach(case: Case, steps: list[Step], findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """Where a scheme asks how the result came about: whether the family was worked with as a whole, by result met."""
    row = case.find("whole_family_approach")
    if row is None:
        return {}
    named = next((each for each in case.scheme.results if each.kind == "sustained_progress"), None)
    met = {name: finding for name, finding in findings.items() if finding.answer is MET}
    needs = problems_of(named, case) if named and met else []
    return {name: whole_family_approach(row, case, steps, finding, needs) for name, finding in met.items()}


def _attachment(case: Case, entry: Eligibility) -> Component:
    """An eligible family attached counts towards the cohort; the fee is worked out for the cohort, not the family."""
    row = case.rule("attachment_by_cohort")
    by_cohort = "The attachment fee is paid for the year's cohort, not for one family."
    nothing = "This scheme pays nothing for beginning with a family."
    block = (Block(row.id, by_cohort if price_on(case.scheme, ATTACHMENT, case.judged_on) else nothing),)
    if case.attached_on is None:
        return Component(ATTACHMENT, Finding(NOT_MET, "The service had not begun with this family."))
    found = entry.finding
    began = f"{found.reason} The service began on {spoken(case.attached_on)}."
    return Component(ATTACHMENT, found._replace(reason=began), blocked_by=block if found.answer is MET else ())


def _priced(case: Case, findings: Mapping[str, Finding]) -> list[Component]:
    components = []
    for name, finding in findings.items():
        price, unsettled = price_of(case, name, result_on(case, finding)) if finding.answer is MET else (None, ())
        amount = pounds(price) if price else None
        found = finding._replace(unsettled=tuple(dict.fromkeys((*finding.unsettled, *unsettled))))
        components.append(Component(name, found, amount, price))
    return components


def _route(case: Case, components: Sequence[Component]) -> str | None:
    """The routes exclude each other: one that may be claimed, then the one that brings more, then the first named."""
    met = {each.name: each for each in components if each.answer is MET}
    routes = [route for route in _routes(case) if route[0] in met]
    return max(routes, key=lambda route: (met[route[0]].claimable, _worth(route, met)), default=[None])[0]


def _worth(route: Sequence[str], met: Mapping[str, Component]) -> Decimal:
    return sum((met[name].amount or Decimal(0) for name in route if name in met), Decimal(0))


def _routes(case: Case) -> list[list[str]]:
    routes: list[list[str]] = case.rule("routes").in_use["routes"]
    return routes


def _blocked(component: Component, case: Case, entry: Eligibility, approach: Mapping[str, Finding]) -> Component:
    if component.answer is not MET:
        return component
    blocks = [
        *_not_eligible(case, entry),
        *_out_of_time(case),
        *_of_another_scheme(component, case),
        *_not_worked_with(component, case, approach),
        *_not_priced(component, case),
        *_to_be_confirmed(case, (*entry.finding.unsettled, *component.finding.unsettled)),
    ]
    return replace(component, blocked_by=tuple(blocks))


def _on_route(component: Component, case: Case, route: str | None, components: Sequence[Component]) -> Component:
    if component.answer is not MET:
        return component
    blocks = [*_other_route(component, case, route), *_over_the_limit(case, route, components)]
    return replace(component, blocked_by=(*blocks, *component.blocked_by))


def _over_the_limit(case: Case, route: str | None, components: Sequence[Component]) -> list[Block]:
    """What one family brings, the attachment fee included, stays within the scheme's limit."""
    limit = case.rule("most_per_family")
    fee = price_on(case.scheme, ATTACHMENT, case.judged_on)
    names = next((names for names in _routes(case) if names[0] == route), [])
    total = _worth(names, {each.name: each for each in components}) + (pounds(fee) if fee else 0)
    if total <= pounds(limit):
        return []
    return [Block(limit.id, f"The family would bring {total}, more than the most, {pounds(limit)}.")]


def _not_eligible(case: Case, entry: Eligibility) -> list[Block]:
    return [] if entry.finding.answer is MET else [Block(case.rule("eligible_at_attachment").id, entry.finding.reason)]


def _out_of_time(case: Case) -> list[Block]:
    row = case.rule("last_payment")
    ends = row.ends_on
    return [] if row.in_force(case.on) or not ends else [Block(row.id, f"The last payment was made by {spoken(ends)}.")]


def result_on(case: Case, finding: Finding) -> date:
    """The day of a result: the last of its window; the day of the claim where it has none."""
    return finding.window.last if finding.window else case.on


def _of_another_scheme(component: Component, case: Case) -> list[Block]:
    """The day that decides has to lie in the scheme; until it is confirmed which day that is, each of them has to."""
    row, scheme = case.rule("scheme_date"), case.scheme
    days = {
        "attachment": case.judged_on,
        "result": result_on(case, component.finding),
        "claim": min(case.on, scheme.ends_on),  # a claim that comes too late is told by the last payment
    }
    asked = [row.in_use["date"]] if row.settled else list(days)
    outside = [name for name in asked if not scheme.in_force(days[name])]
    if not outside:
        return []
    name = outside[0]
    said = f"The day of {'the ' if name != 'attachment' else ''}{name}, {spoken(days[name])}, is not in {scheme.name}."
    return [Block(row.id, said if row.settled else f"To be confirmed: {row.question} {said}")]


def _not_worked_with(component: Component, case: Case, approach: Mapping[str, Finding]) -> list[Block]:
    found = approach.get(component.name)
    if found is None or found.answer is MET:
        return []
    return [Block(case.rule("whole_family_approach").id, found.reason)]


def _other_route(component: Component, case: Case, route: str | None) -> list[Block]:
    row = case.rule("routes")
    own = next((names for names in _routes(case) if component.name in names), [component.name])
    if route == own[0]:
        return []
    if route:
        return [Block(row.id, "The family is claimed by another route, and the routes exclude each other.")]
    return [Block(row.id, "This is paid only together with the result it adds to.")]


def _not_priced(component: Component, case: Case) -> list[Block]:
    if component.price:
        return []
    return [Block(case.rule("price_dated").id, f"No price is known for a family attached on {spoken(case.judged_on)}.")]


def _to_be_confirmed(case: Case, unsettled: Iterable[str]) -> list[Block]:
    rows = [case.scheme.rows[row_id] for row_id in dict.fromkeys(unsettled)]
    return [Block(row.id, f"To be confirmed: {row.question}") for row in rows]


def _stale(case: Case, components: Sequence[Component]) -> list[Block]:
    """Evidence that nobody has refreshed for some months: a named person has to accept it."""
    row, recorded = case.rule("fresh"), case.recorded
    warnings = []
    for each in components:
        last = max((recorded[fact] for fact in each.finding.facts if fact in recorded), default=None)
        if each.answer is MET and last and case.on > calendar.months_after(last, row.in_use["months"]):
            reason = f"The newest evidence for {_said(case, each)} was recorded on {spoken(last)}."
            warnings.append(Block(row.id, reason))
    return warnings


def _said(case: Case, component: Component) -> str:
    row = next(row for row in case.scheme.results if row.group == component.name and row.kind in RESULTS)
    return str(row.in_use["called"])


def _only_neutral(case: Case, steps: Sequence[Step], components: Sequence[Component]) -> list[Block]:
    row = case.find("neutral_when_left")
    if row is None:
        return []
    neutral = [step for step in steps if step.row is row and step.finding.answer is NEUTRAL]
    if not neutral or any(each.answer is MET for each in components):
        return []
    return [Block(case.rule("neutral_alone").id, "Education is neutral and nothing else improved.")]
