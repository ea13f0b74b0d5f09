"""From the sample to the claim: the interval against published values, the sentence without false precision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.audit.rules.estimate import Counts, clopper_pearson, estimate, per_cent
from performance.audit.rules.opinion import Level, check, stops_signing
from slf.web.errors import Incomplete, NotAllowed

# R. G. Newcombe, Statistics in Medicine 17 (1998), table I, the exact method of Clopper and Pearson.
PUBLISHED = [
    (81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0000, 0.1684), (1, 29, 0.0009, 0.1776),
]  # fmt: skip


class TestTheInterval:
    @pytest.mark.parametrize(("found", "tested", "low", "high"), PUBLISHED)
    def test_is_the_published_one(self, found, tested, low, high):
        assert tuple(round(bound, 4) for bound in clopper_pearson(found, tested)) == (low, high)

    @given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_holds_what_was_seen(self, seen):
        low, high = clopper_pearson(*seen)
        assert 0 <= low <= seen[0] / seen[1] <= high <= 1

    def test_of_a_large_sample_is_told_too(self):
        low, high = clopper_pearson(100, 5000)
        assert (round(low, 3), round(high, 3)) == (0.016, 0.024)

    def test_of_nothing_is_none(self):
        with pytest.raises(ValueError, match="some number"):
            clopper_pearson(0, 0)


class TestAnEstimate:
    @given(st.data())
    def test_never_contradicts_what_was_found(self, data):
        always, others = data.draw(st.integers(0, 20)), data.draw(st.integers(1, 200))
        drawn = data.draw(st.integers(1, others))
        counts = Counts(always + others, always, data.draw(st.integers(0, always)), drawn,
                        data.draw(st.integers(0, drawn)))  # fmt: skip
        found = estimate(counts)
        assert counts.failed <= found.at_least <= found.probably <= found.at_most
        assert found.at_most <= counts.lines - (counts.always - counts.always_failed) - (drawn - counts.drawn_failed)

    def test_says_whole_lines_and_whole_per_cent(self):
        assert estimate(Counts(40, 3, 0, 5, 1)).words == (
            "Of 40 lines probably 7 (18%) are not supported; with 95% confidence, 1 to 27 (2% to 68%)."
        )

    def test_of_a_claim_tested_whole_is_a_count(self):
        assert estimate(Counts(3, 1, 1, 2, 0)).words == "Every line was tested: 1 of 3 (33%) are not supported."

    @pytest.mark.parametrize("counts", [Counts(0, 0, 0, 0, 0), Counts(5, 1, 0, 0, 0)])
    def test_is_none_where_nothing_was_drawn(self, counts):
        assert estimate(counts) is None

    @pytest.mark.parametrize(("part", "said"), [(0, "0%"), (1, "less than 1%"), (2, "1%"), (200, "100%")])
    def test_is_no_finer_than_one_per_cent(self, part, said):
        assert per_cent(part, 200) == said


class TestAnOpinion:
    def test_of_a_clean_sample_may_be_full_without_a_reason(self):
        check(Level.FULL, failed=0, reason="")

    @pytest.mark.parametrize("level", [Level.SUBSTANTIAL, Level.LIMITED, Level.NONE])
    def test_that_is_not_full_has_its_reason(self, level):
        with pytest.raises(Incomplete):
            check(level, failed=0, reason=" ")

    @pytest.mark.parametrize("level", [Level.FULL, Level.SUBSTANTIAL])
    def test_is_not_good_while_a_line_is_unsupported(self, level):
        with pytest.raises(NotAllowed):
            check(level, failed=1, reason="All the same")

    @pytest.mark.parametrize(("level", "failed", "stops"), [
        (Level.FULL, 0, False), (Level.LIMITED, 0, False), (Level.NONE, 0, True), (Level.LIMITED, 1, True),
    ])  # fmt: skip
    def test_stops_the_signature_or_not(self, level, failed, stops):
        assert bool(stops_signing(level, failed=failed)) is stops
