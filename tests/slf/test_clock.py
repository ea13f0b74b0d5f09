from datetime import date, datetime

import pytest
import time_machine

from slf import clock


class TestTheDateOfTheService:
    def test_is_the_day_it_is_set_to(self, settings):
        settings.SERVICE_DATE = "2014-10-15"
        assert clock.today() == date(2014, 10, 15)

    def test_is_the_day_in_england_when_nothing_is_set(self, settings):
        settings.SERVICE_DATE = ""
        with time_machine.travel("2014-07-01T23:30:00+00:00", tick=False):
            assert clock.today() == date(2014, 7, 2), "half past midnight, British Summer Time"

    def test_refuses_a_day_that_does_not_exist(self, settings):
        settings.SERVICE_DATE = "2014-02-30"
        with pytest.raises(ValueError, match="day"):
            clock.today()


class TestAMomentThatIsShown:
    @pytest.fixture(autouse=True)
    def _now(self, time_machine):
        time_machine.move_to("2026-11-28T10:00:00+00:00", tick=False)

    @pytest.mark.parametrize(
        ("moment", "words"),
        [
            pytest.param("2026-11-28T09:30:00+00:00", "2014-10-15 09:30", id="what was done just now, today"),
            pytest.param("2026-11-20T09:30:00+00:00", "2014-10-15 09:30", id="what was done while it stood on the day"),
            pytest.param("2026-11-29T08:00:00+00:00", "2014-10-16 08:00", id="what is tomorrow, tomorrow"),
            pytest.param("2014-10-17T07:00:00+00:00", "2014-10-17 08:00", id="what is due by the service's own clock"),
            pytest.param("2014-10-10T08:00:00+00:00", "2014-10-10 09:00", id="what was before, as it was"),
        ],
    )
    def test_follows_the_day_that_a_service_stands_on(self, settings, moment, words):
        settings.SERVICE_DATE = "2014-10-15"
        assert f"{clock.shown(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M}" == words

    def test_is_as_it_was_where_the_service_stands_on_no_day(self, settings):
        settings.SERVICE_DATE = ""
        moment = datetime.fromisoformat("2026-11-20T09:30:00+00:00")
        assert clock.shown(moment) == moment


class TestBankHolidays:
    @pytest.mark.parametrize(
        "day",
        [
            pytest.param(date(2012, 6, 5), id="the Diamond Jubilee"),
            pytest.param(date(2012, 1, 2), id="the Monday instead of a Sunday"),
            pytest.param(date(2014, 4, 18), id="Good Friday"),
            pytest.param(date(2014, 8, 25), id="the late summer Monday in England"),
        ],
    )
    def test_are_not_working_days(self, day):
        assert not clock.is_working_day(day)

    @pytest.mark.parametrize(
        "day",
        [
            pytest.param(date(2014, 12, 1), id="St Andrew's Day is Scotland's"),
            pytest.param(date(2014, 7, 14), id="the Battle of the Boyne is Northern Ireland's"),
            pytest.param(date(2014, 8, 4), id="the early August Monday is Scotland's"),
        ],
    )
    def test_of_other_countries_are_working_days(self, day):
        assert clock.is_working_day(day)


class TestCountingWorkingDays:
    @pytest.mark.parametrize(
        ("start", "end", "count"),
        [
            pytest.param(date(2014, 10, 15), date(2014, 10, 15), 0, id="the same day"),
            pytest.param(date(2014, 10, 15), date(2014, 10, 16), 1, id="the next day"),
            pytest.param(date(2014, 10, 17), date(2014, 10, 20), 1, id="over a weekend"),
            pytest.param(date(2014, 10, 17), date(2014, 10, 19), 0, id="into a weekend"),
            pytest.param(date(2014, 12, 24), date(2014, 12, 29), 1, id="over Christmas"),
            pytest.param(date(2014, 12, 31), date(2015, 1, 2), 1, id="over the New Year"),
            pytest.param(date(2014, 10, 20), date(2014, 10, 17), -1, id="backwards"),
        ],
    )
    def test_counts_the_days_after_the_first(self, start, end, count):
        assert clock.working_days_between(start, end) == count


class TestAddingWorkingDays:
    @pytest.mark.parametrize(
        ("day", "n", "expected"),
        [
            pytest.param(date(2014, 10, 15), 0, date(2014, 10, 15), id="none"),
            pytest.param(date(2014, 10, 15), 2, date(2014, 10, 17), id="within a week"),
            pytest.param(date(2014, 10, 17), 1, date(2014, 10, 20), id="from a Friday"),
            pytest.param(date(2014, 10, 18), 1, date(2014, 10, 20), id="from a Saturday"),
            pytest.param(date(2014, 4, 17), 1, date(2014, 4, 22), id="over Easter"),
            pytest.param(date(2014, 10, 20), -1, date(2014, 10, 17), id="backwards over a weekend"),
        ],
    )
    def test_skips_weekends_and_bank_holidays(self, day, n, expected):
        assert clock.add_working_days(day, n) == expected

    @pytest.mark.parametrize("n", [1, 5, 20, 260])
    def test_agrees_with_the_count(self, n):
        start = date(2014, 10, 15)
        assert clock.working_days_between(start, clock.add_working_days(start, n)) == n
