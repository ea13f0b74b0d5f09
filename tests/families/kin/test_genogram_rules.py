"""Whatever a family is like: nobody covers anybody, and every line ends at its people."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from families.kin.rules.drawing import drawn
from families.kin.rules.generations import generations
from families.kin.rules.layout import arranged
from families.kin.rules.marks import HALF, Drawing, Line, Mark
from families.kin.rules.tree import Descent, Figure, Pair, Shape, Style, Tree

SHEET_WIDTH, SHEET_HEIGHT = 277 / 25.4 * 96, 150 / 25.4 * 96
"""What of a lying A4 sheet the drawing may fill, in units of the screen: the words stand on the next."""
NEAR = 0.2


def figure(name: str, shape: Shape = Shape.CIRCLE, **more) -> Figure:
    return Figure(name, shape, lines=(name,), **more)


@st.composite
def families(draw, most: int = 12) -> Tree:
    """Any people, related in any way that the record allows, and in some that it does not."""
    names = [f"p{n}" for n in range(draw(st.integers(1, most)))]
    figures = tuple(
        figure(name, draw(st.sampled_from(Shape)), here=draw(st.booleans()), young=draw(st.booleans()),
               born=draw(st.none() | st.dates(date(1930, 1, 1), date(2014, 1, 1))))
        for name in names
    )  # fmt: skip
    twos = list(combinations(names, 2))
    some = st.lists(st.sampled_from(twos), unique=True, max_size=len(names)) if twos else st.just([])
    descents = {(parent, child): Descent(parent, child, draw(st.booleans())) for parent, child in draw(some)}
    pairs = tuple(Pair(one, other, slashes=draw(st.integers(0, 2))) for one, other in draw(some))
    return Tree(figures, pairs, tuple(descents.values()), tuple(draw(some)))


@st.composite
def three_generations(draw) -> Tree:
    """Ten people at most: four grandparents, parents with a partner each, children of one couple or another."""
    old = [("gm1", "gf1"), ("gm2", "gf2")][: draw(st.integers(1, 2))]
    middle = ["mum", "dad", "ex", "aunt"][: draw(st.integers(2, 4))]
    young = [f"c{n}" for n in range(draw(st.integers(1, 10 - 2 * len(old) - len(middle))))]
    names = [*(name for two in old for name in two), *middle, *young]
    figures = tuple(figure(n, draw(st.sampled_from(Shape)), here=draw(st.booleans()), young=n in young) for n in names)
    descents = [Descent(parent, "mum") for parent in old[0]]
    if len(old) > 1:
        descents += [Descent(parent, "dad") for parent in old[1]]
    if "aunt" in middle:
        descents += [Descent(parent, "aunt") for parent in old[0]]
    for child in young:
        other = draw(st.sampled_from([name for name in middle if name in {"dad", "ex"}]))
        descents += [Descent("mum", child), Descent(other, child)]
    pairs = [Pair(*two) for two in old] + [Pair("mum", "dad")]
    return Tree(figures, tuple(pairs), tuple(descents))


def touch(one: Mark, other: Mark) -> bool:
    a, b = one.box, other.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def is_on(mark: Mark, point: tuple[float, float]) -> bool:
    """Tell whether a point is on the edge of somebody's symbol, or at the foot of their words."""
    left, top, right, bottom = mark.box
    x, y = point
    at_side = abs(y - mark.y) < NEAR and HALF / 2 - NEAR <= abs(x - mark.x) <= HALF + NEAR
    at_top = abs(y - top) < NEAR and abs(x - mark.x) <= HALF
    at_foot = abs(y - bottom) < NEAR and left <= x <= right
    return at_side or at_top or at_foot


def ends_where(line: Line, marks: dict[str, Mark], drawing: Drawing) -> bool:
    """A line ends at its people; one down from a couple begins on that couple's line."""
    if line.joins and all(any(is_on(marks[who], p) for p in (line.points[0], line.points[-1])) for who in line.joins):
        return True
    couples = [one for one in drawing.lines if len(one.joins) == 2 and set(one.joins) == set(line.joins)]
    return any(lies_on(line.points[0], one) for one in couples if one is not line)


def lies_on(point: tuple[float, float], line: Line) -> bool:
    return any(
        min(a[0], b[0]) - NEAR <= point[0] <= max(a[0], b[0]) + NEAR
        and min(a[1], b[1]) - NEAR <= point[1] <= max(a[1], b[1]) + NEAR
        for a, b in zip(line.points, line.points[1:], strict=False)
    )


def inside(points: Sequence[tuple[float, float]], x: float, y: float) -> bool:
    """Tell whether a point is within a closed line: a ray from it crosses that an odd number of times."""
    found = False
    for (x1, y1), (x2, y2) in pairwise(points):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


class TestAnyFamily:
    @settings(max_examples=60, deadline=None)
    @given(families())
    def test_is_drawn_with_nobody_over_anybody(self, tree):
        drawing = drawn(tree)
        marks = {mark.figure.id: mark for mark in drawing.marks}
        assert set(marks) == {figure.id for figure in tree.figures}
        assert not [pair for pair in combinations(drawing.marks, 2) if touch(*pair)]
        for mark in drawing.marks:
            left, top, right, bottom = mark.box
            assert min(left, top) >= 0
            assert right <= drawing.width
            assert bottom <= drawing.height

    @settings(max_examples=60, deadline=None)
    @given(families())
    def test_is_drawn_with_every_line_at_its_people(self, tree):
        drawing = drawn(tree)
        marks = {mark.figure.id: mark for mark in drawing.marks}
        lost = [line for line in drawing.lines if line.joins and not ends_where(line, marks, drawing)]
        assert lost == []
        reached = {who for line in drawing.lines for who in line.joins}
        assert reached >= {who for pair in tree.couples for who in pair.ids}

    @settings(max_examples=60, deadline=None)
    @given(families())
    def test_is_drawn_with_the_household_within_its_boundary_and_nobody_else(self, tree):
        drawing = drawn(tree)
        for mark in drawing.marks:
            corners = [(mark.box[0], mark.box[1]), (mark.box[2], mark.box[3]), (mark.x, mark.y)]
            within = {any(inside(line.points, x, y) for line in drawing.boundary) for x, y in corners}
            assert within == {mark.figure.here}, mark.figure


class TestTenPeopleInThreeGenerations:
    @settings(max_examples=60, deadline=None)
    @given(three_generations())
    def test_fit_a_laptop_and_a_sheet_of_paper(self, tree):
        drawing = drawn(tree)
        assert drawing.width <= 1280
        assert drawing.height * min(1, SHEET_WIDTH / drawing.width) <= SHEET_HEIGHT

    @settings(max_examples=60, deadline=None)
    @given(three_generations())
    def test_stand_each_generation_in_a_row(self, tree):
        rows = arranged(tree).row_of
        assert all(rows[one.child] == rows[one.parent] + 1 for one in tree.descents)
        assert all(rows[pair.one] == rows[pair.other] for pair in tree.couples)


class TestAPicture:
    def mum_and_dad(self, **more) -> Drawing:
        tree = Tree(
            (figure("mum", here=True), figure("dad", Shape.SQUARE), figure("girl", here=True, young=True)),
            (Pair("mum", "dad", **more),),
            (Descent("mum", "girl"), Descent("dad", "girl")),
        )
        return drawn(tree)

    def test_has_the_man_on_the_left_and_the_child_in_the_middle_below(self):
        x = {mark.figure.id: mark.x for mark in self.mum_and_dad().marks}
        assert x["dad"] < x["girl"] < x["mum"]
        assert x["girl"] - x["dad"] == pytest.approx(x["mum"] - x["girl"], abs=2)

    @pytest.mark.parametrize("number", [0, 1, 2])
    def test_has_a_slash_for_separated_and_two_for_divorced(self, number):
        assert len(self.mum_and_dad(slashes=number).slashes) == number

    def test_of_parents_who_are_no_couple_has_a_dotted_line(self):
        tree = Tree((figure("a"), figure("b"), figure("c")), (), (Descent("a", "c"), Descent("b", "c")))
        assert [line.style for line in drawn(tree).lines].count(Style.DOTTED) == 1

    def test_of_a_foster_child_has_a_broken_line_to_the_child(self):
        tree = Tree((figure("a"), figure("c")), (), (Descent("a", "c", dashed=True),))
        assert [line.style for line in drawn(tree).lines if line.joins == ("c",)] == [Style.DASHED]

    def test_of_nobody_is_empty(self):
        assert drawn(Tree(())).marks == ()

    def test_keeps_a_household_together_although_an_earlier_partner_is_older(self):
        tree = Tree(
            (
                figure("ex", Shape.SQUARE, born=date(1970, 1, 1)), figure("mum", here=True, born=date(1980, 1, 1)),
                figure("new", Shape.SQUARE, here=True), figure("c1", here=True, born=date(2001, 1, 1)),
                figure("c2", here=False, born=date(2003, 1, 1)), figure("c3", here=True, born=date(2010, 1, 1)),
            ),
            (Pair("mum", "ex", slashes=2), Pair("mum", "new")),
            tuple(Descent(p, c) for p, c in (("mum", "c1"), ("ex", "c1"), ("mum", "c2"), ("ex", "c2"),
                                             ("mum", "c3"), ("new", "c3"))),
        )  # fmt: skip
        assert len(drawn(tree).boundary) == 1


class TestGenerations:
    def test_of_a_partners_parents_are_one_above_the_partner(self):
        rows = generations(
            ["gran", "mum", "dad", "grandad", "child"],
            beside=[("mum", "dad")],
            below=[("gran", "mum"), ("grandad", "dad"), ("mum", "child"), ("dad", "child")],
        )
        assert rows == {"gran": 0, "grandad": 0, "mum": 1, "dad": 1, "child": 2}

    def test_of_somebody_without_relatives_is_that_of_the_grown_up_or_of_the_young(self):
        people = ["gran", "mum", "child", "lodger", "friend"]
        below = [("gran", "mum"), ("mum", "child")]
        rows = generations(people, beside=[], below=below, young=frozenset({"child", "friend"}))
        assert (rows["lodger"], rows["friend"]) == (1, 2)
