from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.claims.frozen import rules_of_the_county
from performance.claims.rules import TRANSITIONS, Action, State, draw, may, next_state, sample_size, three_people
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


class TestASample:
    @pytest.mark.parametrize(("lines", "size"), [(0, 0), (1, 1), (10, 1), (11, 2), (260, 26), (261, 27)])
    def test_is_a_tenth_rounded_up(self, lines, size):
        assert sample_size(lines) == size

    @given(st.sets(st.uuids().map(str), max_size=60), st.text(min_size=1), st.randoms())
    def test_is_the_same_for_the_same_seed_in_any_order(self, lines, seed, order):
        shuffled = sorted(lines)
        order.shuffle(shuffled)
        assert draw(seed, shuffled) == draw(seed, sorted(lines))
        assert len(draw(seed, lines)) == sample_size(len(lines))

    def test_of_another_seed_is_another(self):
        lines = [str(n) for n in range(200)]
        assert draw("a", lines) != draw("b", lines)


def test_a_run_of_before_a_release_without_a_row_says_what_the_row_was(monkeypatch):
    now, frozen_then = load("P1"), load("P1").confirming({"P1-ID-3b": "Board, 3 October 2014"})
    released = replace(now, settings=tuple(row for row in now.settings if row.id != "P1-ID-3b"))
    monkeypatch.setattr(schemes, "load", lambda _: released)
    told = rules_of_the_county(frozen_then)
    assert ([row["row"] for row in told["changed_rows"]], told["confirmed_rows"]) == (["P1-ID-3b"], [])
