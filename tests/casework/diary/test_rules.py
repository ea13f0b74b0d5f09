from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.diary.rules import LONGEST_SERIES, STEPS, Every, WrongPlan, days_of_series, outside_hours

FIRST = date(2014, 10, 15)


class TestASeries:
    @given(st.sampled_from(Every), st.integers(1, 700))
    def test_keeps_its_weekday_begins_with_its_first_and_never_goes_past_its_last_day(self, every, days):
        until = FIRST + timedelta(days=days)
        if days // STEPS[every].days + 1 > LONGEST_SERIES:
            with pytest.raises(WrongPlan, match="at most"):
                days_of_series(FIRST, every, until)
            return
        found = days_of_series(FIRST, every, until)
        assert found[0] == FIRST
        assert found[-1] <= until < found[-1] + STEPS[every]
        assert {day.weekday() for day in found} == {FIRST.weekday()}

    def test_is_one_day_where_it_does_not_come_again(self):
        assert days_of_series(FIRST, None, None) == [FIRST]


class TestOfficeHours:
    @pytest.mark.parametrize(
        ("at", "works", "outside"),
        [
            pytest.param(time(8), True, False, id="from eight on"),
            pytest.param(time(7, 59), True, True, id="not before"),
            pytest.param(time(17, 59), True, False, id="until six"),
            pytest.param(time(18), True, True, id="not from then on"),
            pytest.param(None, True, False, id="without a time nobody can tell"),
            pytest.param(time(12), False, True, id="never on a weekend"),
        ],
    )
    def test_are_told_by_the_time(self, at, works, outside):
        assert outside_hours(FIRST, at, opens=8, closes=18, is_working_day=works) is outside
