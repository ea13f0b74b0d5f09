from dataclasses import replace

import pytest

from performance.claims.frozen import rules_of_the_county
from performance.claims.rules import (
    BEFORE_SUBMISSION,
    TRANSITIONS,
    Action,
    State,
    different_people,
    knowing,
    may,
    next_state,
)
from performance.pbr import schemes
from performance.pbr.schemes import load
from slf.web.errors import NotAllowed, NotForYou

ALLOWED = [
    (State.PREPARING, Action.FREEZE, State.PREPARED),
    (State.PREPARED, Action.REVIEW, State.REVIEWED),
    (State.REVIEWED, Action.DRAW_SAMPLE, State.SAMPLED),
    (State.SAMPLED, Action.PASS, State.AUDITED),
    (State.AUDITED, Action.SIGN, State.SIGNED),
    (State.SIGNED, Action.CERTIFY, State.CERTIFIED),
    (State.CERTIFIED, Action.SUBMIT, State.SUBMITTED),
    *((state, Action.WITHDRAW, State.WITHDRAWN) for state in sorted(BEFORE_SUBMISSION)),
]


class TestARun:
    @pytest.mark.parametrize(("state", "action", "after"), ALLOWED)
    def test_goes_one_step_at_a_time(self, state, action, after):
        assert next_state(state, action) == after

    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("action", Action)
    def test_goes_no_other_way(self, state, action):
        if (state, action) in {(s, a) for s, a, _ in ALLOWED}:
            return
        assert not may(state, action)
        with pytest.raises(NotAllowed, match=action.value):
            next_state(state, action)

    def test_every_action_is_in_the_table(self):
        assert set(TRANSITIONS) == set(Action)


class TestThePeopleOfARun:
    def test_are_different_people(self):
        different_people(by=5, others=[1, 2, None, 4])
        with pytest.raises(NotForYou, match="five people"):
            different_people(by=2, others=[1, 2, None])

    @pytest.mark.parametrize(("knows", "another_may"), [(False, False), (False, True), (True, False)])
    def test_put_their_name_to_it_knowing_a_family_only_where_nobody_else_could(self, knows, another_may):
        assert knowing(knows=knows, another_may=another_may) is knows

    def test_leave_it_to_somebody_who_knows_none(self):
        with pytest.raises(NotForYou, match="know a family"):
            knowing(knows=True, another_may=True)


def test_a_run_of_before_a_release_without_a_row_says_what_the_row_was(monkeypatch):
    now, frozen_then = load("P1"), load("P1").confirming({"P1-ID-3b": "Board, 3 October 2014"})
    released = replace(now, settings=tuple(row for row in now.settings if row.id != "P1-ID-3b"))
    monkeypatch.setattr(schemes, "load", lambda _: released)
    told = rules_of_the_county(frozen_then)
    assert ([row["row"] for row in told["changed_rows"]], told["confirmed_rows"]) == (["P1-ID-3b"], [])
