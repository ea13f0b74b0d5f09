"""How far it is between two postcode districts."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.localities.distance import CENTRES, miles, miles_to_the_nearest

districts = st.sampled_from(sorted(CENTRES))


class TestTheMilesBetweenTwoDistricts:
    @pytest.mark.parametrize(
        ("one", "other", "far"),
        [("LE11", "LE11", 0), ("LE11", "LE13", 14), ("LE10", "LE11", 17), ("LE16", "LE17", 11), ("LE1", "LE2", 2)],
    )
    def test_are_those_of_the_map(self, one, other, far):
        assert miles(one, other) == far

    @given(districts, districts)
    def test_are_the_same_both_ways(self, one, other):
        assert miles(one, other) == miles(other, one)

    @given(districts, districts, districts)
    def test_are_no_longer_than_by_way_of_a_third(self, one, other, third):
        assert miles(one, other) <= miles(one, third) + miles(third, other) + 1  # each is rounded

    def test_are_none_only_within_one(self):
        assert all(miles(one, other) for one, other in combinations(CENTRES, 2))

    @pytest.mark.parametrize(("one", "other"), [("LE11", "SW1A"), ("SW1A", "LE11"), ("", ""), ("", "LE11")])
    def test_are_not_known_of_a_place_that_is_not(self, one, other):
        assert miles(one, other) is None

    def test_are_none_within_any_district(self):
        assert miles("SW1A", "SW1A") == 0


class TestTheNearest:
    def test_counts_of_several_homes(self):
        assert miles_to_the_nearest("LE11", {"LE13", "LE12", "SW1A"}) == 2

    def test_is_not_known_without_a_home(self):
        assert miles_to_the_nearest("LE11", ()) is None
