"""What a row says, what is wrong with it, and what becomes of it."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.importing.rules import columns as c
from casework.importing.rules.cells import EXCEL_BEGINS, Level, read_day
from casework.importing.rules.columns import COLUMNS, HOWS, PARTS, SEXES, Sheet
from casework.importing.rules.judging import (
    CASE_THERE,
    FAMILY_NOT_MADE,
    FAMILY_THERE,
    NO_FAMILY,
    ONE_NUMBER,
    Known,
    Likeness,
    State,
    families_by_state,
    judge,
)
from casework.importing.rules.reading import NO_AGREEMENT, family_key, read_line
from families.people.models import Membership, Person
from families.sharing.models import Agreement
from tests.casework.importing.factories import BABY, CASE, DONNA, JODIE, TYLER

TODAY = date(2014, 10, 15)


def person(number=2, **said):
    return read_line(Sheet.PEOPLE, number, DONNA | said, today=TODAY)


def child(number=3, **said):
    return read_line(Sheet.PEOPLE, number, TYLER | said, today=TODAY)


def case(number=2, **said):
    return read_line(Sheet.CASES, number, CASE | said, today=TODAY)


def refusals(line):
    return {problem.column: problem.sentence for problem in line.problems if problem.level is Level.REFUSED}


def warnings(line):
    return {problem.column for problem in line.problems if problem.level is Level.WARNING}


def judged(*lines, **known):
    judge(lines, Known(**known))
    return [line.state for line in lines]


class TestTheAnswersOfTheColumns:
    def test_are_those_the_service_keeps(self):
        labels = {label: part for part, label in Membership.Part.choices}
        assert all(labels[label] == part for label, part in PARTS.items())
        assert {label: code for code, label in Person.Gender.choices} == SEXES
        assert {label: code for code, label in Agreement.How.choices} == HOWS

    def test_stand_under_heads_of_their_own(self):
        for columns in COLUMNS.values():
            assert len({column.name for column in columns}) == len(columns)


def in_care(**said):
    return read_line(Sheet.PEOPLE, 4, JODIE | said, today=TODAY)


def baby(**said):
    return read_line(Sheet.PEOPLE, 5, BABY | said, today=TODAY)


class TestAChildInCare:
    def test_is_read(self):
        line = in_care()
        assert (line.problems, line.person.part, line.person.in_care_since) == ([], "care", date(2014, 3, 3))
        assert line.person.responsible == "Leicestershire County Council"

    @pytest.mark.parametrize(
        ("said", "column"),
        [
            ({"Responsible for a child in care": ""}, "Responsible for a child in care"),
            ({"In care since": "06/01/2013"}, "In care since"),
            ({"In care since": "16/10/2014"}, "In care since"),
            ({"Joined on": ""}, "Joined on"),
            ({"Left on": "03/03/2014"}, "Left on"),
            ({"Place in the household": "Child", "In care since": ""}, "Responsible for a child in care"),
        ],
    )
    def test_that_cannot_be_right_is_refused(self, said, column):
        assert list(refusals(in_care(**said))) == [column]

    def test_has_no_address_and_no_telephone_in_the_family(self):
        assert warnings(in_care(Postcode="LE11 2AB", Telephone="01509 555012")) == {"Address", "Telephone"}


class TestAnExpectedBaby:
    def test_is_read_without_a_name_and_without_a_birth(self):
        line = baby()
        assert (line.problems, line.person.given_names, line.person.expected_on) == ([], "Baby", date(2014, 12, 24))

    @pytest.mark.parametrize(
        ("said", "column"),
        [
            ({"Baby expected on": ""}, "Baby expected on"),
            ({"Baby expected on": "15/09/2015"}, "Baby expected on"),
            ({"Baby expected on": "01/06/2014"}, "Baby expected on"),
            ({"Baby expected on": "24/12/14"}, "Baby expected on"),
            ({"Date of birth": "01/10/2014"}, "Date of birth"),
            ({"NHS number": "9434765919"}, "NHS number"),
            ({"Birth is an estimate": "Yes"}, "Birth is an estimate"),
            ({"Surname": ""}, "Surname"),
        ],
    )
    def test_that_cannot_be_right_is_refused(self, said, column):
        assert list(refusals(baby(**said))) == [column]

    def test_is_another_one_when_it_is_expected_on_another_day(self):
        assert baby().key != baby(**{"Baby expected on": "25/12/2014"}).key

    def test_is_nobody_elses_column(self):
        assert list(refusals(child(**{"Baby expected on": "24/12/2014"}))) == ["Baby expected on"]


class TestADay:
    @pytest.mark.parametrize(
        ("said", "part"),
        [
            ("29/02/2013", "there is no such day"),
            ("31/04/2014", "there is no such day"),
            ("03/10/13", "four figures"),
            ("3.10.13", "four figures"),
            ("41550", "03/10/2013"),
            ("summer", "no day"),
            ("03/10/1812", "before 1900"),
            ("\u0660\u0663/10/2013", "no day"),
        ],
    )
    def test_that_cannot_be_one_says_why(self, said, part):
        day, problem = read_day(said)
        assert day is None
        assert part in problem

    @given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
    def test_is_read_as_it_is_written(self, day):
        assert read_day(day.strftime("%d/%m/%Y")) == read_day(day.isoformat()) == (day, "")

    @given(st.integers(10_000, 70_000))
    def test_counted_by_a_spreadsheet_is_never_guessed(self, serial):
        day, problem = read_day(str(serial))
        assert day is None
        assert f"{EXCEL_BEGINS + timedelta(days=serial):%d/%m/%Y}" in problem

    @given(st.text(max_size=40))
    def test_is_a_day_or_a_sentence(self, said):
        day, problem = read_day(said)
        assert (day is None) == bool(problem)


class TestAPerson:
    def test_is_read(self):
        line = person()
        assert line.problems == []
        assert (line.person.born_on, line.person.part, line.person.postcode) == (date(1980, 5, 4), "parent", "LE11 2AB")

    @pytest.mark.parametrize(
        ("column", "said"),
        [
            ("Given names", ""), ("Surname", "=1+1"), ("Date of birth", "16/10/2014"), ("Postcode", "here"),
            ("Place in the household", "Aunt"), ("NHS number", "9434765918"), ("UPN", "Z1"), ("NI number", "BG123456A"),
            ("Telephone", "ask"), ("Left on", "06/01/2013"), ("Joined on", "01/01/1970"), ("School", "x" * 121),
            ("Address", "a\u202eb"), ("Family reference", "x" * 41),
        ],
    )  # fmt: skip
    def test_with_a_cell_that_cannot_be_right_is_refused_for_that_cell(self, column, said):
        assert list(refusals(person(**{column: said}))) == [column]

    def test_tells_everything_that_is_wrong_at_once(self):
        assert set(refusals(person(Surname="", Postcode="x", UPN="1"))) == {"Surname", "Postcode", "UPN"}

    def test_without_a_birth_is_warned_of(self):
        line = person(**{"Date of birth": ""})
        assert (refusals(line), warnings(line)) == ({}, {"Date of birth"})

    def test_with_an_international_number_keeps_it(self):
        assert person(Telephone="'+44 1509 555012").person.phone == "+44 1509 555012"

    def test_with_a_number_that_lost_its_nought_is_warned_of(self):
        assert warnings(person(Telephone="1509555012")) == {"Telephone"}

    @given(st.dictionaries(st.sampled_from([*DONNA, "UPN", "NHS number"]), st.text(max_size=60), max_size=12))
    def test_is_never_more_than_refused(self, said):
        assert person(**said).key


class TestACase:
    def test_is_read_with_its_days(self):
        line = case()
        assert line.problems == []
        assert line.case.needs == {"housing": date(2014, 2, 14), "parenting": date(2014, 3, 1)}

    def test_without_agreement_is_none(self):
        assert refusals(case(**{"Agreement given on": ""})) == {"Agreement given on": NO_AGREEMENT}

    @pytest.mark.parametrize(
        ("column", "said"),
        [
            ("Case opened on", ""), ("Case closed on", "13/02/2014"), ("Worker since", "13/02/2014"),
            ("Last visit on", "16/10/2014"), ("How it agreed", "Nodded"),
        ],
    )  # fmt: skip
    def test_with_a_day_that_cannot_be_right_is_refused_for_it(self, column, said):
        assert list(refusals(case(**{column: said}))) == [column]

    def test_cannot_be_opened_before_the_family_was_referred(self):
        assert list(refusals(case(**{"Referred on": "15/02/2014"}))) == ["Case opened on"]


class TestWhatBecomesOfAFamily:
    def test_is_whole(self):
        assert judged(person(), child(), case()) == [State.READY] * 3

    def test_or_nothing(self):
        lines = [person(), child(UPN="x"), case()]
        assert judged(*lines) == [State.REFUSED] * 3
        assert "Row 3 of the same family is refused" in lines[0].problems[-1].sentence
        assert lines[2].problems[-1].sentence == FAMILY_NOT_MADE

    def test_leaves_other_families_alone(self):
        assert judged(person(Surname=""), child(**{"Family reference": "CH-015"})) == [State.REFUSED, State.READY]

    def test_made_before_changes_nothing(self):
        key = family_key("ch-014 ")
        assert judged(person(), families={key}, rows={person().key}) == [State.KNOWN]

    def test_made_before_takes_nobody_more(self):
        lines = [person(), child()]
        assert judged(*lines, families={family_key("CH-014")}, rows={person().key}) == [State.KNOWN, State.REFUSED]
        assert lines[1].problems[-1].sentence == FAMILY_THERE

    def test_with_a_row_twice_has_it_once(self):
        assert judged(person(), person(3)) == [State.READY, State.KNOWN]

    def test_with_a_refused_row_twice_has_it_refused_twice(self):
        assert judged(person(UPN="x"), person(3, UPN="x")) == [State.REFUSED] * 2

    def test_in_which_two_people_have_one_number_is_refused(self):
        numbers = {"NHS number": "943 476 5919"}
        assert judged(person(**numbers), child(**numbers)) == [State.REFUSED] * 2


class TestSomebodyWhoMayBeKnown:
    def test_waits_for_the_duty_manager_with_the_whole_family(self):
        assert judged(person(), child(), likeness={2: Likeness((7,))}) == [State.HELD] * 2

    def test_is_the_same_when_that_was_decided(self):
        line = person(**{c.DECIDED: "same person"})
        assert judged(line, likeness={2: Likeness((7,))}) == [State.READY]
        assert line.same_as == 7

    def test_is_new_when_that_was_decided(self):
        assert judged(person(**{c.DECIDED: "New person"}), likeness={2: Likeness((7,))}) == [State.READY]

    def test_cannot_be_new_with_the_number_of_somebody(self):
        line = person(**{c.DECIDED: "New person"})
        assert judged(line, likeness={2: Likeness((7,), frozenset({"upn"}))}) == [State.REFUSED]
        assert line.problems[-1].sentence == ONE_NUMBER

    @pytest.mark.parametrize("people", [(), (7, 8)])
    def test_cannot_be_the_same_as_nobody_or_several(self, people):
        assert judged(person(**{c.DECIDED: "Same person"}), likeness={2: Likeness(people)}) == [State.REFUSED]

    def test_may_stand_in_another_family_of_the_file(self):
        assert judged(person(), person(3, **{"Family reference": "CH-015"})) == [State.READY, State.HELD]

    def test_is_like_nobody_by_an_estimate(self):
        assert person(**{c.ESTIMATED: "Yes"}).person.name_and_birth is None


class TestWhatBecomesOfACase:
    def test_of_a_family_nobody_named(self):
        line = case()
        assert judged(line) == [State.REFUSED]
        assert line.problems[-1].sentence == NO_FAMILY

    def test_of_a_family_that_came_before(self):
        assert judged(case(), families={family_key("CH-014")}) == [State.READY]

    @pytest.mark.parametrize(("closed", "state"), [(None, State.REFUSED), (date(2014, 1, 1), State.READY)])
    def test_that_has_one_already(self, closed, state):
        key = family_key("CH-014")
        line = case()
        assert judged(line, families={key}, cases={key: [(date(2013, 1, 1), closed)]}) == [state]
        assert closed or line.problems[-1].sentence == CASE_THERE

    def test_that_has_two_in_the_file(self):
        assert judged(person(), case(), case(3, **{"Case opened on": "15/02/2014"})) == [
            State.READY, State.READY, State.REFUSED,
        ]  # fmt: skip

    def test_with_a_worker_nobody_knows_is_made_without(self):
        line = case(Worker="Someone Else")
        assert judged(person(), line) == [State.READY] * 2
        assert (line.worker, warnings(line)) == (None, {"Worker"})


ROWS = st.sampled_from(list(product("abc", State)))


@given(st.lists(ROWS, max_size=10))
def test_every_family_is_counted_once(rows):
    assert families_by_state(rows).total() == len({family for family, _ in rows})


@given(st.lists(st.tuples(st.sampled_from([DONNA, TYLER]), st.sampled_from("AB"), st.booleans()), max_size=12))
def test_a_family_is_never_half_made(drawn):
    lines = [
        read_line(Sheet.PEOPLE, n, raw | {"Family reference": ref} | ({"UPN": "x"} if bad else {}), today=TODAY)
        for n, (raw, ref, bad) in enumerate(drawn, start=2)
    ]
    judge(lines, Known())
    for ref in {line.family for line in lines}:
        states = {line.state for line in lines if line.family == ref}
        assert not (State.READY in states and states & {State.REFUSED, State.HELD})


class TestTheWeightOfACase:
    def test_is_that_of_its_worker(self):
        assert case(Worker="sam.worker", **{"Highly complex": "Yes"}).case.highly_complex

    def test_is_warned_of_where_nobody_carries_it(self):
        assert "Highly complex" in warnings(case(**{"Highly complex": "Yes"}))
