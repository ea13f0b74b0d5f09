from datetime import date

import pytest

from casework.visits.rules import (
    How,
    Sighting,
    Why,
    check_day,
    check_next,
    check_seen,
    check_sightings,
    days_since,
    is_overdue,
)
from slf.web.errors import NotAllowed

TODAY, KNOWN = date(2014, 10, 15), date(2014, 1, 6)
HOUSEHOLD = {1: False, 2: True, 3: True}


class TestTheDayOfAVisit:
    @pytest.mark.parametrize("day", [TODAY, KNOWN, date(2014, 6, 1)])
    def test_is_today_or_earlier_while_the_family_was_known(self, day):
        check_day(day, today=TODAY, known_since=KNOWN)

    @pytest.mark.parametrize(
        ("day", "says"), [(date(2014, 10, 16), "has happened"), (date(2014, 1, 5), "not yet known")]
    )
    def test_is_refused_otherwise(self, day, says):
        with pytest.raises(NotAllowed, match=says):
            check_day(day, today=TODAY, known_since=KNOWN)

    def test_comes_before_the_next_one(self):
        check_next(None, day=TODAY)
        check_next(date(2014, 10, 16), day=TODAY)
        with pytest.raises(NotAllowed, match="later day"):
            check_next(TODAY, day=TODAY)


class TestWhoWasSeen:
    @pytest.mark.parametrize(
        "said",
        [
            pytest.param([], id="nothing said"),
            pytest.param([Sighting(2, How.SEEN), Sighting(3, How.ALONE)], id="children seen"),
            pytest.param([Sighting(2, How.NOT_SEEN, Why.AT_SCHOOL)], id="a child not seen, and why"),
            pytest.param([Sighting(1, How.NOT_SEEN)], id="a grown-up not seen needs no reason"),
        ],
    )
    def test_may_be_said(self, said):
        check_sightings(said, household=HOUSEHOLD)

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param([Sighting(9, How.SEEN)], id="somebody outside the household"),
            pytest.param([Sighting(2, How.SEEN), Sighting(2, How.ALONE)], id="twice of the same child"),
            pytest.param([Sighting(3, How.NOT_SEEN)], id="a child not seen without a reason"),
        ],
    )
    def test_may_not_be_said(self, said):
        with pytest.raises(NotAllowed):
            check_sightings(said, household=HOUSEHOLD)


class TestATelephoneCall:
    @pytest.mark.parametrize("how", [How.SEEN, How.ALONE])
    def test_sees_nobody(self, how):
        check_seen([Sighting(2, how)], kind="home")
        with pytest.raises(NotAllowed, match="Nobody is seen on a telephone call"):
            check_seen([Sighting(2, how)], kind="phone")

    def test_may_say_that_somebody_was_not_seen(self):
        check_seen([Sighting(2, How.NOT_SEEN, Why.NOT_ASKED)], kind="phone")


class TestHowLongAgo:
    @pytest.mark.parametrize(("days", "late"), [(15, True), (14, False), (0, False)])
    def test_is_too_long(self, days, late):
        assert is_overdue(days, every=14, waited=30) is late

    @pytest.mark.parametrize(("waited", "late"), [(15, True), (14, False), (0, False), (None, False)])
    def test_is_counted_from_the_first_day_of_work_when_it_never_happened(self, waited, late):
        assert is_overdue(None, every=14, waited=waited) is late

    def test_is_not_known_when_it_never_happened(self):
        assert days_since(None, today=TODAY) is None
        assert days_since(date(2014, 10, 1), today=TODAY) == 14
