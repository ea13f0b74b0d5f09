from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.contesting.rules import about_of, key_of, one_month_after
from families.contesting.services import due_after
from slf.clock import is_working_day

days = st.dates(date(2012, 1, 1), date(2032, 12, 31))


class TestOneMonth:
    @pytest.mark.parametrize(
        ("day", "later"),
        [
            pytest.param(date(2014, 10, 15), date(2014, 11, 15), id="the same day of the next month"),
            pytest.param(date(2014, 12, 31), date(2015, 1, 31), id="over the turn of the year"),
            pytest.param(date(2015, 1, 31), date(2015, 2, 28), id="the last day where the month is shorter"),
            pytest.param(date(2016, 1, 31), date(2016, 2, 29), id="in a leap year"),
            pytest.param(date(2014, 3, 31), date(2014, 4, 30), id="of thirty days"),
        ],
    )
    def test_is_a_month_of_the_calendar(self, day, later):
        assert one_month_after(day) == later

    @given(days)
    def test_is_in_the_next_month_on_the_same_day_or_its_last(self, day):
        later = one_month_after(day)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == 1
        assert later.day == min(day.day, monthrange(later.year, later.month)[1])

    @given(days, days)
    def test_never_ends_earlier_for_what_was_said_later(self, one, other):
        first, second = sorted((one, other))
        assert one_month_after(first) <= one_month_after(second)

    @given(days)
    def test_is_answered_on_a_working_day_within_five_of_it(self, day):
        due = due_after(day)
        assert is_working_day(due)
        assert 0 <= (due - one_month_after(day)).days <= 5


def test_a_key_names_its_row_both_ways():
    assert about_of(key_of("fact", "6e05")) == ("fact", "6e05")
