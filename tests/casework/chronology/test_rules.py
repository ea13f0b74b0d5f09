from datetime import date, time

from casework.chronology.rules import Entry, Kind, counted, in_order, known_kind


class TestOneOrder:
    def test_puts_the_newest_first_and_the_later_hour_of_a_day_first(self):
        morning = Entry(date(2014, 10, 1), Kind.CONTACT, "Morning", at=time(9, 30))
        evening = Entry(date(2014, 10, 1), Kind.CONTACT, "Evening", at=time(18, 0))
        older = Entry(date(2014, 9, 1), Kind.NEED, "Older")
        assert in_order([older, morning, evening]) == [evening, morning, older]

    def test_counts_every_kind_those_with_none_too(self):
        found = counted([Entry(date(2014, 9, 1), Kind.NEED, "One")])
        assert (found[Kind.NEED], found[Kind.STAR], len(found)) == (1, 0, len(Kind))

    def test_knows_no_kind_that_is_not_one(self):
        assert known_kind("need") is Kind.NEED
        assert known_kind("everything") is known_kind(None) is None
