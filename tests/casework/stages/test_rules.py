"""No path through the table of stages leads past what a stage needs, whoever takes it in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from casework.transitions import rules
from casework.transitions.rules import LADDER, OPEN, TRANSITIONS, WORKED, Facts, Move, Need, Stage


def some(bits: int) -> frozenset[Need]:
    return frozenset(need for place, need in enumerate(Need) if bits >> place & 1)


def moves_from(stage: Stage) -> set[Move]:
    return {move for move, step in TRANSITIONS.items() if stage in step.frm}


needs = st.integers(0, 2 ** len(Need) - 1).map(some)
facts = st.builds(Facts, st.booleans(), st.booleans(), st.booleans(), st.booleans(), needs)


class TestAStage:
    @given(facts)
    def test_is_one_of_the_table_for_whatever_the_record_holds(self, held):
        stage = rules.stage_of(held)
        assert (stage is Stage.NO_CASE) == (not held.has_case)
        assert (stage is Stage.CLOSED) == (held.has_case and not held.is_open)

    @given(facts)
    def test_is_reached_only_where_all_below_it_is_there(self, held):
        stage = rules.stage_of(held)
        if stage in WORKED:
            below = LADDER[1 : [TRANSITIONS[move].to for move in LADDER].index(stage) + 1]
            for move in below:
                assert TRANSITIONS[move].makes in held.met

    @given(facts, st.sampled_from(Need))
    def test_never_falls_because_more_is_there(self, held, need):
        order = [TRANSITIONS[move].to for move in LADDER]
        more = Facts(held.has_case, held.is_open, held.is_held, held.is_proposed, held.met | {need})
        before, after = rules.stage_of(held), rules.stage_of(more)
        if before in WORKED:
            assert order.index(after) >= order.index(before)

    @given(facts)
    def test_says_all_that_is_missing_for_the_next_and_nothing_else(self, held):
        move = rules.next_move(rules.stage_of(held))
        if move:
            lacks = set(rules.missing(move, held))
            assert lacks == TRANSITIONS[move].wanted - held.met
            assert lacks | held.met >= TRANSITIONS[move].needs


class TestAPath:
    @given(st.lists(st.tuples(st.sampled_from(Move), needs), max_size=8))
    def test_leads_nowhere_past_what_a_step_needs(self, tries):
        stage, before = Stage.NO_CASE, Stage.BEGUN
        for move, met in tries:
            step = TRANSITIONS[move]
            told = rules.late(move, stage) or rules.lacking(move, {need: need in met for need in Need})
            assert bool(told) == (stage not in step.frm or not step.needs <= met)
            if told:
                continue
            before, stage = (stage if stage in WORKED else before), step.to or before
            if stage is Stage.CLOSED:
                assert Need.OUTCOMES in met
            if move is Move.ALLOCATE_AGAIN:
                assert Need.REFERRED in met

    def test_ends_nowhere_but_in_a_closed_case_that_a_referral_opens_again(self):
        for stage in Stage:
            assert moves_from(stage)
        assert moves_from(Stage.CLOSED) == {Move.ALLOCATE_AGAIN, Move.TAKE_BACK, Move.SIGN_LATE}
        assert TRANSITIONS[Move.SIGN_LATE].to is None

    def test_closes_a_case_only_with_what_became_of_each_need(self):
        closes = [TRANSITIONS[move] for move in (Move.CONFIRM, Move.CLOSE)]
        assert closes == [step for step in TRANSITIONS.values() if step.to is Stage.CLOSED]
        assert all(Need.OUTCOMES in step.needs for step in closes)
        assert all(step.second for step in closes if Stage.CLOSING in step.frm)

    def test_reaches_every_stage(self):
        reached, border = {Stage.NO_CASE}, [Stage.NO_CASE]
        while border:
            for move in moves_from(border.pop()):
                to = TRANSITIONS[move].to
                if to and to not in reached:
                    reached.add(to)
                    border.append(to)
        assert reached == set(Stage)
        assert reached > OPEN
