"""What shows that work with a family drifts."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.drift.rules import Kind, Known, Limits, Sign, drifts, pressing, signs_of, unchanged

TODAY = date(2014, 10, 15)
LIMITS = Limits(contact_every=14, child_seen_every=28, decided_every=42, expected_weeks=52, unchanged_reviews=2)
DAYS = st.integers(0, 900)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def known(**more) -> Known:
    return Known(**{"began": ago(100), "contact": ago(3), "decided": ago(20), "children": [("Chloe", ago(3))]} | more)


def words(**more) -> list[str]:
    return [one.words for one in signs_of(known(**more), LIMITS, on=TODAY)]


class TestASign:
    @pytest.mark.parametrize(
        ("more", "said"),
        [
            pytest.param({}, [], id="nothing is to be said of work that goes on"),
            pytest.param({"children": [("Chloe", ago(28))]}, [], id="a child seen on the last day is not late"),
            pytest.param({"children": [("Chloe", ago(29))]}, ["Chloe not seen for 29 days"], id="a day later it is"),
            pytest.param({"children": [("Chloe", None)]}, ["Chloe never seen"], id="a child is never seen"),
            pytest.param({"contact": ago(20)}, ["No contact for 20 days"], id="nobody was in touch"),
            pytest.param({"decided": None}, ["Never decided on in supervision"], id="it was never talked over"),
            pytest.param({"decided": ago(43)}, ["Last decided on 43 days ago"], id="it was long ago"),
            pytest.param({"late": 1}, ["1 action overdue"], id="an action is late"),
            pytest.param({"began": ago(370)}, ["Open for 52 weeks, 52 expected"], id="it is open too long"),
            pytest.param(
                {"protected": ["Chloe", "Amina"]},
                ["Chloe and Amina on a child protection plan while the case is open"],
                id="a plan of social care runs beside it",
            ),
        ],
    )
    def test_is_said_in_words(self, more, said):
        assert words(**more) == said

    def test_is_not_there_in_the_first_days(self):
        new = Known(began=ago(2), children=[("Chloe", None)])
        assert signs_of(new, LIMITS, on=TODAY) == []

    @given(began=DAYS, contact=DAYS, decided=DAYS, seen=DAYS)
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_stays_until_something_happens(self, began, contact, decided, seen):
        before = known(began=ago(began), contact=ago(contact), decided=ago(decided), children=[("Chloe", ago(seen))])
        today = {one.sign for one in signs_of(before, LIMITS, on=TODAY)}
        assert today <= {one.sign for one in signs_of(before, LIMITS, on=TODAY + timedelta(days=1))}


class TestReviewsWithoutChange:
    @pytest.mark.parametrize(
        ("readings", "is_stuck"),
        [
            pytest.param([{"home": 4}, {"home": 4}], False, id="one review is not two"),
            pytest.param([{"home": 4}, {"home": 4}, {"home": 4}], True, id="the same three times"),
            pytest.param([{"home": 3}, {"home": 6}, {"home": 4}], True, id="better and worse again"),
            pytest.param(
                [{"home": 5, "money": 1}, {"home": 4, "money": 4}, {"home": 4, "money": 4}], False, id="one is"
            ),
            pytest.param([{"home": 4}, {"home": 4}, {"money": 4}], False, id="nothing to compare"),
        ],
    )
    def test_are_told_by_the_star(self, readings, is_stuck):
        assert bool(list(unchanged(readings, 2))) is is_stuck


class TestTheOrder:
    def test_is_risky_then_overdue_then_stuck(self):
        all_of_it = known(protected=["Chloe"], contact=ago(40), began=ago(700), decided=None)
        assert [one.kind for one in signs_of(all_of_it, LIMITS, on=TODAY)] == sorted(
            one.kind for one in signs_of(all_of_it, LIMITS, on=TODAY)
        )
        risky, late = signs_of(known(protected=["Chloe"]), LIMITS, on=TODAY), signs_of(known(late=3), LIMITS, on=TODAY)
        assert pressing(risky) < pressing(late) < pressing([])
        assert risky[0].kind is Kind.RISKY

    def test_leaves_off_the_drift_list_what_is_only_late(self):
        assert drifts(signs_of(known(late=3, contact=ago(40)), LIMITS, on=TODAY)) == []
        assert [one.sign for one in drifts(signs_of(known(decided=None), LIMITS, on=TODAY))] == [Sign.UNDECIDED]
