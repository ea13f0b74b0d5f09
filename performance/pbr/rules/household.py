"""What a household has to be: with a dependent child; and what a parent who lives elsewhere counts for."""

from collections.abc import Callable, Mapping, Sequence

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import (
    MET,
    NOT_KNOWN,
    NOT_MET,
    Answer,
    Finding,
    Step,
    between,
    facts_of,
    of_several,
    unsettled_of,
)
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.evidence import CHECKED, Case
from performance.pbr.rules.shapes import Household, Member, Row

Found = Mapping[str, Finding]


def dependent_child(row: Row, case: Case) -> Finding:
    """A child under an age, an older one who is not in work, or, where the scheme says so, one who is expected."""
    findings = [_dependent(row, case, member) for member in case.living_here]
    if row.in_use.get("expected"):
        findings += [_expecting(case, member) for member in case.living_here if _may_expect(case, member)]
    found = [each for each in findings if each.answer is not NOT_MET]
    nobody = Finding(NOT_MET, f"No dependent child lived in the household on {spoken(case.judged_on)}.")
    return of_several(found, nobody)


def _dependent(row: Row, case: Case, member: Member) -> Finding:
    called, day = member.called, case.judged_on
    if member.born is None:
        return Finding(NOT_KNOWN, f"{called}'s date of birth is not known, so neither is whether {called} is a child.")
    if calendar.is_under(row.in_use["under"], member, day):
        return Finding(MET, f"{called} was under {row.in_use['under']} on {spoken(day)}.")
    if not calendar.is_under(row.in_use["to"] + 1, member, day):
        return Finding(NOT_MET)
    return _of_older(case, member)


def _of_older(case: Case, member: Member) -> Finding:
    """From 16 to 18: in full-time education or training, or unemployed."""
    called, day = member.called, case.judged_on
    learning = case.holds("in_education", member.id, day)
    without = case.holds("not_in_education", member.id, day)
    working = case.holds("employment_spell", member.id, day)
    if MET in (learning[0], without[0]):
        facts = learning[1] if learning[0] is MET else without[1]
        said = "in education or training" if learning[0] is MET else "without work"
        return Finding(MET, f"{called} was {said} on {spoken(day)}.", facts)
    if working[0] is MET:
        return Finding(NOT_MET, f"{called} was in work on {spoken(day)}.", working[1])
    if working[0] is NOT_MET:
        return Finding(MET, f"{called} was not in work on {spoken(day)}.", working[1])
    facts = (*learning[1], *without[1], *working[1])
    return Finding(
        NOT_KNOWN, f"Nothing says whether {called} was in education, training or work on {spoken(day)}.", facts
    )


def _may_expect(case: Case, member: Member) -> bool:
    return any(fact.person == member.id for fact in case.of("pregnancy"))


def _expecting(case: Case, member: Member) -> Finding:
    answer, facts = case.holds("pregnancy", member.id, case.judged_on)
    return Finding(answer, f"{member.called} was expecting a child on {spoken(case.judged_on)}.", facts)


HOUSEHOLD = {"dependent_child": dependent_child}


def apart(case: Case) -> list[tuple[Member, Case]]:
    """Each parent who lives elsewhere, with a case of their own facts alone."""
    day = case.judged_on
    here = {member.id for member in case.living_here}
    away = [m for m in case.household.members if m.id not in here and any(p.covers(day) for p in m.elsewhere)]
    return [(member, _of_their_own(case, member)) for member in away]


def _of_their_own(case: Case, member: Member) -> Case:
    living = Member(member.id, member.born, member.elsewhere, member.parenting, member.name)
    own = [f for f in case.given if f.person == member.id or (f.person is None and f.kind == CHECKED)]
    household = Household(case.household.id, (living,), case.household.attached_on)
    return Case(case.scheme, household, own, case.on, case.terms)


def with_those_elsewhere(row: Row, needed: int, here: Found, theirs: Sequence[tuple[Member, Found]]) -> Finding:
    """Count problems, each parent who lives elsewhere accounting for so many of them at most."""
    most = int(row.in_use["most"])
    worst = _counted(most, here, theirs, _is_met)
    best = _counted(most, here, theirs, _may_be_met)
    answer = between(_reached(worst, needed), _reached(best, needed))
    met = [one for found in (here, *(own for _, own in theirs)) for one in found.values() if one.answer is MET]
    settled = _counted(most, here, theirs, _is_settled) >= needed
    return Finding(answer, "", facts_of(met), () if settled else unsettled_of(met))


def _is_met(found: Finding) -> bool:
    return found.answer is MET


def _may_be_met(found: Finding) -> bool:
    return found.answer in (MET, NOT_KNOWN)


def _is_settled(found: Finding) -> bool:
    return found.answer is MET and not found.unsettled


def _reached(count: int, needed: int) -> Answer:
    return MET if count >= needed else NOT_MET


def _counted(most: int, here: Found, theirs: Sequence[tuple[Member, Found]], counts: Callable[[Finding], bool]) -> int:
    """How many problems there are at most, when nobody elsewhere accounts for more than so many: a small matching."""
    problems = {name for name, found in here.items() if counts(found)}
    places = [{name for name, found in own.items() if counts(found)} - problems for _, own in theirs]
    taken: dict[str, int] = {}
    for place, own in enumerate(places):
        for _ in range(most):
            _give(place, own, places, taken, set())
    return len(problems) + len(taken)


def _give(place: int, own: set[str], places: list[set[str]], taken: dict[str, int], seen: set[str]) -> bool:
    for name in sorted(own - seen):
        seen.add(name)
        holder = taken.get(name)
        if holder is None or (holder != place and _give(holder, places[holder], places, taken, seen)):
            taken[name] = place
            return True
    return False


def steps_elsewhere(row: Row, theirs: Sequence[tuple[Member, Found]], called: Mapping[str, str]) -> list[Step]:
    """Say of each parent who lives elsewhere which problems are theirs, and that so many count."""
    steps = []
    for member, own in theirs:
        met = [called[name] for name, found in own.items() if found.answer is MET]
        said = f"{member.called} lives elsewhere and accounts for at most {row.in_use['most']} problem"
        facts = tuple(dict.fromkeys(f for found in own.values() if found.answer is MET for f in found.facts))
        finding = Finding(MET, f"{said}. Met by {member.called}: {', '.join(met) or 'none'}.", facts)
        steps.append(Step(row, finding, member.id))
    return steps
