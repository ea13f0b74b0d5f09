"""How long a request waits, and the waits of many."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casework.requests.rules import Waits, days_waited


@given(st.lists(st.integers(0, 400), max_size=12))
def test_the_wait_in_the_middle_is_one_of_the_waits(days):
    found = Waits.of(days)
    assert found.number == len(days)
    assert (found.middle is None) == (not days)
    assert not days or (found.middle in days and min(days) <= found.middle <= found.longest == max(days))


FIRST = date(2014, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_wait_ends_when_it_starts_or_is_given_up(start, close, now):
    assert days_waited(FIRST, started_on=day(start), closed_on=day(start + close), on=day(500)) == start
    assert days_waited(FIRST, started_on=None, closed_on=day(close), on=day(500)) == close
    assert days_waited(FIRST, started_on=None, closed_on=None, on=day(now)) == now
