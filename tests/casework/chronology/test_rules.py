from datetime import date, time

from casework.chronology.rules import Entry, Kind, Step, counted, in_order, known_kind


class TestOneOrder:
    def test_puts_the_newest_first_and_the_later_hour_of_a_day_first(self):
        morning = Entry(date(2014, 10, 1), Kind.CONTACT, Step.CONTACT, "Morning", at=time(9, 30))
        evening = Entry(date(2014, 10, 1), Kind.CONTACT, Step.CONTACT, "Evening", at=time(18, 0))
        older = Entry(date(2014, 9, 1), Kind.NEED, Step.NEED_FOUND, "Older")
        assert in_order([older, morning, evening]) == [evening, morning, older]

    def test_tells_a_day_as_the_work_goes(self):
        day = [Entry(date(2014, 10, 1), Kind.DECISION, step, step.name) for step in Step]
        assert [entry.step for entry in in_order(day[3:] + day[:3])] == sorted(Step, reverse=True)
        assert Step.REFERRED < Step.ACCEPTED < Step.CASE_OPENED < Step.ALLOCATED < Step.CONTACT < Step.STAR
        assert Step.STAR < Step.PLAN_STARTED < Step.PLAN_AGREED

    def test_counts_every_kind_those_with_none_too(self):
        found = counted([Entry(date(2014, 9, 1), Kind.NEED, Step.NEED_FOUND, "One")])
        assert (found[Kind.NEED], found[Kind.STAR], len(found)) == (1, 0, len(Kind) - 1)
        assert Kind.CONCERN not in found  # to whom none is shown, nothing says that there is none

    def test_knows_no_kind_that_is_not_one(self):
        assert known_kind("need") is Kind.NEED
        assert known_kind("everything") is known_kind(None) is None
