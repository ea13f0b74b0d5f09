from dataclasses import replace

import pytest

from performance.claims.frozen import rules_of_the_county
from performance.claims.rules import TRANSITIONS, Action, State, may, next_state, three_people
from performance.pbr import schemes
from performance.pbr.schemes import load
from slf.web.errors import NotAllowed, NotForYou

ALLOWED = [
    (State.PREPARING, Action.FREEZE, State.PREPARED),
    (State.PREPARED, Action.DRAW_SAMPLE, State.SAMPLED),
    (State.SAMPLED, Action.PASS, State.AUDITED),
    (State.AUDITED, Action.SIGN, State.SIGNED),
    (State.SIGNED, Action.RECORD_PAYMENT, State.PAID),
    (State.PREPARING, Action.WITHDRAW, State.WITHDRAWN),
    (State.PREPARED, Action.WITHDRAW, State.WITHDRAWN),
    (State.SAMPLED, Action.WITHDRAW, State.WITHDRAWN),
    (State.AUDITED, Action.WITHDRAW, State.WITHDRAWN),
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
    def test_may_be_three(self):
        three_people(preparer=1, auditor=2, signer=3)

    @pytest.mark.parametrize(("auditor", "signer"), [(1, 2), (2, 1), (2, 2), (1, None), (None, 1)])
    def test_may_not_be_two(self, auditor, signer):
        with pytest.raises(NotForYou, match="three people"):
            three_people(preparer=1, auditor=auditor, signer=signer)


def test_a_run_of_before_a_release_without_a_row_says_what_the_row_was(monkeypatch):
    now, frozen_then = load("P1"), load("P1").confirming({"P1-ID-3b": "Board, 3 October 2014"})
    released = replace(now, settings=tuple(row for row in now.settings if row.id != "P1-ID-3b"))
    monkeypatch.setattr(schemes, "load", lambda _: released)
    told = rules_of_the_county(frozen_then)
    assert ([row["row"] for row in told["changed_rows"]], told["confirmed_rows"]) == (["P1-ID-3b"], [])
