"""Events and the people they are counted for, as several criteria and results ask for them."""

from collections.abc import Iterable

from performance.pbr.rules import calendar
from performance.pbr.rules.answers import Finding
from performance.pbr.rules.evidence import Case, Only, Who
from performance.pbr.rules.shapes import Fact, Member, Span
from performance.pbr.rules.wording import capital, told


def those_under(age: int, members: Iterable[Member], case: Case) -> dict[str | None, bool]:
    """Who was under this age on the day of judgement: False where the date of birth is not known."""
    ages = {member.id: calendar.is_under(age, member, case.judged_on) for member in members}
    return {person: under is True for person, under in ages.items() if under is not False}


def is_listed(fact: Fact, key: str, names: frozenset[str]) -> bool | None:
    said = fact.value.get(key)
    return None if not said else str(said).casefold() in names


def of_events(
    case: Case, kind: str, who: Who, span: Span, one: str, many: str = "", *, only: Only | None = None
) -> Finding:
    """Met when there was one such event in the window."""
    count = case.count(kind, who, span, only=only)
    if count.low:
        count = count._replace(high=count.low)  # one is enough: what else there may be is beside the point
    sentence = f"{capital(told(case, kind, count, span, one, many))}."
    return Finding(count.reaches(1), sentence, count.facts or case.check_facts(kind), (), span)
