"""Where the thresholds of results turn: months, weeks, shares and numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from performance.pbr.rules import Fact, Row, calendar
from tests.performance.pbr.edges import NUMBER, Edge, Edges, answer, edges_of, last_terms, over
from tests.performance.pbr.later import DAY, World


def on_the_way(row: Row, world: World) -> Edges:
    window = calendar.months_to(world.on, row.value["months"])

    def ask(on: date) -> str:
        return answer(world, row, world.fact("esf_attached", on, None, "kim", recorded=max(on, world.on)))

    for edge in over(edges_of(window.first, window.last), ask, "met", "not_met"):
        yield edge._replace(found=edge.found if edge.found == "met" else "not_met")


def weeks(row: Row, world: World) -> Edges:
    """Weeks in work and off benefits: for the row of the route while the table is not confirmed, else by benefit."""
    by_benefit = row.kind == "weeks_by_benefit"
    route = next(each for each in world.scheme.results if each.kind == "continuous_employment")
    table = next(each.id for each in world.plain.results if each.kind == "weeks_by_benefit")
    others = {each.id: "x" for each in world.plain.rows.values() if each.grade == "U" and each.id != table}
    scheme = world.scheme if by_benefit else world.plain.confirming(others)
    asked = row.value["weeks"] if by_benefit else {"JSA": row.value["weeks"]}
    starts = world.attached + 60 * DAY

    def ask(benefit: str, days: int) -> str:
        end = starts + days * DAY
        left = world.fact("benefit_spell", date(2011, 9, 5), starts - DAY, "kim", benefit=benefit)
        works = world.fact("employment_spell", starts, None, "kim", recorded=end)
        known = world.checked("benefit_spell", ends=end)
        return answer(world, route, left, works, *known, about="kim", scheme=scheme, on=end)

    for benefit, needed in asked.items():
        if benefit != "other":
            for label, days in zip(NUMBER, (-1, 0, 1), strict=True):
                yield Edge(label, ask(benefit, 7 * needed + days), "not_met" if days < 0 else "met")


def few_exclusions(row: Row, world: World) -> Edges:
    limit, terms = row.value["fewer_than"], last_terms(world, row.value["terms"], world.on)
    known = [*world.checked(), *world.school(100)]

    def ask(*days: date) -> str:
        facts = [replace(world.event("exclusion_fixed", on, "sam"), id=f"x{n}") for n, on in enumerate(days)]
        return answer(world, row, *known, *facts, about="sam")

    middle = [terms[1].starts_on] * (limit - 2)
    for label, count in zip(NUMBER, (limit - 1, limit, limit + 1), strict=True):
        yield Edge(label, ask(*[terms[1].starts_on] * count), "met" if count < limit else "not_met")
    yield Edge("first day", ask(terms[0].starts_on, *middle, terms[-1].ends_on), "not_met")
    yield Edge("day before", ask(terms[0].starts_on - DAY, *middle, terms[-1].ends_on), "met")
    yield Edge("last day", ask(*middle, terms[-1].starts_on, world.on - DAY), "not_met")
    yield Edge("day after", ask(*middle, terms[-1].starts_on, world.on + DAY), "met")


def reducing(world: World, kind: str) -> Callable[[str, date, int], list[Fact]]:
    value = {"instrument": "ABC"} if kind == "asb_intervention" else {}

    def many(name: str, on: date, count: int) -> list[Fact]:
        return [replace(world.event(kind, on, "sam", **value), id=f"{name}{n}") for n in range(count)]

    return many


def reduction(row: Row, world: World) -> Edges:
    """So many per cent fewer in the last months than in those before the service began; later ones count as well."""
    share, many = row.value["percent"], reducing(world, row.value["fact"])
    window = calendar.months_to(world.on - DAY, row.value["months"])
    before = many("b", world.attached - 40 * DAY, 100)
    known = world.checked(ends=world.on)

    def ask(after: int, on: date = window.last) -> str:
        return answer(world, row, *known, *before, *many("a", on, after))

    for label, after, expected in (("below", 101 - share, "not_met"), ("at", 100 - share, "met"),
                                   ("above", 99 - share, "met")):  # fmt: skip
        yield Edge(label, ask(after), expected)
    yield Edge("first day", ask(100, window.first), "not_met")
    yield Edge("day before", ask(100, window.first - DAY), "met")
    yield Edge("last day", ask(100, world.on), "not_met")
    yield Edge("day after", ask(100, world.on + DAY), "met")


def baseline(row: Row, world: World) -> Edges:
    """Only what was recorded in these months stands before: from none there is nothing to reduce."""
    result = next(each for each in world.scheme.results if each.value.get("baseline") == row.kind)
    window = calendar.months_to(world.attached - DAY, row.value["months"])
    many, known = reducing(world, result.value["fact"]), world.checked(ends=world.on)

    def ask(on: date) -> str:
        return answer(world, result, *known, *many("b", on, 1))

    yield from over(edges_of(window.first, window.last), ask, "met", "neutral")


def sustained(row: Row, world: World) -> Edges:
    """Progress seen on every day of the months: from when it was reached, or from the closing of the case."""
    closing = row.value["from"] == "closing"
    starts = world.closed if closing else world.attached + 100 * DAY
    window = calendar.months_from(starts, row.value["months"])
    problem, rest = world.problems[0], [f for f in world.good() if f.kind != "progress_reached"]

    def ask(last: date, first: date = starts, *, on: date = world.on) -> str:
        better = world.better(problem, first, last)
        facts = [*rest, *(world.better(other, world.attached + 90 * DAY) for other in world.problems[1:]), better]
        steps = world.judged(*facts, on=on).steps
        (found,) = [s.finding for s in steps if s.row.id == row.id and better.id in s.finding.facts]
        return "met" if found.answer.value == "met" else "not met or not known"

    no = "not met or not known"
    yield Edge("below", ask(window.last - DAY), no)
    yield Edge("at", ask(window.last), "met")
    yield Edge("above", ask(window.last + DAY), "met")
    yield Edge("first day", ask(window.last, window.first), "met")
    yield Edge("day before", ask(window.last, window.first - DAY), "met")
    yield Edge("day after", ask(window.last, window.first + DAY), no)
    yield Edge("last day", ask(window.last, on=window.last + DAY), "met")
    yield Edge("last day not over", ask(window.last, on=window.last), no)


def each_term(row: Row, world: World) -> Edges:
    """Every term by itself has to reach the share, or to be above it."""
    above = row.value.get("above_percent")
    share, world = above or row.value["at_least_percent"], world if above is None else early()
    terms = last_terms(world, row.value["terms"], world.on)

    def ask(attended: int, term: str = terms[1].name) -> str:
        facts = world.school(100, **{term: attended})
        steps = world.judged(*facts, *map(world.found, world.problems)).steps
        found = {step.finding.answer.value for step in steps if step.row.id == row.id and step.about == "sam"}
        return "not_met" if "not_met" in found else "/".join(sorted(found))

    yield Edge("below", ask(share - 1), "not_met")
    yield Edge("at", ask(share), "met" if above is None else "not_met")
    yield Edge("above", ask(share + 1), "met")
    every = [term.name for term in world.terms]
    first, last = every.index(terms[0].name), every.index(terms[-1].name)
    yield Edge("first day", ask(0, every[first]), "not_met")
    yield Edge("day before", ask(0, every[first - 1]), "met")
    yield Edge("last day", ask(0, every[last]), "not_met")
    yield Edge("day after", ask(0, every[last + 1]), "met")


def early() -> World:
    """A family of the expanded programme whose three terms ended before September 2015: made up, to test the row."""
    world = World("P2", "2014-08-04", "2015-08-20", ("health", "abuse"))
    world.scheme = replace(world.scheme, starts_on=date(2014, 4, 1))
    return world
