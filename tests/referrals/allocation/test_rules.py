from fractions import Fraction

import pytest

from referrals.allocation.rules import HIGHLY_COMPLEX, MIXED, Caseload, Room, Weights


class TestTheWeights:
    def test_are_those_of_the_source(self):
        assert (MIXED.shipped, HIGHLY_COMPLEX.shipped) == (10, 6)
        assert (Caseload(1, 0).load, Caseload(0, 1).load) == (Fraction(1, 10), Fraction(1, 6))

    def test_that_the_county_sets_are_those_a_caseload_goes_by(self):
        caseload = Caseload(6, 2, Weights(mixed=12, highly_complex=8))
        assert (caseload.load, caseload.words, caseload.room) == (Fraction(3, 4), "9 of 12, 75%", 3)
        assert caseload.with_one_more(highly_complex=True).full == caseload.full


class TestACaseload:
    @pytest.mark.parametrize(
        ("mixed", "complex_", "words", "percent"),
        [
            pytest.param(0, 0, "0 of 10, 0%", 0, id="nothing"),
            pytest.param(7, 0, "7 of 10, 70%", 70, id="mixed only"),
            pytest.param(0, 6, "10 of 10, 100%", 100, id="six highly complex are full"),
            pytest.param(3, 2, "6.3 of 10, 63%", 63, id="both"),
            pytest.param(0, 1, "1.7 of 10, 17%", 17, id="one highly complex, half up"),
            pytest.param(11, 0, "11 of 10, 110%", 110, id="too many"),
        ],
    )
    def test_says_how_full_it_is(self, mixed, complex_, words, percent):
        caseload = Caseload(mixed, complex_)
        assert (caseload.words, caseload.percent) == (words, percent)

    @pytest.mark.parametrize(("mixed", "complex_", "full"), [(9, 0, False), (10, 0, True), (5, 3, True), (4, 3, False)])
    def test_is_full_when_its_parts_make_one(self, mixed, complex_, full):
        assert Caseload(mixed, complex_).is_full is full

    def test_counts_one_more(self):
        assert Caseload(3, 1).with_one_more(highly_complex=True) == Caseload(3, 2)
        assert Caseload(3, 1).with_one_more(highly_complex=False) == Caseload(4, 1)


class TestRoom:
    @pytest.mark.parametrize(
        ("caseload", "room"),
        [
            pytest.param(Caseload(), 10, id="nobody yet"),
            pytest.param(Caseload(mixed=7), 3, id="three more"),
            pytest.param(Caseload(mixed=4, highly_complex=3), 1, id="whole families only"),
            pytest.param(Caseload(mixed=12), 0, id="never less than none"),
        ],
    )
    def test_of_a_caseload_is_whole_mixed_families(self, caseload, room):
        assert caseload.room == room

    def test_of_a_team_in_words(self):
        assert Room(3, 4).words == "3 workers with room for 4 more mixed families"
        assert Room(1, 1).words == "1 worker with room for 1 more mixed family"
        assert Room(2, 0).words == "2 workers, all with a full caseload"
