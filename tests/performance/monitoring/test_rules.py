"""How far a family is in words and dates, and what is expected if nothing changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.monitoring.rules import (
    Line,
    carried_on,
    days_to_ask,
    forecast_of,
    progress,
    steps_back,
    totals,
    window_for,
)
from performance.monitoring.schooling import school_line
from performance.pbr.rules import Fact, Household, Member, Period, Term, judge
from performance.pbr.schemes import load

UNSETTLED = load("P1")
P1 = UNSETTLED.confirming({row.id: "Seen" for row in UNSETTLED.rows.values() if not row.settled})
TERMS = tuple(
    Term(name, date.fromisoformat(begins), date.fromisoformat(ends))
    for name, begins, ends in (
        ("2012-13 autumn", "2012-08-28", "2012-12-21"), ("2012-13 spring", "2013-01-07", "2013-03-28"),
        ("2012-13 summer", "2013-04-15", "2013-07-12"), ("2013-14 autumn", "2013-08-27", "2013-12-20"),
        ("2013-14 spring", "2014-01-06", "2014-04-11"), ("2013-14 summer", "2014-04-28", "2014-07-19"),
        ("2014-15 autumn", "2014-08-26", "2014-12-19"),
    )
)  # fmt: skip
ATTACHED, ON = date(2013, 7, 15), date(2014, 5, 20)
HERE = (Period(date(2012, 1, 1)),)
HOME = Household("H", (
    Member("a", date(1980, 5, 4), HERE, parenting=True, name="Ann"), Member("c", date(2001, 10, 9), HERE, name="Cy"),
), ATTACHED)  # fmt: skip


def fact(kind, person, first, last, *, recorded=None, **value):
    seen = recorded or (last or first) + timedelta(days=1)
    return Fact(f"{kind}:{person}:{first}", kind, person, Period(first, last), value, "A file", seen)


def attendance(*missed, terms=TERMS):
    return [
        fact("attendance_term", "c", term.starts_on, term.ends_on, term=term.name, possible=100, attended=100 - n,
             unauthorised=n, fixed_exclusions=0)
        for term, n in zip(terms, missed, strict=False)
    ]  # fmt: skip


def searched_to(on):
    """Return that each agency searched until yesterday."""
    until = on - timedelta(days=1)
    return [
        fact("records_checked", None, date(2012, 1, 1), until, recorded=on, **{"for": kind})
        for kind in ("asb_intervention", "offence_proven", "benefit_spell")
    ]


ASB = [fact("asb_intervention", "a", date(2013, m, 9), date(2013, m, 9), instrument="ABC") for m in (1, 2, 3, 4, 5)]
BENEFIT = fact("benefit_spell", "a", date(2012, 6, 1), None, recorded=ATTACHED, benefit="JSA")
SEARCHED = searched_to(ON)
IMPROVED = (*attendance(30, 30, 30, 3, 4), *ASB, BENEFIT, *SEARCHED)


def said(*missed, on=ON):
    return school_line(P1, HOME, attendance(*missed), on, TERMS).said


class TestSchoolInWords:
    def test_counts_good_terms_and_says_when_the_last_ends(self):
        assert (
            said(30, 30, 30, 3, 4) == "School attendance has been good for two terms; the third ends on 19 July 2014."
        )

    def test_says_when_it_is_enough(self):
        assert said(30, 30, 30, 3, 4, 5, on=date(2014, 8, 1)) == "School attendance has been good for three terms."

    def test_begins_again_after_a_term_that_was_not_good(self):
        assert said(30, 30, 30, 3, 40) == (
            "School attendance was not good in spring 2014; from the next term on, the school calendar does not reach "
            "the third."
        )

    def test_says_what_is_not_known(self):
        assert said(30, 30, 30, 3).startswith("School attendance in spring 2014 is not known of every child")

    def test_says_nothing_where_nobody_is_at_school(self):
        alone = Household("H", HOME.members[:1], ATTACHED)
        assert school_line(P1, alone, [], ON, TERMS) is None


class TestIfNothingChanges:
    def test_the_result_is_met_the_day_after_the_third_term(self):
        found, results = progress(P1, HOME, IMPROVED, ON, TERMS)
        (together,) = [each for each in results if each.code == "crime_asb_education"]
        assert together.answer == "not_met"
        assert together.missing
        assert (together.expected.earliest, together.expected.claimable) == (date(2014, 7, 20), True)
        assert together.expected.amount == Decimal("1400.00")
        assert found.eligible

    def test_each_thing_asked_stands_with_the_result_that_asks_it(self):
        _, results = progress(P1, HOME, IMPROVED, ON, TERMS)
        kinds = {each.code: {line.kind for line in each.lines} for each in results}
        assert kinds["continuous_employment"] == {"evidence_of_work"}
        assert not kinds["crime_asb_education"] & {"evidence_of_work", "progress_to_work"}

    def test_a_child_who_goes_on_missing_school_never_meets_it(self):
        facts = (*attendance(30, 30, 30, 30, 30), *ASB, BENEFIT, *SEARCHED)
        assert "crime_asb_education" not in forecast_of(P1, HOME, facts, ON, TERMS)

    def test_what_is_met_today_is_met_today(self):
        on = date(2014, 8, 1)
        searched = searched_to(on)
        facts = (*attendance(30, 30, 30, 3, 4, 5), *ASB, BENEFIT, *searched)
        assert forecast_of(P1, HOME, facts, on, TERMS)["crime_asb_education"].earliest == on

    def test_nothing_is_expected_of_a_family_that_is_not_attached(self):
        assert forecast_of(P1, Household("H", HOME.members), IMPROVED, ON, TERMS) == {}

    @given(st.integers(0, 400))
    def test_nothing_that_is_carried_on_is_from_before_today_or_after_the_day(self, ahead):
        day = ON + timedelta(days=ahead)
        known = {each.id for each in IMPROVED}
        new = [each for each in carried_on(IMPROVED, TERMS, ON, day) if each.id not in known]
        assert all(each.period.ends_on >= ON - timedelta(days=1) and each.period.ends_on < day for each in new)
        assert judge(P1, HOME, carried_on(IMPROVED, TERMS, ON, day), day, TERMS).eligible

    @given(st.dates(ATTACHED, date(2015, 12, 31)))
    def test_only_days_from_today_on_are_asked(self, on):
        days = days_to_ask(P1, HOME, IMPROVED, on, TERMS)
        assert days == sorted(set(days))
        assert min(days) >= on


class TestClaimWindows:
    @pytest.mark.parametrize(("day", "window"), [
        (date(2014, 7, 20), (date(2013, 11, 1), date(2014, 9, 30))),
        (date(2014, 10, 1), (date(2014, 10, 1), date(2015, 2, 28))),
        (date(2030, 1, 1), None),
    ], ids=["in one", "on its first day", "after the last"])  # fmt: skip
    def test_are_those_of_the_scheme(self, day, window):
        assert window_for(P1, day) == window

    def test_sum_up_first_and_round_last(self):
        window = (date(2014, 10, 1), date(2015, 2, 28))
        amounts = {None: [Decimal(700)], window: [Decimal("0.40"), Decimal("0.40"), Decimal("0.40")]}
        assert totals(P1, amounts)[0][:2] == (window, 3)
        assert totals(P1, amounts)[0][2] in {Decimal("1.20"), Decimal(1)}
        assert totals(P1, amounts)[1] == (None, 1, Decimal(700))


class TestWhatWentBack:
    def test_is_told_without_a_figure(self):
        before = [Line("school", "school", "not_known", "good for two", good_so_far=True).as_dict()]
        after = [Line("school", "school", "not_met", "not good in spring 2014: 40 of 100")]
        assert steps_back(before, after) == ["School attendance was good and is not any more."]

    def test_is_nothing_where_it_was_not_good_or_is_not_known_now(self):
        bad, good = Line("x", "sustained", "not_met", "s"), Line("x", "sustained", "met", "s")
        unknown = Line("x", "sustained", "not_known", "s")
        assert steps_back([bad.as_dict()], [bad]) == []
        assert steps_back([good.as_dict()], [unknown]) == []
