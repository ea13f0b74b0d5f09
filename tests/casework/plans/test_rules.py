"""The states of a plan and its actions, and whose agreement makes it the family's."""

from datetime import date

import pytest

from casework.plans import rules
from casework.plans.rules import Act, ActionState, AgreementRule, PlanState
from slf.web.errors import NotAllowed

ALLOWED = {
    (PlanState.DRAFT, Act.WRITE): PlanState.DRAFT,
    (PlanState.DRAFT, Act.AGREE): PlanState.AGREED,
    (PlanState.AGREED, Act.REPLACE): PlanState.REPLACED,
    (PlanState.DRAFT, Act.THROW_AWAY): PlanState.DROPPED,
    (PlanState.DRAFT, Act.END): PlanState.ENDED,
    (PlanState.AGREED, Act.END): PlanState.ENDED,
    (ActionState.OPEN, Act.FINISH): ActionState.DONE,
    (ActionState.DONE, Act.REOPEN): ActionState.OPEN,
}
EVERYTHING = [(state, act) for state in (*PlanState, *ActionState) for act in Act]


class TestTheTransitionTable:
    @pytest.mark.parametrize(("state", "act"), EVERYTHING)
    def test_allows_these_and_no_others(self, state, act):
        if (state, act) in ALLOWED:
            assert rules.next_state(state, act) == ALLOWED[state, act]
        else:
            says = rules.OVER.get(state, rules.REFUSALS[act])
            with pytest.raises(NotAllowed, match=says[:20]):
                rules.next_state(state, act)

    def test_never_lets_an_agreed_version_be_written_again(self):
        assert not rules.may(PlanState.AGREED, Act.WRITE)
        assert PlanState.DRAFT not in {target for act, (_, target) in rules.TRANSITIONS.items() if act != Act.WRITE}


MUM, DAD, GRAN, AWAY, CHILD = range(5)
HOUSEHOLD = {MUM: "parent", DAD: "parent", GRAN: "adult", AWAY: "away", CHILD: "child"}
ONE_PARENT = rules.AGREEMENT_RULES[0]
EVERY_PARENT = AgreementRule("every_parent", date(2014, 1, 1), frozenset({"parent"}), True, "Every parent", "test")  # noqa: FBT003


class TestWhoseAgreementSuffices:
    @pytest.mark.parametrize(
        ("rule", "agreed", "enough"),
        [
            pytest.param(ONE_PARENT, {MUM}, True, id="one parent at home"),
            pytest.param(ONE_PARENT, {MUM, DAD}, True, id="both parents"),
            pytest.param(ONE_PARENT, {GRAN}, False, id="another adult alone"),
            pytest.param(ONE_PARENT, {AWAY}, False, id="a parent who lives elsewhere"),
            pytest.param(ONE_PARENT, {CHILD}, False, id="a child"),
            pytest.param(ONE_PARENT, set(), False, id="nobody"),
            pytest.param(EVERY_PARENT, {MUM}, False, id="one of two when both are asked"),
            pytest.param(EVERY_PARENT, {MUM, DAD}, True, id="both when both are asked, without the one elsewhere"),
        ],
    )
    def test_is_what_the_rule_says(self, rule, agreed, enough):
        assert rule.is_met(HOUSEHOLD, agreed) is enough

    def test_is_nobodys_in_a_household_without_those_it_asks(self):
        assert not EVERY_PARENT.is_met({GRAN: "adult"}, {GRAN})

    def test_counts_from_the_day_enough_had_agreed(self):
        said = {GRAN: date(2014, 3, 1), MUM: date(2014, 3, 5), DAD: date(2014, 3, 9)}
        assert ONE_PARENT.met_on(HOUSEHOLD, said) == date(2014, 3, 5)
        assert EVERY_PARENT.met_on(HOUSEHOLD, said) == date(2014, 3, 9)
        assert ONE_PARENT.met_on(HOUSEHOLD, {GRAN: date(2014, 3, 1)}) is None


class TestTheRuleInForce:
    BOTH = (ONE_PARENT, EVERY_PARENT)

    @pytest.mark.parametrize(
        ("day", "code"),
        [
            (date(2011, 1, 1), "one_parent_at_home"),
            (date(2013, 12, 31), "one_parent_at_home"),
            (date(2014, 1, 1), "every_parent"),
        ],
    )
    def test_is_the_one_of_the_day(self, day, code):
        assert rules.agreement_rule_on(day, self.BOTH).code == code

    def test_says_that_it_is_to_be_confirmed(self):
        assert "to be confirmed" in rules.agreement_rule_on(date(2014, 10, 15)).source


class TestALateAction:
    @pytest.mark.parametrize(
        ("state", "due", "late"), [("open", 14, True), ("open", 15, False), ("open", 16, False), ("done", 14, False)]
    )
    def test_is_one_still_to_do_after_its_day(self, state, due, late):
        assert rules.is_late(state, date(2014, 10, due), on=date(2014, 10, 15)) is late
