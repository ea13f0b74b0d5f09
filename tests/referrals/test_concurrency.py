"""Two seniors at the same moment, each on a connection of their own."""

from dataclasses import replace
from datetime import date

import pytest

from families.people.models import Family
from referrals.enquiries import rules
from referrals.enquiries.services import reply_to_team
from referrals.intake.rules import State
from referrals.intake.services import send_referral
from referrals.triage.services import HOUSEHOLD_CHANGED, accept_referral, decline_referral
from slf.access.acting import acting_as
from slf.access.services import one_at_a_time
from slf.web.errors import Conflict, NotAllowed
from tests.at_once import at_once, meanwhile, wait_for_a_lock
from tests.factories import FamilyFactory
from tests.referrals.enquiries.factories import ask, receipt_of, replies_to
from tests.referrals.intake.factories import MARSH, again_as, full_draft, in_the_name_of, joining, sent_referral

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2014, 10, 16)
NAMELESS = tuple(replace(person, upn="", ni_number="") for person in MARSH)


def accepting(referral, by, **how):
    def verb():
        with in_the_name_of(by):
            return accept_referral(referral, by=by, on=ON, **how)

    return verb


def declining(referral, by, **how):
    def verb():
        with in_the_name_of(by):
            return decline_referral(referral, by=by, on=ON, reason="one_need", message="Ask the housing team.", **how)

    return verb


def families(by):
    with in_the_name_of(by):
        return list(Family.objects.visible_to(by))


class TestTwoSeniorsAcceptingAtOnce:
    @pytest.mark.parametrize("attempt", range(3))
    def test_make_one_family_and_the_other_is_told_who_was_first(self, school, senior, other_senior, attempt):
        referral = sent_referral(school)
        given = at_once(accepting(referral, senior), accepting(referral, other_senior))
        (family,) = [one for one in given if isinstance(one, Family)]
        (refused,) = [one for one in given if isinstance(one, Conflict)]
        assert families(senior) == [family]
        assert refused.message.startswith("Already accepted by ")


class TestTwoReferralsOfOneFamilyAcceptedAtOnce:
    @pytest.mark.parametrize("attempt", range(3))
    def test_make_one_household_and_the_second_is_asked_to_look_again(self, school, senior, other_senior, attempt):
        family = FamilyFactory()
        pairs = [(sent_referral(school, people=NAMELESS), by) for by in (senior, other_senior)]
        given = at_once(*(accepting(one, by, join=joining(one, family, by)) for one, by in pairs))
        (refused,) = [one for one in given if isinstance(one, Conflict)]
        assert refused.message == HOUSEHOLD_CHANGED
        with in_the_name_of(senior):
            assert sorted(str(m.person) for m in family.memberships.select_related("person")) == sorted(
                person.name for person in NAMELESS
            )


class TestAcceptingIntoAFamilyThatIsBeingGivenToWhoeverAccepts:
    def test_waits_before_it_holds_the_family(self, school, senior, everything):
        family, referral = FamilyFactory(), sent_referral(school)
        accept = accepting(referral, senior, join=joining(referral, family, senior))
        with acting_as(everything), meanwhile(accept, senior) as (outcome, second):
            one_at_a_time(senior)
            second.start()
            wait_for_a_lock(second)
            assert Family.objects.select_for_update(of=("self",), no_key=True, nowait=True).get(pk=family.pk) == family
        assert outcome == [family]


class TestOneReferrerSendingTwiceAtOnce:
    def test_gets_the_same_receipt(self, school):
        draft = full_draft(school)

        def send():
            with in_the_name_of(school):
                return send_referral(draft, by=school, on=ON)

        first, second = at_once(send, send)
        assert first == second


class TestOneSeniorPressingTwice:
    def test_gets_the_same_family_twice(self, school, senior):
        referral = sent_referral(school)
        first, second = at_once(accepting(referral, senior), accepting(referral, senior))
        assert first == second
        assert families(senior) == [first]


class TestOneAcceptingWhileAnotherDeclines:
    def test_leaves_one_decision(self, school, senior, other_senior):
        referral = sent_referral(school)
        given = at_once(accepting(referral, senior), declining(referral, other_senior))
        assert sum(isinstance(one, Conflict) for one in given) == 1
        assert len(families(senior)) == sum(isinstance(one, Family) for one in given)


class TestAReferrerReplyingWhileASeniorDecides:
    @pytest.mark.parametrize("attempt", range(3))
    def test_leaves_one_of_the_two_and_tells_the_other(self, school, senior, attempt):
        referral = sent_referral(school)
        ask(referral, senior)
        with in_the_name_of(senior):
            seen = again_as(senior, referral.uid).revision
        receipt = receipt_of(referral, school)

        def replying():
            with in_the_name_of(school):
                return reply_to_team(receipt, by=school, on=ON, replies=replies_to(receipt))

        given = at_once(replying, declining(referral, senior, seen=seen))
        (refused,) = [one for one in given if isinstance(one, Conflict)]
        with in_the_name_of(senior):
            state = again_as(senior, referral.uid).state
        if state == State.DECLINED:
            assert refused.message == rules.NOT_ASKED
        else:
            assert (state, refused.message) == (State.RECEIVED, rules.REPLIED_MEANWHILE)


class TestOneReferrerReplyingTwiceAtOnce:
    def test_replies_once(self, school, senior):
        referral = sent_referral(school)
        ask(referral, senior)
        receipt = receipt_of(referral, school)

        def replying():
            with in_the_name_of(school):
                return reply_to_team(receipt, by=school, on=ON, replies=replies_to(receipt))

        first, second = at_once(replying, replying)
        assert first == second == receipt


class TestTwoSeniorsAskingAtOnce:
    def test_leaves_one_enquiry_and_tells_the_other(self, school, senior, other_senior):
        referral = sent_referral(school)

        def asking(by, question):
            def verb():
                return ask(referral, by, questions={"home": question})

            return verb

        given = at_once(asking(senior, "Which flat?"), asking(other_senior, "Which door?"))
        assert sum(isinstance(one, NotAllowed) for one in given) == 1
        assert len(receipt_of(referral, school).open_enquiries) == 1
