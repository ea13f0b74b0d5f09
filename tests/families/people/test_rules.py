from datetime import date

import pytest

from families.people.rules import Known, age_on, estimated_birth, same_person

BORN = date(2004, 2, 29)


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
