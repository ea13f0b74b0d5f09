"""The result of the later programmes: every problem the family had or got is better, and stays better long enough."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from performance.pbr.rules import attendance, calendar
from performance.pbr.rules.answers import MET, NEUTRAL, NOT_KNOWN, NOT_MET, Finding, Step, all_of, any_of, facts_of
from performance.pbr.rules.calendar import spoken, spoken_span
from performance.pbr.rules.criteria import OF_CHILD, judge_criterion
from performance.pbr.rules.eligibility import need_of
from performance.pbr.rules.evidence import CHECKED, Case, seen
from performance.pbr.rules.problems import arisen_since, of_the_record
from performance.pbr.rules.shapes import Fact, Row, Span
from performance.pbr.rules.wording import capital, listed

PROGRESS = "progress_reached"


class Problem(NamedTuple):
    """One problem that has to get better: what it is called, the codes it goes by, and how it was found."""

    called: str
    codes: frozenset[str]
    rows: tuple[Row, ...]
    found: Finding


def sustained_progress(row: Row, case: Case, steps: list[Step]) -> Finding:
    """Every problem of the family, those found later included, and every child's schooling where the scheme asks."""
    problems = problems_of(row, case)
    findings = [_of_problem(problem, case, steps) for problem in problems]
    schooling = attendance.every_child(case, steps)
    if not any(problem.found.answer is MET for problem in problems):
        found = Finding(NOT_MET, "The family had no problem that was known, so nothing can be better.")
    else:
        found = all_of([*findings, schooling])
        found = found._replace(reason=_told(problems, findings, schooling), window=_together([*findings, schooling]))
        decided = of_the_record(case, (fact for problem in problems for fact in problem.found.facts))
        found = found._replace(unsettled=tuple(dict.fromkeys((*found.unsettled, *decided))))
    steps.append(Step(row, found))
    return found


def problems_of(row: Row, case: Case) -> list[Problem]:
    """The problems met or in doubt on the day the service began or since: each headline, or each need by itself."""
    names = case.rule("criteria_names").in_use["called"]
    rows = [each for each in case.scheme.criteria if each.in_force(case.judged_on)]
    kinds = {each.id: _found_ever(each, case) for each in rows}
    if row.in_use["each"] == "need":
        needs = {need_of(each): [r for r in rows if need_of(r) == need_of(each)] for each in rows}
        some = [
            Problem(str(of[0].in_use["need"]), _codes(of) - {of[0].group}, tuple(of), any_of([kinds[r.id] for r in of]))
            for of in needs.values()
        ]
    else:
        groups = {each.group: [r for r in rows if r.group == each.group] for each in rows}
        apart = attendance.every_child_is_asked(case)
        some = [
            Problem(names[group], _codes(of), tuple(of), any_of([kinds[r.id] for r in of]))
            for group, of in groups.items()
            if group != apart
        ]
    return [each for each in some if each.found.answer is MET or _in_doubt(each, kinds, case)]


def _in_doubt(problem: Problem, kinds: Mapping[str, Finding], case: Case) -> bool:
    """Whether something is recorded that may be the problem; that nobody looked is no problem found."""
    doubtful = [kinds[row.id] for row in problem.rows if row.kind not in OF_CHILD]
    return any(
        case.kind_of.get(fact, CHECKED) != CHECKED
        for found in doubtful if found.answer is NOT_KNOWN for fact in found.facts
    )  # fmt: skip


def _codes(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(
        str(code).casefold() for row in rows for code in (row.id, row.group, row.in_use.get("problem")) if code
    )


def _found_ever(row: Row, case: Case) -> Finding:
    """When the service began, or since. Silence on the one day does not undo what was found on the other."""
    first = judge_criterion(row, case)
    later = judge_criterion(row, case.today) if row.kind in OF_CHILD else arisen_since(row, case)
    return any_of([first, later] if later else [first])


def _of_problem(problem: Problem, case: Case, steps: list[Step]) -> Finding:
    sustained = case.rule("sustained")
    reached = _reached(problem, case)
    equal = _equivalent(problem, case, steps)
    by_decision = equal is not None and reached.answer is not MET
    found = equal if equal is not None and by_decision else reached
    if found.answer is MET:
        found = _unless_back(problem, case, found)
    found = found._replace(reason=f"{capital(problem.called)}: {found.reason}")
    if found.answer is MET and not by_decision:
        found = found._replace(unsettled=(*found.unsettled, *sustained.unsettled))
    steps.append(Step(sustained, found))
    return found


def _of(kind: str, problem: Problem, case: Case) -> list[Fact]:
    return [f for f in case.of(kind) if str(f.value["problem"]).casefold() in problem.codes and f.day >= case.judged_on]


def _reached(problem: Problem, case: Case) -> Finding:
    spells = _of(PROGRESS, problem, case)
    window = _window(problem, case, spells)
    if isinstance(window, Finding):
        return window
    if not spells:
        if case.is_checked(PROGRESS, {None: True}, window):
            return Finding(NOT_MET, "the goal was not reached.", case.check_facts(PROGRESS), (), window)
        return Finding(NOT_KNOWN, "nobody has recorded that its goal was reached.", (), (), window)
    if window.last > case.yesterday:
        reason = f"too early: progress has to last from {spoken_span(window)}."
        return Finding(NOT_MET, reason, tuple(f.id for f in spells), (), window)
    return _covers(window, spells)


def _window(problem: Problem, case: Case, spells: Sequence[Fact]) -> Span | Finding:
    """The months for which progress has to hold: from when it was reached, or from the closing of the case."""
    rule = case.rule("sustained")
    months = int(rule.in_use.get("by_need", {}).get(_need(problem), rule.in_use["months"]))
    if rule.in_use["from"] == "closing":
        closed = _closed_on(case)
        return closed if isinstance(closed, Finding) else calendar.months_from(closed, months)
    stretches = calendar.joined([seen(fact) for fact in spells])
    return calendar.months_from(stretches[-1].first if stretches else case.judged_on, months)


def _need(problem: Problem) -> str:
    return problem.rows[0].id


def _closed_on(case: Case) -> date | Finding:
    closings = [fact for fact in case.of("case_closed") if fact.day >= case.judged_on]
    last = max(closings, key=lambda fact: fact.day, default=None)
    if last is None:
        return Finding(NOT_KNOWN, "no closing of the case is recorded, and progress has to last after it.")
    if last.period.ends_on and last.period.ends_on < case.on:
        reason = f"the case was opened again after {spoken(last.period.ends_on)}."
        return Finding(NOT_MET, reason, (last.id,))
    return last.day if last.confirmed else Finding(NOT_KNOWN, "the closing of the case is not confirmed.", (last.id,))


def _covers(window: Span, spells: Sequence[Fact]) -> Finding:
    """Whether one unbroken time of progress, as far as it was seen, holds the whole window."""
    sure = calendar.joined([seen(fact) for fact in spells if fact.confirmed])
    facts = tuple(fact.id for fact in spells)
    if any(each.first <= window.first and window.last <= each.last for each in sure):
        goal = next((str(f.value["goal"]) for f in spells if f.value.get("goal")), "")
        return Finding(
            MET, f"progress lasted from {spoken_span(window)}{f' ({goal})' if goal else ''}.", facts, (), window
        )
    ended = [f.period.ends_on for f in spells if f.confirmed and f.period.ends_on and f.period.ends_on < window.last]
    if ended and not any(f.period.ends_on is None or not f.confirmed for f in spells):
        reason = f"progress ended on {spoken(max(ended))}, within {spoken_span(window)}."
        return Finding(NOT_MET, reason, facts, (), window)
    return Finding(NOT_KNOWN, f"progress was not seen for all of {spoken_span(window)}.", facts, (), window)


def _equivalent(problem: Problem, case: Case, steps: list[Step]) -> Finding | None:
    """A decision by a named person, with a reason: kept apart from progress, so that an auditor can ask about it."""
    rule = case.find("equivalent")
    decisions = [fact for fact in _of("equivalent_progress", problem, case) if rule and fact.confirmed]
    if rule is None or not decisions:
        return None
    last = decisions[-1]
    said = f"{last.value['approver']} approved equivalent progress on {spoken(last.day)}: {last.value['reason']}"
    found = Finding(MET, f"{said.rstrip('.')}.", (last.id,), rule.unsettled, Span(last.day, last.day))
    steps.append(Step(rule, found._replace(reason=f"{capital(problem.called)}: {found.reason}")))
    return found


def _unless_back(problem: Problem, case: Case, found: Finding) -> Finding:
    """The same problem showing again while progress had to last, or since, undoes it."""
    first = found.window.first if found.window else case.judged_on
    back = [fact for row in problem.rows for fact in _showing(row, case) if first < fact.day <= case.on]
    sure = [fact for fact in back if fact.confirmed]
    if not back:
        return found
    day = spoken((sure or back)[0].day)
    reason = f"{found.reason.rstrip('.')}, but it showed again on {day}{'' if sure else ', which is not confirmed'}."
    facts = (*found.facts, *(fact.id for fact in sure or back))
    return found._replace(answer=NOT_MET if sure else NOT_KNOWN, reason=reason, facts=facts)


def _showing(row: Row, case: Case) -> list[Fact]:
    people = {None, *(member.id for member in case.since_attachment)}
    if row.kind in ("happened", "goes_on"):
        return [fact for fact in case.of(row.in_use["fact"]) if fact.person in people]
    if row.kind == "found":
        code = row.in_use["problem"].casefold()
        return [
            f for f in case.of("problem_identified") if f.person in people and f.value["problem"].casefold() == code
        ]
    return []


def _told(problems: Sequence[Problem], findings: Sequence[Finding], schooling: Finding) -> str:
    said = {MET: "better", NOT_MET: "not better", NOT_KNOWN: "not known", NEUTRAL: "neutral"}
    parts = [f"{problem.called} {said[found.answer]}" for problem, found in zip(problems, findings, strict=True)]
    if schooling.answer is not NEUTRAL:
        parts.append(f"every child's schooling {'good' if schooling.answer is MET else said[schooling.answer]}")
    return f"{capital(listed(parts))}."


def _together(findings: Iterable[Finding]) -> Span | None:
    windows = [each.window for each in findings if each.answer is MET and each.window]
    return Span(min(w.first for w in windows), max(w.last for w in windows)) if windows else None


def whole_family_approach(
    row: Row, case: Case, steps: list[Step], result: Finding, needs: Sequence[Problem]
) -> Finding:
    """Whether the work came before the result: assessment of the whole family, plan, lead practitioner, support."""
    window = result.window or Span(case.yesterday, case.yesterday)
    by = window.first if row.in_use.get("by") == "closing" else window.last
    parts = [_part(row, case, name, by) for name in row.in_use["parts"]]
    if row.in_use.get("plan_covers"):
        parts.append(_plan_covers(case, needs))
    found = all_of(parts)
    lacking = [each.reason for each in parts if each.answer is not MET]
    reason = " ".join(lacking) or "The whole family was assessed, had a plan, a lead practitioner and support."
    found = found._replace(reason=reason, facts=facts_of(parts), unsettled=row.unsettled)
    steps.append(Step(row, found))
    return found


PARTS = {
    "assessment": "an assessment of the whole family",
    "plan": "a plan",
    "lead_practitioner": "a lead practitioner",
    "contact": "a contact or support given",
}


def _part(row: Row, case: Case, kind: str, by: date) -> Finding:
    began = case.judged_on if kind == "contact" else date.min
    found = [f for f in case.of(kind) if began <= f.day <= by and f.value.get("whole_family") is not False]
    sure = [fact for fact in found if fact.confirmed]
    if sure:
        return Finding(MET, "", (sure[0].id,))
    if found or not case.is_checked(kind, {None: True}, Span(case.judged_on, by)):
        said = "confirmed" if found else "recorded"
        return Finding(NOT_KNOWN, f"{capital(PARTS[kind])} up to {spoken(by)} is not {said}.", facts_of_ids(found))
    return Finding(NOT_MET, f"There was not {PARTS[kind]} up to {spoken(by)}.", case.check_facts(kind))


def facts_of_ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)


def _plan_covers(case: Case, needs: Sequence[Problem]) -> Finding:
    plans = [fact for fact in case.of("plan") if fact.confirmed]
    said = {str(word).casefold() for fact in plans for word in fact.value.get("problems", ())}
    missing = [each.called for each in needs if not each.codes & said]
    if not missing:
        return Finding(MET, "", facts_of_ids(plans))
    if not plans or not said:
        return Finding(NOT_KNOWN, "No plan says on which problems it acts.", facts_of_ids(plans))
    return Finding(NOT_MET, f"No plan acts on {listed(missing)}.", facts_of_ids(plans))
