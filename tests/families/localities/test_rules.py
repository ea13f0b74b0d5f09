import pytest

from families.localities.rules import locality_of, may_be_here, written

CHARNWOOD, CITY, MELTON = 1, 2, 3
DISTRICTS = {"LE11": CHARNWOOD, "LE1": CITY, "LE11 5": MELTON}


class TestAPostcode:
    @pytest.mark.parametrize(
        ("typed", "code"), [("le112ab", "LE11 2AB"), (" LE1 6ZZ ", "LE1 6ZZ"), ("Loughborough", None)]
    )
    def test_is_written_one_way(self, typed, code):
        assert written(typed) == code

    @pytest.mark.parametrize(
        ("code", "locality"),
        [
            pytest.param("LE11 2AB", CHARNWOOD, id="its district"),
            pytest.param("LE11 5XY", MELTON, id="the longer prefix wins"),
            pytest.param("LE1 2AB", CITY, id="a short district"),
            pytest.param("LE12 2AB", None, id="LE12 is no part of LE1"),
            pytest.param("nonsense", None, id="no postcode"),
        ],
    )
    def test_belongs_to_the_locality_with_the_longest_prefix(self, code, locality):
        assert locality_of(code, DISTRICTS) == locality


class TestACountyPostcode:
    @pytest.mark.parametrize(
        ("postcode", "may_be"),
        [
            ("LE11 2AB", True),
            ("CV13 0AA", True),
            ("NG12 4AB", True),
            ("SW1A 1AA", False),
            ("L1 8JQ", False),
            ("x", False),
        ],
    )
    def test_is_told_by_the_letters_it_begins_with(self, postcode, may_be):
        assert may_be_here(postcode) == may_be
