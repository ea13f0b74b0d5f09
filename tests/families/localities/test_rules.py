import pytest

from families.localities.rules import locality_of, written

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
