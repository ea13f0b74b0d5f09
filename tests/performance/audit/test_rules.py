"""How a sample is drawn, and what result follows from a test sheet."""

from hashlib import sha256
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.audit.rules.drawing import Line, draw, size, strata
from performance.audit.rules.sheet import Answer, Found, Section, missing, result_of
from slf.web.errors import Incomplete
from tests.performance.audit.sheets import SUPPORTED, unsupported

LINES = st.builds(
    Line, st.uuids().map(str), st.sampled_from(["Blaby", "Charnwood", "Melton"]), st.sampled_from(["Crime", "Work"]),
    st.sampled_from([(), (), (), ("A decision stands for progress",)]),
)  # fmt: skip
FRAMES = st.lists(LINES, max_size=60, unique_by=lambda line: line.uid)
SHARES = st.integers(1, 100)


def uids(places) -> list[str]:
    return [place.line.uid for place in places]


class TestASample:
    @given(FRAMES, st.text(min_size=1), SHARES, st.integers(0, 9), st.randoms())
    def test_is_the_same_whatever_the_order_of_the_lines(self, frame, seed, share, least, chance):
        shuffled = list(frame)
        chance.shuffle(shuffled)
        assert draw(seed, shuffled, share=share, least=least) == draw(seed, frame, share=share, least=least)

    @given(FRAMES, st.text(min_size=1), SHARES)
    def test_has_whatever_is_always_tested_and_one_of_each_stratum(self, frame, seed, share):
        drawn = [place.line for place in draw(seed, frame, share=share)]
        assert {line for line in frame if line.always} <= set(drawn)
        assert {line.stratum for line in frame} == {line.stratum for line in drawn}

    @given(FRAMES, SHARES, st.integers(0, 9))
    def test_is_at_least_the_share_and_the_least_of_the_lines(self, frame, share, least):
        found = len(draw("seed", frame, share=share, least=least))
        assert found == size(frame, share=share, least=least)
        assert found >= max(ceil(len(frame) * share / 100), min(least, len(frame)))
        assert found <= len(frame)

    @given(FRAMES, SHARES, SHARES, st.integers(0, 9))
    def test_that_is_extended_goes_on_in_the_same_order(self, frame, share, more, least):
        first = draw("seed", frame, share=share, least=least)
        assert draw("seed", frame, share=min(share + more, 100), least=least)[: len(first)] == first

    @given(FRAMES, SHARES)
    def test_is_told_by_stratum(self, frame, share):
        drawn = draw("seed", frame, share=share)
        rows = strata(frame, drawn)
        assert sum(row.lines for row in rows) == len(frame)
        assert sum(row.tested for row in rows) == len(drawn)

    def test_of_another_seed_is_another(self):
        frame = [Line(str(n), "Blaby", "Work") for n in range(200)]
        assert uids(draw("a", frame, share=10)) != uids(draw("b", frame, share=10))

    def test_can_be_drawn_by_hand(self):
        frame = [Line(f"line-{n}", "Blaby", "Work") for n in range(20)]
        by_hand = sorted((sha256(f"7 3 5:{line.uid}".encode()).hexdigest(), line.uid) for line in frame)
        assert uids(draw("7 3 5", frame, share=15)) == [uid for _, uid in by_hand[:3]]

    @pytest.mark.parametrize(("lines", "found"), [(0, 0), (1, 1), (10, 1), (11, 2), (260, 26), (261, 27)])
    def test_of_one_stratum_is_a_tenth_rounded_up(self, lines, found):
        assert size([Line(str(n), "Blaby", "Work") for n in range(lines)], share=10, least=0) == found


class TestASheet:
    def test_supports_the_line_where_all_three_do(self):
        assert result_of(SUPPORTED) == "passed"

    @pytest.mark.parametrize("section", Section)
    def test_does_not_where_one_does_not(self, section):
        assert result_of(SUPPORTED | {section: Answer(Found.NOT_SUPPORTED, "No plan was shown")}) == "failed"

    def test_supports_it_where_a_question_does_not_apply(self):
        assert result_of(SUPPORTED | {Section.APPROACH: Answer(Found.NOT_APPLICABLE, "Of before 2015")}) == "passed"

    @pytest.mark.parametrize("found", [Found.NOT_SUPPORTED, Found.NOT_APPLICABLE])
    def test_wants_a_note_for_anything_but_supported(self, found):
        assert [name for name, _ in missing(SUPPORTED | {Section.APPROACH: Answer(found, " ")})] == ["approach_note"]

    def test_presets_nothing(self):
        assert [name for name, _ in missing({})] == ["eligibility", "approach", "evidence"]
        with pytest.raises(Incomplete):
            result_of({Section.EVIDENCE: Answer(Found.SUPPORTED)})

    def test_of_which_nothing_applies_is_no_test(self):
        nothing = dict.fromkeys(Section, Answer(Found.NOT_APPLICABLE, "Why"))
        assert [name for name, _ in missing(nothing)] == ["evidence"]

    def test_that_finds_something_else_says_so(self):
        assert result_of(unsupported("No register was shown")) == "failed"
