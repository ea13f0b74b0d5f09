"""The pictures: true to their figures, readable without colour, and the same figures in the table."""

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from slf.web import charts, drawing
from slf.web.charts import Series, bar_chart, line_chart, star_chart

SVG = "{http://www.w3.org/2000/svg}"
PLACES = ["Charnwood", "Melton"]


def bars(**more):
    series = [Series("Complex", (431, 127), hrefs=("/c/", "/m/")), Series("At risk", (635, None))]
    return bar_chart("Families", labels=PLACES, series=series, **more)


def lines():
    return line_chart("Visits", labels=["May", "June", "July", "August"], series=[Series("Melton", (20, None, 17, 26))])


def star(readings=2, top=10):
    both = [Series("3 March 2014", (2, 4, 5)), Series("1 October 2014", (6, None, 5))]
    return star_chart("Star", areas=["School", "Home", "Work & <health>"], readings=both[:readings], top=top)


def parsed(chart):
    return ElementTree.fromstring(chart.svg)


class TestEveryPicture:
    @pytest.mark.parametrize("make", [bars, lines, star])
    def test_has_a_title_a_description_and_is_one_image_to_a_screen_reader(self, make):
        drawn, chart = parsed(make()), make()
        named = {node.get("id"): node.text for node in drawn if node.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert drawn.get("role") == "img"
        assert drawn.get("aria-labelledby").split() == list(named)
        assert next(iter(named.values())) == chart.title
        assert all(named.values())

    @pytest.mark.parametrize("make", [bars, lines, star])
    def test_needs_no_style_and_no_script(self, make):
        assert not re.search(r"style=|<style|<script|\son\w+=", make().svg)

    @pytest.mark.parametrize("make", [bars, lines, star])
    def test_uses_the_four_colours_of_the_palette_and_greys(self, make):
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", make().svg))
        assert used <= {*drawing.COLOURS, "#0b0c0c", "#484949", "#cecece", "#ffffff"}

    @pytest.mark.parametrize("make", [bars, lines, star])
    def test_stays_inside_its_frame(self, make):
        drawn = parsed(make())
        width, height = float(drawn.get("width")), float(drawn.get("height"))
        for text in drawn.iter(f"{SVG}text"):
            assert 0 <= float(text.get("x")) <= width
            assert 0 <= float(text.get("y")) <= height

    def test_escapes_its_words(self):
        assert "<health>" not in star().svg

    def test_may_stand_on_a_page_twice(self):
        assert bars().id != bars().id

    @pytest.mark.parametrize(
        ("series", "sentence"),
        [
            pytest.param([], "1 to 4 series", id="none"),
            pytest.param([Series(str(n), (1, 2)) for n in range(5)], "1 to 4 series", id="too many to tell apart"),
            pytest.param([Series("a", (1,))], "one figure for each label", id="a figure short"),
            pytest.param([Series("a", (1, -2))], "begin at nought", id="below nought"),
        ],
    )
    def test_refuses_what_it_cannot_draw_truly(self, series, sentence):
        with pytest.raises(ValueError, match=sentence):
            bar_chart("x", labels=PLACES, series=series)


class TestBars:
    def test_are_as_long_as_their_figures(self):
        widths = {}
        for group in drawing.bar(bars())["groups"]:
            for bar in group["bars"]:
                widths[bar["words"]] = bar["width"]
        assert widths["431"] / widths["635"] == pytest.approx(431 / 635, abs=0.01)
        assert widths["not known"] == 0

    def test_are_told_apart_without_colour(self):
        fills = [bar["fill"] for bar in drawing.bar(bars())["groups"][0]["bars"]]
        assert fills[0] == "#12436D"
        assert fills[1].startswith("url(#")


class TestLines:
    def test_break_where_a_figure_is_not_known(self):
        drawn = drawing.line(lines())["lines"][0]
        assert len(drawn["paths"]) == 1  # July to August; May stands alone
        assert len(drawn["marks"]) == 3

    def test_are_dashed_and_marked_differently(self):
        chart = line_chart("x", labels=PLACES, series=[Series(str(n), (n, n)) for n in range(4)])
        drawn = drawing.line(chart)["lines"]
        assert len({line["dash"] for line in drawn}) == 4
        shapes = {re.sub(r"[-\d. ]", "", line["marks"][0]["path"]) for line in drawn}
        assert len(shapes) == 4

    @pytest.mark.parametrize(
        ("top", "steps"), [(3, [0, 1, 2, 3]), (90, [0, 25, 50, 75, 100]), (1284, [0, 500, 1000, 1500])]
    )
    def test_stand_on_a_grid_of_round_numbers(self, top, steps):
        assert drawing.round_steps(top) == steps

    def test_name_the_first_and_the_last_of_many_days(self):
        labels = [str(n) for n in range(31)]
        named = [
            x["text"] for x in drawing.line(line_chart("x", labels=labels, series=[Series("a", range(31))]))["x_labels"]
        ]
        assert (named[0], named[-1]) == ("0", "30")
        assert len(named) <= 7

    @pytest.mark.parametrize("label", ["Nov 2013", "3 October 2013", "Q1"])
    @pytest.mark.parametrize("count", [2, 6, 7, 12, 31])
    def test_names_points_so_that_no_name_runs_into_the_next(self, label, count):
        drawn = drawing.line(line_chart("x", labels=[label] * count, series=[Series("a", range(count))]))
        before = {"start": 0, "middle": 0.5, "end": 1}
        width = len(label) * drawing.LETTER
        begins = [name["x"] - before[name["anchor"]] * width for name in drawn["x_labels"]]
        assert all(right - left >= width for left, right in pairwise(begins))


class TestTheStar:
    def test_has_the_best_at_the_rim_and_nought_in_the_middle(self):
        assert drawing.spoke((0, 0), 0, 8, 1) == (0, -drawing.RADIUS)
        assert drawing.spoke((0, 0), 0, 8, 0) == (0, 0)

    def test_shows_the_first_reading_dashed_and_the_last_filled(self):
        first, last = drawing.star(star())["readings"]
        assert first["dash"]
        assert not first["filled"]
        assert not last["dash"]
        assert last["filled"]

    def test_shows_an_only_reading_as_the_last(self):
        assert drawing.star(star(readings=1))["readings"][0]["filled"]

    def test_leaves_out_an_area_that_was_not_asked(self):
        assert [len(reading["marks"]) for reading in drawing.star(star())["readings"]] == [3, 2]

    def test_takes_two_readings_and_no_more(self):
        with pytest.raises(ValueError, match="two readings"):
            star_chart("x", areas=["a"], readings=[Series(str(n), (1,)) for n in range(3)], top=10)


class TestTheTableBesideIt:
    @pytest.mark.parametrize("make", [bars, lines, star])
    def test_has_every_figure_of_the_picture(self, make, draw):
        chart = make()
        page = draw("{% chart chart %}", chart=chart)
        cells = [[cell.text for cell in row.all("td")] for row in page.one("tbody").all("tr")]
        expected = [[chart.words(series.values[i]) for series in chart.series] for i in range(len(chart.labels))]
        assert cells == expected
        assert [head.text for head in page.one("tbody").all("th")] == list(chart.labels)

    def test_opens_the_list_behind_a_figure(self, draw):
        page = draw("{% chart chart %}", chart=bars())
        assert [(a["href"], a.text) for a in page.all("a")] == [("/c/", "431"), ("/m/", "127")]

    @pytest.mark.parametrize(
        ("value", "unit", "words"),
        [
            (1284, "", "1,284"),
            (58.46, "%", "58.5%"),
            (50.0, "%", "50%"),
            (908000, "£", "£908,000"),
            (Decimal("12.50"), "£", "£12.50"),
            (0, "", "0"),
            (None, "%", "not known"),
        ],
    )
    def test_writes_figures_as_people_do(self, value, unit, words):
        assert charts.in_words(value, unit=unit) == words
