"""For each kind of threshold, the cases in which it turns: just below, at and just above, and both edges of its window.

A row of any scheme is tested by its own figures: whoever changes one in the data changes what is tested.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from performance.pbr.rules import Fact, Household, Member, Period, Row, calendar
from performance.pbr.schemes import load
from tests.performance.pbr.later import DAY, P2, SF, World, confirmed, terms_of

NUMBER = ("below", "at", "above")
WINDOW = ("first day", "day before", "last day", "day after")


class Edge(NamedTuple):
    label: str
    found: Any
    expected: Any


class First(World):
    """The first programme, with the same family: Kim and Sam."""

    def __init__(self) -> None:
        self.plain = load("P1")
        self.scheme = confirmed(self.plain)
        self.attached, self.on, self.problems = date(2013, 6, 3), date(2014, 10, 15), ()
        self.terms = terms_of(2013)
        here = (Period(date(2009, 1, 1)),)
        self.kim = Member("kim", date(1979, 3, 11), here, parenting=True, name="Kim")
        self.sam = Member("sam", date(2003, 3, 3), here, name="Sam")
        self.household = Household("FAMILY-1", (self.kim, self.sam), self.attached)


P1 = First()
WORLDS = {"P1": P1, "P2": P2, "SF": SF}
Edges = Iterator[Edge]


def answer(world: World, row: Row, *facts: Fact, about: str | None = None, **more: Any) -> str:
    found = [
        step.finding.answer.value
        for step in world.judged(*facts, **more).steps
        if step.row.id == row.id and step.about == about
    ]
    return found[-1] if found else "no step"


def over(days: dict[str, date], ask: Callable[[date], Any], inside: Any, outside: Any) -> Edges:
    for label in WINDOW:
        yield Edge(label, ask(days[label]), inside if label in ("first day", "last day") else outside)


def edges_of(first: date, last: date) -> dict[str, date]:
    return {"first day": first, "day before": first - DAY, "last day": last, "day after": last + DAY}


# ------------------------------------------------------------------------------------------------- criteria


def happening(row: Row, world: World, on: date, **more: Any) -> Fact:
    """One event of the kind that a criterion asks after."""
    who = {"adult": "kim", "child": "sam"}.get(row.value.get("who", "anybody"))
    makes = {
        "offence_by_a_minor": lambda: world.event("offence_proven", on, "sam", **more),
        "asb_intervention": lambda: world.event("asb_intervention", on, "kim", instrument="ABC", **more),
        "local_concern": lambda: world.event("local_concern", on, None, concern="mental health", **more),
        "happened": lambda: world.event(row.value["fact"], on, who, **more),
        "found": lambda: world.event("problem_identified", on, None, problem=row.value["problem"], **more),
    }
    return makes[row.kind]()


def event(row: Row, world: World) -> Edges:
    """Once in the months that end with the day the service began."""
    window = calendar.months_to(world.attached, row.value["months"])
    known = world.checked()

    def ask(on: date) -> str:
        return answer(world, row, *known, happening(row, world, on))

    yield from over(edges_of(window.first, window.last), ask, "met", "not_met")
    inside = happening(row, world, window.last)
    yield Edge("below", answer(world, row, *known), "not_met")
    yield Edge("at", answer(world, row, *known, inside), "met")
    yield Edge("above", answer(world, row, *known, inside, replace(inside, id="2")), "met")


def going_on(row: Row, world: World) -> Edges:
    """A time that holds the day the service began, or does not."""
    kind = "benefit_spell" if row.kind == "out_of_work_benefit" else row.value["fact"]
    person = "sam" if row.value.get("who") == "child" or row.kind in ("alternative_provision", "not_on_roll") else "kim"
    value = {"benefit": "JSA"} if kind == "benefit_spell" else {}
    value |= {"reason": row.value["reason"]} if "reason" in row.value else {}
    known = [*world.checked(), *world.school()]

    def ask(starts: date, ends: date | None) -> str:
        return answer(world, row, *known, world.fact(kind, starts, ends, person, **value))

    on = world.attached
    yield Edge("first day", ask(on, None), "met")
    yield Edge("day after", ask(on + DAY, None), "not_met")
    yield Edge("last day", ask(on - 50 * DAY, on), "met")
    yield Edge("day before", ask(on - 50 * DAY, on - DAY), "not_met")


def last_terms(world: World, count: int, before: date) -> tuple:
    return calendar.complete_terms(world.terms, before, count)


def exclusions(row: Row, world: World) -> Edges:
    """So many fixed exclusions in the last terms, and the running one with the two before."""
    needed, terms = row.value["at_least"], last_terms(world, row.value["terms"], world.attached)
    known = world.checked("exclusion_fixed")

    def ask(*days: date) -> str:
        facts = [replace(world.event("exclusion_fixed", on, "sam"), id=f"x{n}") for n, on in enumerate(days)]
        return answer(world, row, *known, *facts)

    middle = [terms[1].starts_on] * (needed - 2)
    for label, more in zip(NUMBER, (-1, 0, 1), strict=True):
        yield Edge(label, ask(*[terms[1].starts_on] * (needed + more)), "not_met" if more < 0 else "met")
    yield Edge("first day", ask(terms[0].starts_on, *middle, terms[-1].ends_on), "met")
    yield Edge("day before", ask(terms[0].starts_on - DAY, *middle, terms[-1].ends_on), "not_met")
    yield Edge("last day", ask(*middle, terms[-1].starts_on, world.attached), "met")
    yield Edge("day after", ask(*middle, terms[-1].starts_on, world.attached + DAY), "not_met")


def permanent(row: Row, world: World) -> Edges:
    terms, known = last_terms(world, row.value["terms"], world.attached), world.checked("exclusion_permanent")

    def ask(on: date) -> str:
        return answer(world, row, *known, world.event("exclusion_permanent", on, "sam"))

    yield from over(edges_of(terms[0].starts_on, world.attached), ask, "met", "not_met")
    yield Edge("below", answer(world, row, *known), "not_met")
    yield Edge("at", ask(world.attached), "met")


def sessions(row: Row, world: World, before: date, share: int, ask: Callable[..., str], bad: str, good: str) -> Edges:
    """`share` sessions of a hundred, spread over the terms; and all of them in one term at either edge."""
    terms = last_terms(world, row.value["terms"], before)
    at = share * len(terms)
    for label, number in (("fewer", at - 1), ("at", at), ("more", at + 1)):
        each = {term.name: min(100, max(0, number - 100 * place)) for place, term in enumerate(terms)}
        yield Edge(label, ask(each), None)
    every = [term.name for term in world.terms]
    first, last = every.index(terms[0].name), every.index(terms[-1].name)
    extreme = {"first day": first, "day before": first - 1, "last day": last, "day after": last + 1}
    for label, place in extreme.items():
        expected = bad if label in ("first day", "last day") else good
        yield Edge(label, ask({every[place]: None}), expected)


def absence(row: Row, world: World) -> Edges:
    """Unauthorised sessions, all terms together: the share itself counts, or only more than it."""
    more = "more_than_percent" in row.value
    share = row.value.get("percent") or row.value.get("more_than_percent") or row.value["less_than_percent"]
    result = row.kind == "absence_below"
    before, about = (world.on, "sam") if result else (world.attached, None)

    def ask(missed: dict[str, int | None]) -> str:
        facts = []
        for fact in world.school(100):
            gone = missed.get(fact.value["term"], 0)
            gone = 100 if gone is None else gone
            facts.append(replace(fact, value={**fact.value, "attended": 100 - gone, "unauthorised": gone}))
        return answer(world, row, *world.checked(), *facts, about=about)

    yes, no = ("not_met", "met") if result else ("met", "not_met")
    for edge in sessions(row, world, before, share, ask, yes, no):
        expected = {"fewer": no, "at": no if more else yes, "more": yes}.get(edge.label, edge.expected)
        yield edge._replace(label={"fewer": "below", "more": "above"}.get(edge.label, edge.label), expected=expected)


def attendance(row: Row, world: World) -> Edges:
    """Sessions attended, all terms together: less than the share is met."""

    def ask(attended: dict[str, int | None]) -> str:
        facts = []
        for fact in world.school(100):
            there = attended.get(fact.value["term"], 100)
            facts.append(replace(fact, value={**fact.value, "attended": 0 if there is None else there}))
        return answer(world, row, *world.checked(), *facts)

    for edge in sessions(row, world, world.attached, row.value["below_percent"], ask, "met", "not_met"):
        expected = {"fewer": "met", "at": "not_met", "more": "not_met"}.get(edge.label, edge.expected)
        if edge.label in ("first day", "last day") and row.value["below_percent"] <= 50:
            expected = "not_met"  # one term of two away is half of them, which is not less than half
        yield edge._replace(label={"fewer": "below", "more": "above"}.get(edge.label, edge.label), expected=expected)


# -------------------------------------------------------------------------------- combinations and household

OF_P1 = {
    "1": lambda w: [w.event("asb_intervention", w.attached, "kim", instrument="ABC")],
    "2": lambda w: [replace(w.event("exclusion_fixed", last_terms(w, 3, w.attached)[1].starts_on, "sam"), id=f"x{n}")
                    for n in range(3)],
    "3": lambda w: [w.fact("benefit_spell", w.attached, None, "kim", benefit="JSA")],
    "4": lambda w: [w.event("local_concern", w.attached, None, concern="mental health")],
}  # fmt: skip


def headlines(row: Row, world: World) -> list[list[Fact]]:
    """Facts for one problem after the other of those that the combination counts."""
    if world is P1:
        return [OF_P1[group](world) for group in row.value["of"]]
    codes = {each.group: each.value["problem"] for each in reversed(world.scheme.criteria) if each.kind == "found"}
    return [[world.found(codes[group])] for group in row.value["of"]]


def combination(row: Row, world: World) -> Edges:
    scheme = world.scheme.setting({row.id: {**row.value, "used": True}}) if "used" in row.value else world.scheme
    needed, made = row.value["at_least"], headlines(row, world)
    known = [*world.checked(), *world.school(100)]
    also = [fact for group in row.value.get("and", []) for fact in OF_P1[group](world)]
    for label, count in zip(NUMBER, (needed - 1, needed, needed + 1), strict=True):
        if count <= len(made):
            facts = [fact for some in made[:count] for fact in some]
            found = answer(world, row, *known, *also, *facts, scheme=scheme)
            yield Edge(label, found, "not_met" if count < needed else "met")
    if also:
        facts = [fact for some in made[:needed] for fact in some]
        yield Edge("without the local concern", answer(world, row, *known, *facts, scheme=scheme), "not_met")


def dependent_child(row: Row, world: World) -> Edges:
    under, to = row.value["under"], row.value["to"]

    def born(age: int, days: int) -> date:
        """Whoever turns this age so many days after the service began."""
        return date(world.attached.year - age, world.attached.month, world.attached.day) + days * DAY

    def ask(birthday: date, *facts: Fact) -> str:
        return answer(world, row, *facts, members=(world.kim, replace(world.sam, born=birthday)))

    learns = world.fact("in_education", date(2011, 9, 1), None, "sam", recorded=world.attached)
    works = world.fact("employment_spell", date(2011, 9, 1), None, "sam", recorded=world.attached)
    yield Edge("below", ask(born(under, 1)), "met")
    yield Edge("at", ask(born(under, 0)), "not_known")
    yield Edge("above", ask(born(under, -1), works), "not_met")
    yield Edge("at, in education", ask(born(under, 0), learns), "met")
    yield Edge("at, without work", ask(born(under, 0), *world.checked("employment_spell")), "met")
    yield Edge("last day", ask(born(to + 1, 1), learns), "met")
    yield Edge("day after", ask(born(to + 1, 0), learns), "not_met")
    if row.value.get("expected"):
        expects = world.fact("pregnancy", world.attached, None, "kim")
        yield Edge("expected", ask(born(to + 1, 0), expects), "met")


def elsewhere(row: Row, world: World) -> Edges:
    lee = Member("lee", date(1983, 5, 5), (), parenting=True, name="Lee", elsewhere=(Period(date(2010, 1, 1)),))
    combined = world.scheme.rows["P2-ID-2"]
    known = [*world.checked(), *world.school(100)]

    def ask(*facts: Fact) -> str:
        return answer(world, combined, *known, *facts, members=(world.kim, world.sam, lee))

    own = world.found("abuse", person="kim")
    crime, health = (world.found(problem, person="lee") for problem in ("crime", "health"))
    yield Edge("below", ask(own), "not_met")
    yield Edge("at", ask(own, crime), "met")
    yield Edge("above", ask(crime, health), "not_met")
