"""What a concern waits for, and until when."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.safeguarding.clocks import Limits, clocks_of
from casework.safeguarding.rules import ROUTES, Route, Said, Step, WrongConcern, check_said, check_told
from slf.clock import LONDON
from tests.casework.safeguarding.factories import told

FRIDAY = datetime(2014, 10, 17, 22, 40, tzinfo=LONDON)
HOUR = timedelta(hours=1)


def clocks(route=Route.CHILD, *, refers=FRIDAY, done=None, now=FRIDAY):
    found = clocks_of(route, FRIDAY, refers=refers, done=done or {}, limits=Limits(), now=now)
    return {clock.step: clock for clock in found}


def at(*words):
    return datetime(2014, *words, tzinfo=LONDON)


class TestAConcernAboutAChild:
    def test_waits_for_its_review_and_to_be_told(self):
        assert {step: clock.due for step, clock in clocks().items()} == {
            Step.REVIEWED: at(10, 18, 22, 40), Step.TOLD: at(10, 18, 2, 40)
        }  # fmt: skip

    def test_waits_for_its_review_alone_when_its_author_is_not_sure(self):
        assert list(clocks(refers=None)) == [Step.REVIEWED]

    def test_is_followed_up_in_48_hours_and_acknowledged_on_the_next_working_day_once_it_was_told(self):
        found = clocks(done={Step.TOLD: FRIDAY + HOUR})
        assert found[Step.WRITTEN].due == at(10, 19, 23, 40)
        assert found[Step.ACKNOWLEDGED].due == at(10, 20, 23, 40)
        assert found[Step.OUTCOME].due == at(10, 24, 23, 40)

    def test_is_taken_further_up_when_nobody_acknowledges_it(self):
        found = clocks(done={Step.TOLD: FRIDAY}, now=at(10, 20, 22, 41))
        assert found[Step.ACKNOWLEDGED].is_missed(at(10, 20, 22, 41))
        assert found[Step.ESCALATED].due == at(10, 21, 22, 40)

    def test_is_acknowledged_by_what_became_of_it(self):
        found = clocks(done={Step.TOLD: FRIDAY, Step.OUTCOME: FRIDAY + HOUR})
        assert found[Step.ACKNOWLEDGED].done == FRIDAY + HOUR


def test_an_allegation_is_told_to_the_designated_officer_within_one_working_day():
    assert clocks(Route.STAFF)[Step.TOLD].due == at(10, 20, 22, 40)


@pytest.mark.parametrize("route", Route)
@given(hours=st.tuples(*[st.none() | st.integers(0, 500)] * len(Step)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_clock_ends_before_it_began_and_each_is_there_once(route, hours):
    done = {step: FRIDAY + HOUR * number for step, number in zip(Step, hours, strict=True) if number is not None}
    found = clocks_of(route, FRIDAY, refers=FRIDAY, done=done, limits=Limits(), now=FRIDAY + HOUR * 500)
    assert all(clock.due > clock.began for clock in found)
    assert len({clock.step for clock in found}) == len(found)


def test_only_what_is_said_about_staff_is_hidden():
    assert [route for route, found in ROUTES.items() if found.is_hidden] == [Route.STAFF]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": " "}, "words"),
        ({"about": ""}, "about"),
        ({"route": "gossip"}, "route"),
        ({"refers": "told"}, "told_who"),
        ({"refers": "later"}, "refers"),
        ({"knows": "perhaps"}, "knows"),
        ({"team": None}, "team"),
        ({"route": "staff", "accused": 7}, "accused"),
    ],
)
def test_a_concern_that_cannot_be_right_is_refused_beside_its_question(wrong, field):
    with pytest.raises(WrongConcern) as refusal:
        check_told(told(**{"team": 1} | wrong), has_family=False, by=7)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Said(Step.TOLD, "They will ring back."), "who"),
        (Said(Step.ADDED, " "), "words"),
        (Said(Step.OUTCOME, "No answer.", who="Mrs Ali", result="refer"), "result"),
    ],
)
def test_a_step_that_says_too_little_is_refused(said, field):
    with pytest.raises(WrongConcern) as refusal:
        check_said(said)
    assert refusal.value.field == field
