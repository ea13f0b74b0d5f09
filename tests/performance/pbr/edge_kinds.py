"""Where dates, limits and settings turn; and for each kind of threshold how it is tested."""

from collections.abc import Callable
from datetime import date

from performance.pbr.rules import Row, Scheme, calendar, claim_window_on, is_behind, judge, most_for_one_family
from tests.performance.pbr import story
from tests.performance.pbr.edges import (
    NUMBER,
    P1,
    WINDOW,
    Edge,
    Edges,
    absence,
    answer,
    attendance,
    combination,
    dependent_child,
    edges_of,
    elsewhere,
    event,
    exclusions,
    going_on,
    over,
    permanent,
)
from tests.performance.pbr.edges_of_results import (
    baseline,
    each_term,
    few_exclusions,
    on_the_way,
    reduction,
    sustained,
    weeks,
)
from tests.performance.pbr.later import DAY, World


def claim_window(row: Row, world: World) -> Edges:
    def ask(on: date) -> bool:
        found = claim_window_on(world.scheme, on)
        return found is not None and found.id == row.id

    yield from over(edges_of(row.starts_on, row.ends_on), ask, inside=True, outside=False)


def last_payment(row: Row, world: World) -> Edges:
    def ask(on: date) -> bool:
        facts = story.GOOD if world is P1 else world.good()
        judgement = (
            judge(world.scheme, story.family(), facts, on, story.TERMS) if world is P1 else world.judged(*facts, on=on)
        )
        return any(block.rule == row.id for each in judgement.components for block in each.blocked_by)

    yield Edge("last day", ask(row.ends_on), expected=False)
    yield Edge("day after", ask(row.ends_on + DAY), expected=True)
    yield Edge("first day", row.in_force(world.scheme.starts_on), expected=True)
    yield Edge("day before", row.in_force(world.scheme.starts_on - DAY), expected=True)


def fresh(row: Row, world: World) -> Edges:
    """A time that nobody saw end is believed for so many months after it was last seen."""
    asked = next(each for each in world.scheme.criteria if each.kind == "out_of_work_benefit")

    def ask(seen: date) -> str:
        spell = world.fact("benefit_spell", date(2011, 9, 5), None, "kim", benefit="JSA", recorded=seen)
        return answer(world, asked, spell)

    last = calendar.months_after(world.attached, -row.value["months"])
    yield Edge("below", ask(last + DAY), "met")
    yield Edge("at", ask(last), "met")
    yield Edge("above", ask(last - 4 * DAY), "not_known")


def pledge(row: Row, world: World) -> Edges:
    share = row.value["percent"]
    for label, attached in zip(NUMBER, (share - 1, share, share + 1), strict=True):
        yield Edge(label, is_behind(world.scheme, attached=attached, pledged=100), attached < share)


def most(row: Row, world: World) -> Edges:
    """The dearest result that still fits beside the attachment fee, and a pound more."""
    name = "continuous_employment" if world is P1 else "sustained_progress"
    facts, household = (story.GOOD, story.family()) if world is P1 else (world.good(), world.household)
    terms, attached = (story.TERMS, story.ATTACHED) if world is P1 else (world.terms, world.attached)
    price = next(each for each in world.scheme.prices if each.group == name and each.in_force(attached))
    now = int(price.value["pounds"])
    room = int(row.value["pounds"]) - (int(most_for_one_family(world.scheme, attached)) - now)

    def ask(pounds: int) -> bool:
        scheme: Scheme = world.scheme.setting({price.id: {"pounds": str(pounds)}})
        judgement = judge(scheme, household, facts, world.on, terms)
        (found,) = [each for each in judgement.components if each.name == name]
        return row.id in {block.rule for block in found.blocked_by}

    for label, pounds in zip(NUMBER, (room - 1, room, room + 1), strict=True):
        yield Edge(label, ask(pounds), pounds > room)


def school_age(row: Row, world: World) -> Edges:
    """Of school age in a term from the one after the fifth birthday to that of the last Friday in June at sixteen."""
    term = next(each for each in world.terms if each.name.endswith("autumn"))
    year, (fifth, sixteenth) = term.starts_on.year, (row.value["from"], row.value["to"])
    turns = date(year - fifth, term.starts_on.month, term.starts_on.day)
    yield Edge("below", calendar.of_school_age_in(turns, term), expected=False)
    yield Edge("at", calendar.of_school_age_in(turns - DAY, term), expected=True)
    yield Edge("above", calendar.of_school_age_in(turns - 2 * DAY, term), expected=True)
    yield Edge("last day", calendar.of_school_age_in(date(year - sixteenth, 9, 1), term), expected=True)
    yield Edge("day after", calendar.of_school_age_in(date(year - sixteenth, 8, 31), term), expected=False)


KINDS: dict[str, tuple[Callable[[Row, World], Edges], tuple[str, ...]]] = {
    **dict.fromkeys(("offence_by_a_minor", "asb_intervention", "local_concern", "happened", "found"),
                    (event, (*NUMBER, *WINDOW))),
    **dict.fromkeys(("goes_on", "alternative_provision", "not_on_roll", "out_of_work_benefit"), (going_on, WINDOW)),
    "fixed_exclusions": (exclusions, (*NUMBER, *WINDOW)),
    "permanent_exclusion": (permanent, ("below", "at", *WINDOW)),
    "unauthorised_absence": (absence, (*NUMBER, *WINDOW)),
    "absence_below": (absence, (*NUMBER, *WINDOW)),
    "low_attendance": (attendance, (*NUMBER, *WINDOW)),
    "combination": (combination, ("below", "at")),
    "floor": (combination, ("below", "at")),
    "dependent_child": (dependent_child, (*NUMBER, "last day", "day after")),
    "elsewhere_once": (elsewhere, NUMBER),
    "progress_to_work": (on_the_way, WINDOW),
    "continuous_employment": (weeks, NUMBER),
    "weeks_by_benefit": (weeks, NUMBER),
    "exclusions_below": (few_exclusions, (*NUMBER, *WINDOW)),
    "asb_reduction": (reduction, (*NUMBER, *WINDOW)),
    "offending_reduction": (reduction, (*NUMBER, *WINDOW)),
    "asb_baseline": (baseline, WINDOW),
    "offending_baseline": (baseline, WINDOW),
    "sustained": (sustained, (*NUMBER, *WINDOW)),
    "attendance_above": (each_term, (*NUMBER, *WINDOW)),
    "claim_window": (claim_window, WINDOW),
    "last_payment": (last_payment, WINDOW),
    "fresh": (fresh, NUMBER),
    "least_worked_with": (pledge, NUMBER),
    "most_per_family": (most, NUMBER),
    "school_age": (school_age, (*NUMBER, "last day", "day after")),
}  # fmt: skip
"""For each kind of threshold how it is tested, and which cases there have to be."""
