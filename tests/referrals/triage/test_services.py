from dataclasses import replace

import pytest

from families.addresses.services import where_they_lived
from families.facts.models import Fact
from families.kin.told import told_of
from families.people.models import Family, Membership, Person
from families.sharing.models import Agreement
from referrals.intake.models import Referral
from referrals.intake.rules import State, WrongAnswer
from referrals.triage import services
from referrals.triage.rules import REASONS
from referrals.triage.services import Agreed
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.clock import add_working_days
from slf.web.errors import Conflict, NotAllowed
from tests.referrals.intake.factories import AGREED_ON, MARSH, SENT_ON, UPN, in_the_name_of, sent_referral
from tests.referrals.triage.factories import ON, accept, look, receipt_of, twins_of
from tests.slf.policy.factories import confirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(school):
    return sent_referral(school)


class TestAcceptingAReferral:
    def test_makes_the_family_and_its_people(self, referral, senior, charnwood):
        family = accept(referral, senior)
        assert (family.name, family.scope.locality, family.known_since) == ("Marsh family", charnwood, ON)
        members = family.memberships.select_related("person").order_by("person__born_on")
        assert [str(member.person) for member in members] == [
            "Lee Marsh", "Dawn Marsh", "Kelly Marsh", "Jake Marsh", "Ruby Marsh",
        ]  # fmt: skip
        assert {str(home) for home in where_they_lived(family, on=ON, by=senior)} == {
            "4 Mill Lane, Loughborough, LE11 2AB"
        }
        assert Person.objects.get(upn=UPN).given_names == "Kelly"

    def test_carries_what_was_believed_of_responsibility_to_where_it_is_written_down(self, school, senior):
        believed = tuple(replace(p, responsible=True if p.given_names == "Dawn" else None) for p in MARSH)
        family = accept(sent_referral(school, people=believed), senior)
        with in_the_name_of(senior):
            (told,) = told_of(family, user=senior)
        assert (str(told.person), told.words, told.said_on) == ("Dawn Marsh", "yes", SENT_ON)
        assert told.source.endswith("15 October 2014")

    def test_numbers_families_in_a_row(self, school, senior):
        first, second = (accept(sent_referral(school, people=people), senior) for people in (MARSH, twins_of(MARSH)))
        assert int(second.reference[4:]) == int(first.reference[4:]) + 1
        assert first.reference.startswith("SLF-")

    def test_opens_its_needs_with_what_was_seen(self, referral, senior):
        family = accept(referral, senior)
        needs = dict(family.needs.values_list("kind", "evidence"))
        assert needs["housing"] == "Five people in two rooms."
        assert len(needs) == 4
        assert {need.source for need in family.needs.all()} == {f"Referral from {referral.agency}, 15 October 2014"}

    def test_knows_of_its_concerns_from_the_day_of_the_decision(self, referral, senior):
        family = accept(referral, senior)
        (concern,) = Fact.objects.filter(family=family, kind="local_concern")
        assert (concern.period.lower, concern.recorded_on) == (SENT_ON, ON)
        assert not Fact.objects.known_on(SENT_ON).exists()
        assert {need.started_on for need in family.needs.all()} == {SENT_ON}

    def test_records_who_agreed(self, referral, senior):
        agreement = accept(referral, senior).agreements.get()
        assert (agreement.state, agreement.said_on, agreement.how) == ("given", AGREED_ON, "referrer")
        assert str(agreement.person) == "Dawn Marsh"

    def test_tells_the_referrer(self, referral, senior, school):
        accept(referral, senior)
        receipt = receipt_of(referral, school)
        assert (receipt.state, receipt.decided_on) == (State.ACCEPTED, ON)
        assert receipt.message.startswith("The Charnwood team accepted your referral on 16 October 2014.")

    def test_twice_by_the_same_person_gives_the_same_family(self, referral, senior):
        assert accept(referral, senior) == accept(referral, senior)
        assert Family.objects.count() == 1

    def test_after_somebody_else_says_who_was_first(self, referral, senior, other_senior):
        accept(referral, senior)
        with pytest.raises(Conflict, match=rf"Already accepted by {senior} on 16 October 2014\."):
            accept(referral, other_senior)
        assert Family.objects.count() == 1

    def test_in_another_locality_is_impossible(self, referral, melton_senior):
        with pytest.raises(Conflict, match="Somebody else has dealt with this referral"):
            accept(referral, melton_senior)

    def test_is_not_a_workers_job(self, referral, post, charnwood):
        with pytest.raises(Conflict):
            accept(referral, post(Role.FSW, charnwood))
        assert Family.objects.count() == 0

    def test_leaves_a_parent_who_lives_elsewhere_without_the_address(self, school, senior):
        people = (MARSH[0], replace(MARSH[1], part="away"), *MARSH[2:])
        family = accept(sent_referral(school, people=people), senior)
        away = family.memberships.get(part=Membership.Part.AWAY)
        assert (away.homes.count(), away.phones.count()) == (0, 0)


class TestAReferralWithoutAgreement:
    def test_is_not_accepted(self, school, senior):
        referral = sent_referral(school, agreement="not_asked")
        with pytest.raises(NotAllowed, match="has not agreed"):
            accept(referral, senior)
        assert look(referral, senior).state == State.RECEIVED

    def test_is_accepted_once_the_family_was_asked(self, school, senior):
        referral = sent_referral(school, agreement="refused")
        family = accept(referral, senior, agreed=Agreed(on=ON, how=Agreement.How.PHONE))
        assert family.agreements.get().how == "phone"


class TestDeclining:
    def decline(self, referral, by):
        with in_the_name_of(by):
            return services.decline_referral(
                referral, by=by, on=ON, reason="one_need", message="Please ask the housing team."
            )

    def test_tells_the_referrer_in_the_seniors_words(self, referral, senior, school):
        self.decline(referral, senior)
        receipt = receipt_of(referral, school)
        assert (receipt.state, receipt.message) == (State.DECLINED, "Please ask the housing team.")
        assert look(referral, senior).reason == "one_need"

    def test_takes_no_reason_that_was_retired(self, referral, senior):
        confirmed(REASONS, [one | {"retired": one["code"] == "one_need"} for one in REASONS.default])
        with pytest.raises(WrongAnswer, match="from the list"):
            self.decline(referral, senior)

    def test_after_somebody_else_accepted_says_who_was_first(self, referral, senior, other_senior):
        accept(referral, senior)
        with pytest.raises(Conflict, match="Already accepted by"):
            self.decline(referral, other_senior)

    def test_ends_the_matter(self, referral, senior, other_senior):
        self.decline(referral, senior)
        with pytest.raises(Conflict, match=rf"Already declined by {senior}"):
            accept(referral, other_senior)


class TestAnAcceptedReferral:
    def test_is_as_closed_as_its_family(self, referral, senior, everything):
        family = accept(referral, senior)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        with in_the_name_of(senior):
            assert not Referral.objects.visible_to(senior).exists()
            assert not Referral.objects.all().exists()


class TestTheClockOfAReferral:
    def test_counts_working_days(self, referral):
        friday_after = add_working_days(SENT_ON, 7)
        referral.sent_on, referral.due_on = SENT_ON, add_working_days(SENT_ON, 5)
        clock = services.clock_of(referral, on=friday_after)
        assert (clock.waited, clock.left, clock.is_overdue) == (7, -2, True)
