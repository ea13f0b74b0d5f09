"""Days, months, school age and terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.pbr.rules import Span, Term
from performance.pbr.rules.calendar import (
    birthday,
    complete_terms,
    joined,
    leaves_school_on,
    months_after,
    months_from,
    months_to,
    of_school_age_in,
    spoken,
    spoken_term,
)
from performance.pbr.rules.wording import listed, percent
from tests.performance.pbr.story import TERMS, day

days = st.dates(day("1990-01-01"), day("2030-12-31"))


class TestMonths:
    @pytest.mark.parametrize(
        ("start", "months", "there"),
        [
            ("2013-06-03", 6, "2013-12-03"),
            ("2013-08-31", 6, "2014-02-28"),
            ("2012-08-31", -6, "2012-02-29"),
            ("2013-12-15", 1, "2014-01-15"),
            ("2014-01-31", -2, "2013-11-30"),
        ],
    )
    def test_the_same_day_of_another_month_or_its_last(self, start, months, there):
        assert months_after(day(start), months) == day(there)

    def test_windows_hold_both_their_ends(self):
        assert months_to(day("2013-06-03"), 12) == Span(day("2012-06-04"), day("2013-06-03"))
        assert months_from(day("2013-06-03"), 6) == Span(day("2013-06-03"), day("2013-12-02"))

    @given(days, st.integers(1, 36))
    def test_a_later_day_never_gives_an_earlier_window(self, start, months):
        assert months_to(start, months).first <= start
        assert months_from(start, months).last >= start


class TestSchoolAge:
    @pytest.mark.parametrize(
        ("born", "leaves"),
        [
            ("1998-08-31", "2014-06-27"),
            ("1998-09-01", "2015-06-26"),
            ("1998-06-30", "2014-06-27"),
            ("1998-01-01", "2014-06-27"),
        ],
    )
    def test_leaves_on_the_last_friday_in_june(self, born, leaves):
        """P1-AGE"""
        assert leaves_school_on(day(born)) == day(leaves)
        assert leaves_school_on(day(born)).strftime("%A") == "Friday"

    @pytest.mark.parametrize(
        ("born", "there"),
        [
            pytest.param("2008-08-29", True, id="five the day before the term begins"),
            pytest.param("2008-08-30", False, id="five on its first day"),
            pytest.param("1998-09-01", True, id="turns 16 just after the school year begins"),
            pytest.param("1997-08-31", False, id="left in June"),
        ],
    )
    def test_of_school_age_in_autumn_2013(self, born, there):
        autumn = next(term for term in TERMS if term.name == "2013-14 autumn")
        assert of_school_age_in(day(born), autumn) is there

    def test_a_leap_day_birthday_falls_on_the_first_of_march(self):
        assert birthday(day("1996-02-29"), 18) == day("2014-03-01")


class TestTheLastThreeTerms:
    @pytest.mark.parametrize(
        ("before", "names"),
        [
            pytest.param("2014-07-22", ["2012-13 summer", "2013-14 autumn", "2013-14 spring"], id="on its last day"),
            pytest.param("2014-07-23", ["2013-14 autumn", "2013-14 spring", "2013-14 summer"], id="the day after"),
            pytest.param("2014-10-15", ["2013-14 autumn", "2013-14 spring", "2013-14 summer"], id="in the next term"),
        ],
    )
    def test_a_term_counts_once_it_is_over(self, before, names):
        assert [term.name for term in complete_terms(TERMS, day(before), 3)] == names

    def test_a_calendar_with_a_hole_gives_none(self):
        holed = tuple(term for term in TERMS if term.name != "2013-14 spring")
        assert complete_terms(holed, day("2014-10-15"), 3) == ()

    def test_a_calendar_that_stopped_gives_none(self):
        assert complete_terms(TERMS[:6], day("2014-10-15"), 3) == ()

    def test_a_calendar_too_short_gives_none(self):
        assert complete_terms(TERMS[:2], day("2012-05-01"), 3) == ()
        assert complete_terms((), day("2012-05-01"), 3) == ()


class TestStretchesOfDays:
    def test_those_that_touch_are_one(self):
        first, second = Span(day("2014-01-01"), day("2014-01-31")), Span(day("2014-02-01"), day("2014-02-10"))
        assert joined([second, first]) == [Span(day("2014-01-01"), day("2014-02-10"))]

    def test_a_day_between_parts_them(self):
        first, second = Span(day("2014-01-01"), day("2014-01-31")), Span(day("2014-02-02"), day("2014-02-10"))
        assert joined([second, first]) == [first, second]


class TestWords:
    def test_dates_and_terms(self):
        assert spoken(day("2012-10-03")) == "3 October 2012"
        assert spoken_term("2013-14 autumn") == "autumn 2013"
        assert spoken_term("2013-14 spring") == "spring 2014"
        assert spoken_term("Term 4") == "Term 4"
        assert Term("2013-14 summer", day("2014-04-22"), day("2014-07-22")) in TERMS

    def test_lists(self):
        assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
            "",
            "a",
            "a and b",
            "a, b and c",
        ]

    @pytest.mark.parametrize(
        ("part", "whole", "shown"),
        [
            (14, 125, "11.2%"),
            (15, 100, "15.0%"),
            (1499, 10_000, "14.99%"),
            (14_999, 100_000, "14.999%"),
            (0, 125, "0.0%"),
        ],
    )
    def test_a_percentage_is_never_shown_on_the_wrong_side_of_its_threshold(self, part, whole, shown):
        assert percent(part, whole, 15) == shown
