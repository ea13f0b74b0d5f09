"""Three-valued answers, and what they hang on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.pbr.rules import Answer, Finding, all_of, any_of, at_least

MET, NOT_MET, NOT_KNOWN, NEUTRAL = Answer
answers = st.sampled_from(Answer)


def findings(*given_: Answer) -> list[Finding]:
    return [Finding(each) for each in given_]


class TestCombiningAnswers:
    @pytest.mark.parametrize(
        ("given_", "together", "either"),
        [
            ((MET, MET), MET, MET),
            ((MET, NOT_MET), NOT_MET, MET),
            ((MET, NOT_KNOWN), NOT_KNOWN, MET),
            ((NOT_MET, NOT_KNOWN), NOT_MET, NOT_KNOWN),
            ((NOT_MET, NOT_MET), NOT_MET, NOT_MET),
            ((NOT_KNOWN, NOT_KNOWN), NOT_KNOWN, NOT_KNOWN),
            ((MET, NEUTRAL), MET, MET),
            ((NOT_MET, NEUTRAL), NOT_MET, NOT_MET),
            ((NOT_KNOWN, NEUTRAL), NOT_KNOWN, NOT_KNOWN),
            ((NEUTRAL, NEUTRAL), NEUTRAL, NEUTRAL),
            ((), NEUTRAL, NEUTRAL),
        ],
    )
    def test_all_of_and_any_of(self, given_, together, either):
        assert all_of(findings(*given_)).answer is together
        assert any_of(findings(*given_)).answer is either

    @pytest.mark.parametrize(
        ("needed", "given_", "answer"),
        [
            (2, (MET, MET, NOT_KNOWN), MET),
            (2, (MET, NOT_MET, NOT_KNOWN), NOT_KNOWN),
            (2, (MET, NOT_MET, NOT_MET), NOT_MET),
            (2, (NOT_KNOWN, NOT_KNOWN, NOT_MET), NOT_KNOWN),
            (3, (MET, MET, NOT_MET), NOT_MET),
        ],
    )
    def test_at_least_so_many(self, needed, given_, answer):
        assert at_least(needed, findings(*given_)).answer is answer

    @given(st.lists(answers, max_size=6), st.data())
    def test_forgetting_an_answer_never_turns_not_met_into_met(self, given_, data):
        forgotten = [data.draw(st.sampled_from([each, NOT_KNOWN])) if each is not NEUTRAL else each for each in given_]
        for combine in (all_of, any_of):
            before, after = combine(findings(*given_)).answer, combine(findings(*forgotten)).answer
            assert after in (before, NOT_KNOWN)

    @given(st.lists(answers, max_size=6).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
    def test_the_order_never_changes_the_answer(self, both):
        given_, shuffled = both
        assert all_of(findings(*given_)).answer is all_of(findings(*shuffled)).answer
        assert any_of(findings(*given_)).answer is any_of(findings(*shuffled)).answer


class TestWhatAnAnswerHangsOn:
    def test_met_by_all_hangs_on_every_unconfirmed_row(self):
        both = [Finding(MET, unsettled=("A",)), Finding(MET, unsettled=("B",))]
        assert all_of(both).unsettled == ("A", "B")

    def test_met_by_one_without_doubt_hangs_on_none(self):
        assert any_of([Finding(MET, unsettled=("A",)), Finding(MET)]).unsettled == ()

    def test_not_met_for_a_reason_without_doubt_hangs_on_none(self):
        assert (
            all_of([Finding(NOT_MET, unsettled=("A",)), Finding(NOT_MET), Finding(MET, unsettled=("B",))]).unsettled
            == ()
        )

    def test_two_of_three_hang_on_the_surest_two(self):
        three = [Finding(MET, unsettled=("A", "B")), Finding(MET, unsettled=("C",)), Finding(MET)]
        assert at_least(2, three).unsettled == ("C",)
