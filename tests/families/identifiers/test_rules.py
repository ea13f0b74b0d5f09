import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.identifiers.rules import KINDS, NHS_NUMBER, NI_NUMBER, UPN, UPN_LETTERS, identifier_in_words
from performance.demo.identifiers import (
    made_up_nhs_number,
    made_up_ni_number,
    made_up_temporary_upn,
    made_up_upn,
)

PUPIL = "H801200001001"
"""The example of the guide of the Department for Education."""


class TestAUniquePupilNumber:
    def test_with_its_check_letter_is_kept_however_it_is_typed(self):
        assert UPN.read(f" {PUPIL[:4].lower()} {PUPIL[4:8]}-{PUPIL[8:]}") == PUPIL

    def test_with_any_other_letter_is_refused(self):
        kept = [letter for letter in UPN_LETTERS if UPN.read(letter + PUPIL[1:])]
        assert kept == ["H"]

    def test_that_is_temporary_ends_in_a_letter(self):
        assert UPN.read(made_up_temporary_upn(20)) == made_up_temporary_upn(20)

    @pytest.mark.parametrize(
        "typed", ["I801200001001", "O801200001001", "S801200001001", "H80120000100", "H80120000100I"]
    )
    def test_has_none_of_the_letters_that_look_like_numbers_and_thirteen_places(self, typed):
        assert UPN.wrong(typed) == "must be a letter and 12 numbers (the last may be a letter)"

    @given(st.integers(0, 10**9 - 1), st.integers(1, 12), st.integers(1, 9))
    def test_with_one_figure_wrong_is_found_out(self, number, place, more):
        right = made_up_upn(number)
        wrong = f"{right[:place]}{(int(right[place]) + more) % 10}{right[place + 1 :]}"
        assert UPN.read(wrong) is None


class TestAnNhsNumber:
    @pytest.mark.parametrize("typed", ["943 476 5919", "943-476-5919", "9434765919"])
    def test_is_kept_however_it_is_spaced(self, typed):
        assert NHS_NUMBER.read(typed) == "9434765919"

    @pytest.mark.parametrize(
        ("typed", "problem"),
        [
            pytest.param("9434765918", "has a last number that does not fit the others", id="a slip"),
            pytest.param("0000000000", "has a last number that does not fit the others", id="ten times nothing"),
            pytest.param("943476591", "must be 10 numbers", id="one too few"),
            pytest.param("943476591X", "must be 10 numbers", id="a letter"),
            pytest.param("94347659\N{ARABIC-INDIC DIGIT ONE}9", "must be 10 numbers", id="a figure of another script"),
        ],
    )
    def test_that_cannot_be_one_says_why(self, typed, problem):
        assert NHS_NUMBER.wrong(typed).startswith(problem)
        assert NHS_NUMBER.read(typed) is None

    @given(st.integers(0, 10**6 - 1), st.integers(0, 9), st.integers(1, 9))
    def test_with_one_figure_wrong_is_found_out(self, number, place, more):
        right = made_up_nhs_number(number)
        wrong = f"{right[:place]}{(int(right[place]) + more) % 10}{right[place + 1 :]}"
        assert NHS_NUMBER.read(wrong) is None

    @given(st.integers(0, 10**6 - 1))
    def test_that_is_made_up_is_of_those_kept_for_tests(self, number):
        assert NHS_NUMBER.read(made_up_nhs_number(number)).startswith("999")


class TestANationalInsuranceNumber:
    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            pytest.param("ab 12 34 56 c", "AB123456C", id="spaces and small letters are put right"),
            pytest.param("qq 12 34 56 c", None, id="Q is never a first letter"),
            pytest.param("AO123456C", None, id="O is never a second letter"),
            pytest.param("BG123456A", None, id="a pair that is never given"),
            pytest.param("AB123456E", None, id="a last letter that is never given"),
            pytest.param("AB12345", None, id="too short"),
            pytest.param("", None, id="nothing"),
        ],
    )
    def test_is_read(self, typed, written):
        assert NI_NUMBER.read(typed) == written

    def test_says_which_letters_it_cannot_begin_with(self):
        assert NI_NUMBER.wrong("BG123456A") == "cannot begin with BG. Check the letters"


class TestAnyNumber:
    @pytest.mark.parametrize("kind", KINDS.values())
    def test_left_out_is_no_mistake(self, kind):
        assert (kind.wrong("  "), kind.read("")) == ("", None)

    @given(kind=st.sampled_from(list(KINDS.values())), typed=st.text(max_size=20))
    def test_is_either_read_or_said_to_be_wrong(self, kind, typed):
        assert bool(kind.read(typed)) != bool(kind.wrong(typed) or not typed.strip())

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (PUPIL, f"UPN {PUPIL}"),
            ("9434765919", "NHS number 9434765919"),
            (made_up_ni_number(7), "NI number XX000007A"),
        ],
    )
    def test_is_said_with_what_it_is(self, value, words):
        assert identifier_in_words(value) == words
