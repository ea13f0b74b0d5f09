import pytest

from families.localities.rules import may_be_here, written


class TestAPostcode:
    @pytest.mark.parametrize(
        ("typed", "code"), [("le112ab", "LE11 2AB"), (" LE1 6ZZ ", "LE1 6ZZ"), ("Loughborough", None)]
    )
    def test_is_written_one_way(self, typed, code):
        assert written(typed) == code


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
