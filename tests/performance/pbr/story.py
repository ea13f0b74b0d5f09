"""One made-up family to tell the rules about: Kim and Lee, Sam (13) and Ash (8), with whom work began on 3 June 2013.

`GOOD` is everything that makes every result of theirs met on 15 October 2014; tests take away or add.
"""

from datetime import date

from performance.pbr.rules import Fact, Household, Judgement, Member, Period, Scheme, Term, judge
from performance.pbr.schemes import load

P1 = load("P1")
CONFIRMED = P1.confirming({row.id: "Confirmed for this test" for row in P1.rows.values() if row.grade == "U"})
ATTACHED, ON = date(2013, 6, 3), date(2014, 10, 15)

TERMS = tuple(
    Term(f"{year}-{year % 100 + 1} {season}", date(year + later, *starts), date(year + later, *ends))
    for year in (2011, 2012, 2013, 2014)
    for season, later, starts, ends in (
        ("autumn", 0, (8, 30), (12, 20)),
        ("spring", 1, (1, 6), (4, 4)),
        ("summer", 1, (4, 22), (7, 22)),
    )
)
BEFORE = ("2011-12 summer", "2012-13 autumn", "2012-13 spring")
AFTER = ("2013-14 autumn", "2013-14 spring", "2013-14 summer")


def day(text: str) -> date:
    return date.fromisoformat(text)


def member(name: str, born: str | None, since: str = "2009-08-01", until: str | None = None) -> Member:
    period = Period(day(since), day(until) if until else None)
    return Member(name.lower(), day(born) if born else None, (period,), parenting=name in ("Kim", "Lee"), name=name)


KIM, LEE = member("Kim", "1979-03-11"), member("Lee", "1977-11-02")
SAM, ASH = member("Sam", "2000-02-14"), member("Ash", "2004-09-30")


def family(*members: Member, attached: date | None = ATTACHED) -> Household:
    return Household("FAMILY-1", members or (KIM, LEE, SAM, ASH), attached)


def fact(
    kind: str, person: str | None, starts: date, ends: date | None, recorded: date | None, **value: object
) -> Fact:
    number = "-".join(str(part) for part in (kind, person, starts, *value.values()))
    confirmed = bool(value.pop("confirmed", True))
    return Fact(number, kind, person, Period(starts, ends), value, "Test feed", recorded or starts, confirmed)


def event(kind: str, person: str | None, on: str, *, recorded: str | None = None, **value: object) -> Fact:
    return fact(kind, person, day(on), day(on), day(recorded) if recorded else None, **value)


def spell(
    kind: str,
    person: str | None,
    starts: str,
    ends: str | None = None,
    *,
    recorded: str = "2014-10-08",
    **value: object,
) -> Fact:
    return fact(kind, person, day(starts), day(ends) if ends else None, day(recorded), **value)


def asb(person: str | None, on: str, instrument: str = "ABC", **more: object) -> Fact:
    return event("asb_intervention", person, on, instrument=instrument, **more)


def offence(person: str | None, on: str, **more: object) -> Fact:
    return event("offence_proven", person, on, **more)


def benefit(person: str, starts: str, ends: str | None = None, name: str = "JSA", **more: object) -> Fact:
    return spell("benefit_spell", person, starts, ends, benefit=name, **more)


def work(person: str, starts: str, ends: str | None = None, **more: object) -> Fact:
    return spell("employment_spell", person, starts, ends, **more)


def checked(kind: str, starts: str = "2011-04-01", ends: str = "2014-10-14", person: str | None = None) -> Fact:
    return Fact(
        f"checked-{kind}-{person}-{starts}-{ends}",
        "records_checked",
        person,
        Period(day(starts), day(ends)),
        {"for": kind},
        "Test feed",
        day(ends),
    )


def attendance(person: str, term: str, unauthorised: int = 0, possible: int = 120, **value: object) -> Fact:
    when = next(each for each in TERMS if each.name == term)
    return fact(
        "attendance_term",
        person,
        when.starts_on,
        when.ends_on,
        when.ends_on,
        term=term,
        possible=possible,
        attended=possible - unauthorised,
        unauthorised=unauthorised,
        **value,
    )


def schooling(person: str, terms: tuple[str, ...], unauthorised: int = 0, **value: object) -> tuple[Fact, ...]:
    return tuple(attendance(person, term, unauthorised, **value) for term in terms)


CHECKED = tuple(
    checked(kind)
    for kind in (
        "offence_proven",
        "asb_intervention",
        "exclusion_fixed",
        "exclusion_permanent",
        "benefit_spell",
        "esf_attached",
        "work_programme",
    )
)
GOOD = (
    *CHECKED,
    *(asb("sam", on) for on in ("2013-01-12", "2013-03-02", "2013-04-27", "2013-05-11", "2013-05-25")),
    asb("sam", "2014-05-09"),
    *(offence("sam", on) for on in ("2013-02-01", "2013-02-15", "2013-03-01")),
    offence("sam", "2014-06-01"),
    *schooling("sam", BEFORE, 24),
    *schooling("sam", AFTER, 6),
    *schooling("ash", BEFORE + AFTER, 2),
    benefit("kim", "2011-09-05", "2014-01-05"),
    work("kim", "2014-01-06"),
    spell("esf_attached", "lee", "2014-07-01"),
    spell("child_in_need", "ash", "2013-02-01", "2013-11-15"),
)


def judged(
    *facts: Fact, on: date = ON, household: Household | None = None, scheme: Scheme = CONFIRMED, terms: tuple = TERMS
) -> Judgement:
    return judge(scheme, household or family(), facts, on, terms)


def without(*kinds: str, facts: tuple[Fact, ...] = GOOD) -> tuple[Fact, ...]:
    """The good facts without these kinds; 'checked:KIND' takes away only the check of that kind."""
    return tuple(f for f in facts if f.kind not in kinds and f"checked:{f.value.get('for')}" not in kinds)


def answers(judgement: Judgement, rule: str, about: str | None = None) -> list[str]:
    """What the trace says of one rule, of everybody or of one person."""
    steps = [step for step in judgement.steps if step.row.id == rule]
    return [step.finding.answer.value for step in steps if about is None or step.about == about]


def answer(judgement: Judgement, rule: str, about: str | None = None) -> str:
    (found,) = answers(judgement, rule, about)
    return found


def reason(judgement: Judgement, rule: str, about: str | None = None) -> str:
    (step,) = [s for s in judgement.steps if s.row.id == rule and (about is None or s.about == about)]
    return step.finding.reason


def component(judgement: Judgement, name: str):
    (found,) = [each for each in judgement.components if each.name == name]
    return found


def result(judgement: Judgement, name: str) -> str:
    return component(judgement, name).answer.value


def blocks(judgement: Judgement, name: str) -> set[str]:
    return {block.rule for block in component(judgement, name).blocked_by}
