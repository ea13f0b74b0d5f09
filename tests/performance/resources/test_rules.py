"""Whole posts for localities, adding up: the published table, ties, and what the method promises."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.resources.rules import Families, allocate, apportion, seniors_for

MARCH_2012 = [
    Families("North West Leicestershire", 235, 354),
    Families("Charnwood", 431, 635),
    Families("Melton", 127, 161),
    Families("Oadby and Wigston", 68, 156),
    Families("Harborough", 66, 150),
    Families("Blaby", 80, 172),
    Families("Hinckley and Bosworth", 277, 390),
]

weights = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 2000), min_size=1, max_size=8
).filter(lambda drawn: sum(drawn.values()) > 0)


class TestThePublishedTable:
    def test_families(self):
        assert [each.all for each in MARCH_2012] == [589, 1066, 288, 224, 216, 252, 667]
        assert sum(each.all for each in MARCH_2012) == 3302

    def test_year_1(self):
        lines = allocate(MARCH_2012, 30, Decimal(4))
        assert [line.share for line in lines] == [18, 32, 9, 7, 6, 8, 20]
        assert [line.fsw for line in lines] == [5, 10, 3, 2, 2, 2, 6]
        assert [str(line.seniors) for line in lines] == ["0.7", "1.3", "0.4", "0.3", "0.3", "0.3", "0.8"]

    def test_years_2_to_4(self):
        lines = allocate(MARCH_2012, 48, Decimal(6))
        assert [line.share for line in lines] == [18, 32, 9, 7, 6, 8, 20]
        assert [line.fsw for line in lines] == [9, 15, 4, 3, 3, 4, 10]
        assert [str(line.seniors) for line in lines] == ["1.1", "1.9", "0.5", "0.4", "0.4", "0.5", "1.3"]


class TestTies:
    def test_go_to_the_one_with_more_families(self):
        assert apportion(1, {"a": 1, "b": 1}, ties={"a": 3, "b": 4}) == {"a": 0, "b": 1}

    def test_else_to_the_name_that_comes_first(self):
        assert apportion(1, {"b": 1, "a": 1}) == {"b": 0, "a": 1}
        assert apportion(2, {"c": 1, "B": 1, "a": 1}) == {"c": 0, "B": 1, "a": 1}

    def test_equal_shares_are_parted_by_families_when_posts_are_given_out(self):
        lines = allocate([Families("a", 0, 100), Families("b", 0, 101), Families("c", 0, 99)], 1, Decimal(1))
        assert [line.fsw for line in lines] == [0, 1, 0]


class TestHalfUp:
    @pytest.mark.parametrize(("fsw", "shown"), [(10, "1.3"), (2, "0.3"), (15, "1.9"), (6, "0.8")])
    def test_to_one_decimal(self, fsw, shown):
        assert str(seniors_for(fsw, 48, Decimal(6))) == shown


class TestWhatTheMethodPromises:
    @given(weights, st.integers(0, 500))
    def test_the_total_is_shared_out_exactly(self, given_, total):
        assert sum(apportion(total, given_).values()) == total

    @given(weights, st.integers(0, 500))
    def test_nobody_is_a_whole_one_away_from_the_exact_quota(self, given_, total):
        whole = sum(given_.values())
        for name, seats in apportion(total, given_).items():
            assert abs(seats * whole - total * given_[name]) < whole

    @given(weights, st.integers(0, 500))
    def test_more_families_never_get_less(self, given_, total):
        seats = apportion(total, given_)
        ordered = sorted(given_, key=lambda name: given_[name])
        assert all(seats[less] <= seats[more] for less, more in pairwise(ordered) if given_[less] < given_[more])

    @given(weights.flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(list(drawn)))), st.integers(0, 500))
    def test_the_order_never_matters(self, both, total):
        given_, order = both
        assert apportion(total, {name: given_[name] for name in order}) == apportion(total, given_)

    @given(weights, st.integers(0, 500), st.integers(2, 9))
    def test_all_counts_times_the_same_changes_nothing(self, given_, total, times):
        assert apportion(total, {name: times * n for name, n in given_.items()}) == apportion(total, given_)

    def test_nothing_to_share_by_is_refused(self):
        with pytest.raises(ValueError, match="every weight is 0"):
            apportion(30, {"a": 0, "b": 0})
