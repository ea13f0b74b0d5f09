from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.contact.rules import Channel, may_contact
from families.needs.rules import NEEDS
from referrals.intake.rules import GIVEN, NOT_ASKED, SUFFICES, PersonAnswer
from referrals.ourselves import rules
from referrals.ourselves.rules import Reach

MONDAY_NOON = datetime(2014, 10, 13, 12)  # noqa: DTZ001  (a moment as the clocks in England show it)
REACHES = st.builds(
    Reach, may_ring=st.booleans(), may_text=st.booleans(), may_leave_message=st.booleans(),
    days=st.sets(st.integers(0, 6)).map(tuple),
)  # fmt: skip


class TestTheNeeds:
    def test_have_words_of_a_familys_own(self):
        assert rules.OWN_WORDS.keys() == NEEDS.keys()

    def test_keep_the_familys_own_words_once(self):
        said = rules.evidence_of(["parenting", "poverty"], "The rent.")
        assert said == {"poverty": "The family says so itself: “The rent.”", "parenting": "The family says so itself."}


class TestReachingTheSender:
    @given(REACHES)
    def test_never_uses_a_way_that_was_not_said_to_be_safe(self, reach):
        coded = list(reach.rules("Donna"))
        assert may_contact(coded, Channel.CALL, MONDAY_NOON).may <= reach.may_ring
        assert may_contact(coded, Channel.TEXT, MONDAY_NOON).may <= reach.may_text

    def test_keeps_to_the_days_and_times(self):
        coded = list(Reach("1", may_ring=True, days=(1,), after=time(9)).rules("Donna"))
        assert not may_contact(coded, Channel.CALL, MONDAY_NOON).may
        assert may_contact(coded, Channel.CALL, MONDAY_NOON.replace(day=14)).may

    def test_says_who_may_answer_where_no_message_may_be_left(self):
        ringing = next(iter(Reach("1", may_ring=True).rules("Donna Tansley")))
        assert ringing.who_answers == "Donna Tansley"
        assert ("A message", "Must not be left") in Reach("1", may_ring=True).words("Donna")


class TestAgreement:
    @pytest.mark.parametrize(("part", "agreement"), [("parent", GIVEN), ("adult", NOT_ASKED), ("child", NOT_ASKED)])
    def test_is_given_by_who_has_the_say_and_asked_for_where_another_has(self, part, agreement):
        assert rules.agreement_of(PersonAnswer("Jo", "Pye", part), suffices=SUFFICES.shipped) == agreement


class TestTheFingerprint:
    def test_is_of_everything_but_who_sends_it(self):
        assert rules.digest_of({"a": 1, "uid": 2}) == rules.digest_of({"uid": 3, "a": 1})
        assert rules.digest_of({"a": 1}) != rules.digest_of({"a": 2})

    def test_does_not_depend_on_a_day(self):
        assert rules.digest_of({"day": date(2014, 1, 1)}) == rules.digest_of({"day": date(2014, 1, 1)})
