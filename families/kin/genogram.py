"""The genogram of a family on a day: the picture, and the same in sentences."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from uuid import uuid4

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from families.kin.models import Relationship
from families.kin.rules.bonds import PLURAL, Bond, Kind, brothers_and_sisters, half_siblings, of_one_parent
from families.kin.rules.drawing import drawn
from families.kin.rules.marks import Drawing
from families.kin.rules.tree import Descent, Figure, Pair, Shape, Style, Tree
from families.kin.sight import Sight
from families.people.models import Family, Membership, Person
from families.people.rules import ADULT, LIVES_THERE, age_on
from slf.accounts.models import User
from slf.web.words import day_in_words

Part = Membership.Part
LETTERS, NAME_LINES = 14, 3
SHAPES = {Person.Gender.MALE: Shape.SQUARE, Person.Gender.FEMALE: Shape.CIRCLE}
CALLED = {Person.Gender.MALE: "man", Person.Gender.FEMALE: "woman"}
CALLED_YOUNG = {Person.Gender.MALE: "boy", Person.Gender.FEMALE: "girl"}
PARENTS = {
    Kind.BIRTH: "birth parent",
    Kind.ADOPTIVE: "adoptive parent",
    Kind.STEP: "step-parent",
    Kind.FOSTER: "foster parent",
}


@dataclass(frozen=True)
class Genogram:
    """A family as it was on a day, drawn and told."""

    family: Family
    sight: Sight

    @property
    def on(self) -> date:
        return self.sight.on

    @cached_property
    def drawing(self) -> Drawing:
        return drawn(tree_of(self.sight))

    @cached_property
    def svg(self) -> SafeString:
        """The drawing, whole: nothing in it needs a stylesheet, a script or another file."""
        id_ = f"genogram-{uuid4().hex[:8]}"
        context = {"genogram": self, "drawing": self.drawing, "id": id_, "day": day_in_words(self.on)}
        return render_to_string("families/kin/genogram.svg", context)

    @cached_property
    def words(self) -> list[str]:
        """Everything the drawing shows, in sentences."""
        sight = self.sight
        told = (told_people(sight), told_couples(sight), told_parents(sight), told_siblings(sight), told_carers(sight))
        return [sentence for part in told for sentence in part]


def genogram(family: Family, *, user: User, on: date) -> Genogram:
    return Genogram(family, Sight.of(family, user=user, on=on))


# The picture


def tree_of(sight: Sight) -> Tree:
    return Tree(
        tuple(figure_of(person, sight) for person in sight.people.values()),
        tuple(pair_of(rows, sight) for rows in sight.couples().values()),
        tuple(descents_of(sight)),
        tuple((str(row.person.pk), str(row.other.pk)) for row in sight.of_bond(Bond.SIBLING)),
    )


def figure_of(person: Person, sight: Sight) -> Figure:
    here, age = sight.here.get(person.pk), age_of(person, sight)
    expected = here is not None and here.part == Part.EXPECTED
    return Figure(
        id=str(person.pk),
        shape=Shape.TRIANGLE if expected else SHAPES.get(person.gender, Shape.DIAMOND),
        lines=(*name_lines(str(person)), *(line for line in [detail_of(person, sight)] if line)),
        inside="" if age is None else str(age),
        dead=person.pk in sight.died,
        here=here is not None and here.part in LIVES_THERE,
        young=expected or is_young(person, sight),
        born=person.born_on,
    )


def name_lines(name: str) -> list[str]:
    return textwrap.wrap(name, LETTERS, max_lines=NAME_LINES, placeholder="…") or ["…"]


def age_of(person: Person, sight: Sight) -> int | None:
    """Return how old somebody was on the day, or when they died; who was not born yet had no age."""
    day = sight.died.get(person.pk, sight.on)
    return age_on(person.born_on, day) if person.born_on and person.born_on <= day else None


def is_young(person: Person, sight: Sight) -> bool:
    if (age := age_of(person, sight)) is not None:
        return age < ADULT
    return person.pk in sight.here and sight.here[person.pk].part in {Part.CHILD, Part.CARE}


def detail_of(person: Person, sight: Sight) -> str:
    """Return what stands below a name: what the symbol does not say."""
    here = sight.here.get(person.pk)
    if person.pk in sight.died:
        return f"died {sight.died[person.pk].year}"
    if here is None:
        return f"left {sight.gone[person.pk].year}" if person.pk in sight.gone else ""
    if here.part == Part.EXPECTED and person.expected_on:
        return f"due {person.expected_on:%b %Y}"
    return {Part.AWAY: "lives elsewhere", Part.CARE: "in care"}.get(here.part, "")


def pair_of(rows: Sequence[Relationship], sight: Sight) -> Pair:
    """Return a couple as it was on the day; separation and divorce stand on the line of what they were before."""
    last = rows[-1]
    first = next((row for row in rows if row.kind not in {Kind.SEPARATED, Kind.DIVORCED}), last)
    slashes = {Kind.SEPARATED: 1, Kind.DIVORCED: 2}.get(Kind(last.kind), 1 if sight.is_over(last) else 0)
    return Pair(
        str(last.person.pk),
        str(last.other_id),
        style=Style.DASHED if first.kind == Kind.COHABITING else Style.SOLID,
        slashes=slashes,
        label=str(last.period.lower.year) if last.period.lower else "",
    )


def descents_of(sight: Sight) -> Iterator[Descent]:
    """Yield the lines from parent to child. A step-parent beside the parent needs none."""
    parents = [row for row in sight.of_bond(Bond.PARENT) if not (row.kind == Kind.FOSTER and sight.is_over(row))]
    own = {(row.person.pk, row.other.pk) for row in parents if row.kind in {Kind.BIRTH, Kind.ADOPTIVE}}
    couples = set(sight.couples())
    for row in parents:
        beside = any(child == row.other.pk and frozenset((row.person.pk, one)) in couples for one, child in own)
        if row.kind != Kind.STEP or not beside:
            yield Descent(str(row.person.pk), str(row.other.pk), dashed=row.kind != Kind.BIRTH)


# The words


def told_people(sight: Sight) -> Iterator[str]:
    for person in sight.people.values():
        yield f"{person}: {', '.join(filter(None, said_of(person, sight)))}."


def said_of(person: Person, sight: Sight) -> Iterator[str]:
    here, age = sight.here.get(person.pk), age_of(person, sight)
    if here and here.part == Part.EXPECTED:
        yield f"expected {day_in_words(person.expected_on)}" if person.expected_on else "expected"
        return
    yield (CALLED_YOUNG if is_young(person, sight) else CALLED).get(person.gender, "")
    if person.pk in sight.died:
        yield f"died {day_in_words(sight.died[person.pk])}{f', aged {age}' if age is not None else ''}"
        return
    yield f"aged {age}" if age is not None else "age not known"
    if here:
        yield here.get_part_display().lower() if here.part not in LIVES_THERE else "lives in the household"
    elif person.pk in sight.gone:
        yield f"left the family on {day_in_words(sight.gone[person.pk])}"


def told_couples(sight: Sight) -> Iterator[str]:
    for rows in sight.couples().values():
        for row, after in [*pairwise(rows), (rows[-1], None)]:
            both = f"{row.person} and {row.other}"
            past = after is not None or sight.is_over(row)
            said = PLURAL[Kind(row.kind)].replace("are ", "were ").replace("live ", "lived ") if past else (
                PLURAL[Kind(row.kind)]
            )  # fmt: skip
            yield f"{both} {said}{days_of(row, past=past)}."


def days_of(row: Relationship, *, past: bool) -> str:
    since = f" since {day_in_words(row.period.lower)}" if row.period.lower else ""
    if not past:
        return since
    until = f" until {day_in_words(row.period.upper)}" if row.period.upper else ""
    return since.replace(" since ", " from ") + until


def told_parents(sight: Sight) -> Iterator[str]:
    of_child: dict[int, dict[str, list[str]]] = {}
    for row in sight.of_bond(Bond.PARENT):
        said = f"{row.person}{days_of(row, past=sight.is_over(row))}"
        of_child.setdefault(row.other_id, {}).setdefault(PARENTS[Kind(row.kind)], []).append(said)
    for child, kinds in of_child.items():
        told = [f"{kind}{'s' if len(names) > 1 else ''} {listed(names)}" for kind, names in kinds.items()]
        yield f"{sight.people[child]}: {'; '.join(told)}."


def listed(names: Sequence[str]) -> str:
    """Return "Leah", "Leah and Josh", "Leah, Josh and Ben"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def told_siblings(sight: Sight) -> Iterator[str]:
    ties = [row.tie for row in sight.of_bond(Bond.PARENT)]

    def named(children: Sequence[int]) -> str:
        return listed([str(sight.people[child]) for child in children])

    yield from (f"{named(children)} share both parents." for children in brothers_and_sisters(ties))
    yield from (f"{named(children)} share one parent, as far as is known." for children in of_one_parent(ties))
    yield from (f"{named(one)}: one parent in common with {named(other)}." for one, other in half_siblings(ties))
    for row in sight.of_bond(Bond.SIBLING):
        yield f"{row.person} and {row.other} {PLURAL[Kind.SIBLING]}; their parents are not known."


def told_carers(sight: Sight) -> Iterator[str]:
    for row in sight.of_bond(Bond.CARER):
        past = sight.is_over(row)
        yield f"{row.person} {'cared' if past else 'cares'} for {row.other}{days_of(row, past=past)}."
