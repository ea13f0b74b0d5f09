"""What one fact more would make eligible, by example and for whatever is met."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.identification.rules import (
    Met,
    Missing,
    Place,
    cannot_be_found,
    in_words,
    is_running,
    one_away,
    place_of,
    satisfied,
)
from performance.pbr.rules import Fact, Household, Member, Period, judge
from performance.pbr.schemes import load

DAY = date(2014, 10, 15)
P1, SF = load("P1"), load("SF")
HERE = (Period(date(2012, 1, 1)),)
HOUSE = Household("H", (Member("a", date(1980, 1, 1), HERE, parenting=True), Member("c", date(2004, 1, 1), HERE)))


def fact(kind, person="a", day=date(2014, 6, 9), ends=date(2014, 6, 9), **value):
    return Fact(f"{kind}:{day}", kind, person, Period(day, ends), value, "A file", DAY)


ASB = fact("asb_intervention", instrument="ABC")
WORK = fact("benefit_spell", day=date(2012, 6, 1), ends=None, benefit="JSA")
CONCERN = fact("child_in_need", "c", day=date(2014, 1, 1), ends=None)


def missing(*facts):
    return one_away(P1, judge(P1, HOUSE, facts, DAY))


class TestOneFactAway:
    def test_names_each_single_fact_that_would_do(self):
        assert [each.code for each in missing(ASB, WORK)] == ["2", "4"]

    def test_is_nobody_who_lacks_two(self):
        assert missing(WORK) == ()

    def test_is_nobody_who_is_eligible(self):
        assert missing(ASB, WORK, CONCERN) == ()

    def test_says_whether_anybody_looked(self):
        assert in_words([Missing("4", "local concern", known=False)]) == "local concern: not known"
        assert in_words([Missing("4", "local concern", known=True)]) == "local concern: not so by what is held"

    def test_may_be_the_child_of_a_scheme_that_asks_for_one(self):
        alone = Household("H", HOUSE.members[:1])
        facts = [fact("problem_identified", problem=row.in_use["problem"], day=date(2023, 1, 9), ends=date(2023, 1, 9))
                 for row in SF.criteria if row.kind == "found"][:6]  # fmt: skip
        facts = [Fact(f"{f.id}{n}", f.kind, f.person, f.period, f.value, f.source, date(2023, 1, 9))
                 for n, f in enumerate(facts)]  # fmt: skip
        found = judge(SF, alone, facts, date(2023, 2, 1))
        assert [each.called for each in one_away(SF, found)] == ["a dependent child"]

    @given(st.sets(st.sampled_from(["1", "2", "3", "4"])))
    def test_goes_by_the_same_counting_as_the_engine(self, groups):
        facts = {"1": ASB, "3": WORK, "4": CONCERN}
        met = frozenset(groups & facts.keys())
        found = judge(P1, HOUSE, [facts[group] for group in met], DAY)
        assert satisfied(P1, Met(met, frozenset()), DAY) == found.eligible
        assert not (found.eligible and one_away(P1, found))


class TestTheListOfAFamily:
    def test_is_one_of_its_own_for_whoever_is_not_worked_with(self):
        eligible = judge(P1, HOUSE, (ASB, WORK, CONCERN), DAY)
        assert place_of(eligible, (), worked_with=True) is Place.ELIGIBLE
        assert place_of(eligible, (), worked_with=False) is Place.FOUND

    def test_is_none_for_whoever_is_two_facts_away(self):
        assert place_of(judge(P1, HOUSE, (WORK,), DAY), (), worked_with=False) is None


@pytest.mark.parametrize(("hours", "running"), [(1, True), (3, False)])
def test_a_run_that_nobody_finished_holds_up_no_other_for_long(hours, running):
    now = datetime(2014, 10, 15, 12, tzinfo=UTC)
    assert is_running(now - timedelta(hours=hours), None, now=now) is running
    assert not is_running(now, now, now=now)


def test_what_cannot_be_found_is_said():
    assert "by pupil number" in " ".join(cannot_be_found([]))
    assert cannot_be_found(["Proven offences"])[0] == "Files are held of: Proven offences."
