from datetime import date

import pytest

from referrals.workers.rules import days_in_words, wrong_with_leave


class TestTheDaysOfAWeek:
    @pytest.mark.parametrize(
        ("days", "evenings", "words"),
        [
            pytest.param((0, 1, 2, 3, 4), False, "Monday to Friday", id="in a row"),
            pytest.param((0, 1, 3), False, "Monday, Tuesday, Thursday", id="not in a row"),
            pytest.param((3, 4), False, "Thursday, Friday", id="two"),
            pytest.param((5,), True, "Saturday, evenings too", id="evenings"),
        ],
    )
    def test_are_said_as_people_say_them(self, days, evenings, words):
        assert days_in_words(days, evenings=evenings) == words


class TestLeave:
    def test_may_be_one_day(self):
        assert not wrong_with_leave(date(2014, 10, 20), date(2014, 10, 20))

    def test_does_not_end_before_it_begins(self):
        assert "before the first" in wrong_with_leave(date(2014, 10, 20), date(2014, 10, 19))

    def test_of_more_than_a_year_is_no_leave(self):
        assert "a year" in wrong_with_leave(date(2014, 10, 20), date(2015, 11, 1))
