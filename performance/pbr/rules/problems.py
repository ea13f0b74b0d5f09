"""Criteria that are the same question of another kind of fact: something that happened, goes on, or was found."""

from collections.abc import Iterable
from functools import partial

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import MET, NOT_KNOWN, NOT_MET, Finding, of_several
from performance.pbr.rules.calendar import spoken
from performance.pbr.rules.events import is_listed, of_events
from performance.pbr.rules.evidence import Case, Who
from performance.pbr.rules.shapes import Fact, Member, Row, Span

YOUNGEST_ADULT, OLDEST_YOUNG = 18, 25


def concerned(row: Row, case: Case, members: Iterable[Member]) -> Who:
    """Whom a criterion asks about: anybody and the family itself, or those of an age; False where that is not known."""
    wanted = row.in_use.get("who", "anybody")
    if wanted == "anybody":
        return {None: True, **{member.id: True for member in members}}
    under = {member.id: calendar.is_under(YOUNGEST_ADULT, member, case.judged_on) for member in members}
    if wanted == "child":
        return {None: False, **{person: young is True for person, young in under.items() if young is not False}}
    return {None: False, **{person: young is False for person, young in under.items() if young is not True}}


def something_happened(row: Row, case: Case) -> Finding:
    """Whether it happened in the months that end with the day of judgement."""
    span = calendar.months_to(case.judged_on, row.in_use["months"])
    return of_events(case, row.in_use["fact"], concerned(row, case, case.living_here), span, *_called(row))


def _called(row: Row) -> tuple[str, str]:
    return row.in_use["one"], row.in_use["many"]


def something_goes_on(row: Row, case: Case) -> Finding:
    """Whether it was going on, on the day of judgement, for anybody it is asked of."""
    who = concerned(row, case, case.living_here)
    findings = [_of_one(row, case, person, sure=sure) for person, sure in who.items() if person or sure]
    met = [each for each in findings if each.answer is MET]
    return of_several(met or findings, Finding(NOT_MET, "Nobody in the household is of the age it is asked of."))


def _of_one(row: Row, case: Case, person: str | None, *, sure: bool) -> Finding:
    kind, day = row.in_use["fact"], case.judged_on
    answer, facts = case.holds(kind, person, day)
    called, was = case.names[person], row.in_use["was"]
    if answer is NOT_KNOWN and not facts:
        return Finding(NOT_KNOWN, f"Nothing says whether {called} {was} on {spoken(day)}.")
    if answer is MET and not sure:
        return Finding(NOT_KNOWN, f"{called} {was} on {spoken(day)}, but {called}'s age is not known.", facts)
    said = row.in_use["was_not"] if answer is NOT_MET else was
    doubt = ", but that is not confirmed, or was last seen too long before" if answer is NOT_KNOWN else ""
    return Finding(answer, f"{called} {said} on {spoken(day)}{doubt}.", facts)


def somebody_found_it(row: Row, case: Case) -> Finding:
    """Whether somebody who works with the family found this problem in the months that end with the day."""
    span = calendar.months_to(case.judged_on, row.in_use["months"])
    return found_within(row, case, span, concerned(row, case, case.living_here))


def found_within(row: Row, case: Case, span: Span, who: Who) -> Finding:
    only = partial(is_listed, key="problem", names=frozenset([row.in_use["problem"].casefold()]))
    one = f"finding of {row.in_use['called']}"
    return of_events(case, "problem_identified", who, span, one, f"findings of {row.in_use['called']}", only=only)


def of_the_record(case: Case, facts: Iterable[str]) -> tuple[str, ...]:
    """The unconfirmed row by which needs of the family's record were read as problems, where some were."""
    row = case.find("needs_of_the_record")
    if row is None or row.settled:
        return ()
    asked = set(facts)
    read = any(f.value.get("need") and f.id in asked for f in case.of("problem_identified"))
    return row.unsettled if read else ()


def arisen_since(row: Row, case: Case) -> Finding | None:
    """Whether the problem of a criterion showed after the day it was judged; None for one that is asked otherwise."""
    span = Span(case.judged_on, case.on)
    who = concerned(row, case, case.since_attachment) if row.kind in SAME_QUESTION else {}
    if row.kind == "happened":
        return of_events(case, row.in_use["fact"], who, span, *_called(row))
    if row.kind == "found":
        return found_within(row, case, span, who)
    if row.kind == "goes_on":
        return _began_within(row, case, span, who)
    return None


def _began_within(row: Row, case: Case, span: Span, who: Who) -> Finding:
    began = [f for f in case.of(row.in_use["fact"]) if f.person in who and span.covers(f.day)]
    return _one_is_sure(row, case, began, span, who)


def _one_is_sure(row: Row, case: Case, began: list[Fact], span: Span, who: Who) -> Finding:
    sure = [fact for fact in began if fact.confirmed and who[fact.person]]
    ids = tuple(fact.id for fact in sure or began)
    if began:
        said = f"{case.names[(sure or began)[0].person]} {row.in_use['was']} from {spoken((sure or began)[0].day)}"
        return Finding(MET if sure else NOT_KNOWN, f"{said}{'' if sure else ', but that is not confirmed'}.", ids)
    if case.is_checked(row.in_use["fact"], who, span):
        return Finding(NOT_MET, "It began for nobody since.", case.check_facts(row.in_use["fact"]))
    return Finding(NOT_KNOWN, "Nothing says whether it began for somebody since.")


SAME_QUESTION = ("happened", "goes_on", "found")
