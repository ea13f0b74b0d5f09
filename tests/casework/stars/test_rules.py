"""What a star is, which marks it takes, and how change is said."""

from dataclasses import replace

import pytest

from casework.stars import rules
from casework.stars.reference import EXAMPLE
from casework.stars.rules import Area, Stage, Step, Tool

SMALL = Tool(
    code="small",
    version=1,
    name="Small",
    lowest=0,
    highest=4,
    areas=(Area("a", "A", "A?"), Area("b", "B", "B?"), Area("c", "C", "C?")),
    stages=(Stage(0, 1, "Low", "Low."), Stage(2, 4, "High", "High.")),
)


class TestTheShippedExample:
    def test_can_be_taken_into_use(self):
        assert rules.problems_with_tool(EXAMPLE) == []

    def test_fits_a_row_of_44_pixel_targets_on_the_narrowest_phone(self):
        assert len(EXAMPLE.scale) * 44 <= 320 - 2 * 15


class TestATool:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            pytest.param({"areas": SMALL.areas[:2]}, "A star has 3 to 20 areas. This one has 2.", id="too few areas"),
            pytest.param({"areas": SMALL.areas * 7}, "A star has 3 to 20 areas. This one has 21.", id="too many areas"),
            pytest.param({"areas": (*SMALL.areas, SMALL.areas[0])}, "Two areas have the same code.", id="same code"),
            pytest.param({"lowest": 4}, "The scale must end above where it starts.", id="scale of one mark"),
            pytest.param(
                {"stages": (Stage(0, 1, "", ""), Stage(3, 4, "", ""))},
                "The stages must cover the scale from one end to the other, each mark once, in order.",
                id="a gap between stages",
            ),
            pytest.param(
                {"stages": (Stage(0, 2, "", ""), Stage(2, 4, "", ""))},
                "The stages must cover the scale from one end to the other, each mark once, in order.",
                id="stages that overlap",
            ),
        ],
    )
    def test_is_refused_with_a_sentence(self, changes, sentence):
        assert sentence in rules.problems_with_tool(replace(SMALL, **changes))

    @pytest.mark.parametrize(("mark", "stage"), [(0, "Low"), (1, "Low"), (2, "High"), (4, "High")])
    def test_says_the_stage_of_a_mark(self, mark, stage):
        assert SMALL.stage_of(mark).name == stage


class TestMarks:
    @pytest.mark.parametrize("mark", [0, 1, 4])
    def test_on_the_scale_are_taken(self, mark):
        assert rules.problems_with_marks({"a": mark}, SMALL) == {}

    @pytest.mark.parametrize("mark", [-1, 5, 2.0, "2", None, True])
    def test_off_the_scale_are_refused_by_name(self, mark):
        assert rules.problems_with_marks({"a": mark}, SMALL) == {"a": "Choose a mark from 0 to 4 for “A”."}

    def test_of_an_area_the_star_does_not_have_are_refused(self):
        assert rules.problems_with_marks({"a": 1, "z": 1}, SMALL) == {"z": "This star has no such area."}

    def test_are_at_least_one(self):
        assert rules.problems_with_marks({}, SMALL) == {"": "Mark at least one area."}


class TestChange:
    @pytest.mark.parametrize(
        ("first", "latest", "words"),
        [(1, 3, "up 2"), (3, 2, "down 1"), (2, 2, "no change"), (None, 2, ""), (2, None, "")],
    )
    def test_is_said_in_words(self, first, latest, words):
        assert Step(SMALL.areas[0], first, latest).change_in_words == words

    def test_is_averaged_over_areas_marked_both_times(self):
        steps = rules.steps_between({"a": 1, "b": 1}, {"a": 4, "b": 2, "c": 4}, SMALL)
        assert rules.average_change(steps) == 2.0

    def test_of_nothing_is_not_nought(self):
        assert rules.average_change(rules.steps_between({"a": 1}, {"b": 1}, SMALL)) is None
