"""What may be done with a closing, and from which day on a case can be closed."""

from datetime import date

import pytest

from casework.closing import rules
from casework.closing.rules import Bound, WrongClosing
from slf.web.errors import NotAllowed

ON = date(2014, 10, 15)


class TestTheDay:
    bounds = (Bound(date(2014, 9, 1), "Opened."), Bound(date(2014, 10, 10), "A contact."))

    @pytest.mark.parametrize("day", [date(2014, 10, 10), ON])
    def test_is_the_last_day_of_work_or_later(self, day):
        rules.check_day(day, bounds=self.bounds, on=ON)

    @pytest.mark.parametrize(
        ("day", "why"),
        [(date(2014, 10, 9), "A contact. Close the case from 10 October"), (date(2014, 10, 16), "today")],
    )
    def test_is_not_earlier_nor_to_come(self, day, why):
        with pytest.raises(WrongClosing, match=why):
            rules.check_day(day, bounds=self.bounds, on=ON)

    def test_has_to_be_waited_for_where_work_began_today(self):
        with pytest.raises(NotAllowed, match="from 16 October 2014 on"):
            rules.check_day(ON, bounds=[Bound(date(2014, 10, 16), "Given today.")], on=ON)


@pytest.mark.parametrize(("day", "may"), [(date(2014, 10, 29), True), (date(2014, 10, 30), False)])
def test_a_closing_is_taken_back_for_some_days(day, may):
    assert rules.may_be_taken_back(ON, within=14, on=day) is may


def test_no_reason_is_longer_than_its_code_may_be():
    rules.REASONS.kind.check(rules.REASONS.default)
