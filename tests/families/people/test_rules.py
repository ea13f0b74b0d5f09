from datetime import date

import pytest

from families.people.rules import (
    UPN_LETTERS,
    Known,
    age_on,
    estimated_birth,
    ni_number,
    same_person,
    upn,
    upn_check_letter,
)

BORN = date(2004, 2, 29)


def pupil_number(rest="820432113001"):
    return upn_check_letter(rest) + rest


class TestAnIdentifier:
    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            pytest.param("qq 12 34 56 c", None, id="Q is never a first letter"),
            pytest.param("ab 12 34 56 c", "AB123456C", id="spaces and small letters are put right"),
            pytest.param("BG123456A", None, id="a pair that is never given"),
            pytest.param("AB12345", None, id="too short"),
            pytest.param("", None, id="nothing"),
        ],
    )
    def test_national_insurance_number(self, typed, written):
        assert ni_number(typed) == written

    def test_pupil_number_with_its_check_letter_is_kept(self):
        assert upn(pupil_number().lower()) == pupil_number()

    def test_pupil_number_with_another_letter_is_refused(self):
        right = pupil_number()
        wrong = next(letter for letter in UPN_LETTERS if letter != right[0])
        assert upn(wrong + right[1:]) is None

    def test_temporary_pupil_number_ends_in_a_letter(self):
        assert upn(pupil_number("82043211300A")) == pupil_number("82043211300A")


class TestAnAge:
    @pytest.mark.parametrize(("day", "age"), [(date(2014, 2, 28), 9), (date(2014, 3, 1), 10), (date(2016, 2, 29), 12)])
    def test_is_in_whole_years(self, day, age):
        assert age_on(BORN, day) == age

    @pytest.mark.parametrize("day", [date(2014, 1, 1), date(2014, 6, 30), date(2014, 10, 15), date(2014, 12, 31)])
    @pytest.mark.parametrize("age", [0, 7, 41])
    def test_estimated_birth_gives_the_age_back(self, age, day):
        assert age_on(estimated_birth(age, on=day), day) == age


class TestTwoRows:
    @pytest.mark.parametrize(
        ("one", "other", "why"),
        [
            pytest.param(
                Known("Leah Jane", "Marsh", BORN), Known("leah", "MARSH ", BORN), "same name and date of birth",
                id="first given name and family name are enough, capitals apart",
            ),
            pytest.param(Known("Leah", "Marsh", BORN), Known("Lee", "Marsh", BORN), "", id="another given name"),
            pytest.param(Known("Leah", "Marsh", BORN), Known("Leah", "Marsh"), "", id="no date of birth"),
            pytest.param(
                Known("Leah", "Marsh", BORN, born_estimated=True), Known("Leah", "Marsh", BORN), "",
                id="an estimated birth proves nothing",
            ),
            pytest.param(
                Known("Leah", "Marsh", identifiers=frozenset({"A1"})), Known("L", "Pye", identifiers=frozenset({"A1"})),
                "same identifier", id="an identifier is enough by itself",
            ),
            pytest.param(Known("", "", BORN), Known("", "", BORN), "", id="no name is no match"),
        ],
    )  # fmt: skip
    def test_may_be_one_person(self, one, other, why):
        assert same_person(one, other) == why
