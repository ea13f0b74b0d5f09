from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.forms.models import model_to_dict

from casework.chronology.sources import chronology
from families.addresses.services import where_they_lived
from families.facts.models import Fact
from families.needs.models import Need, Statement
from families.people.models import Family, Membership, Person
from families.sharing.models import Agreement
from referrals.intake.models import MatchQuestion, Receipt, Referral
from referrals.intake.rules import State, WrongAnswer
from referrals.triage import likeness, services
from referrals.triage.questions import answer_question, ask_elsewhere, open_questions, questions_for, unheard
from referrals.triage.services import Agreed
from slf.access.rules import Can, Role
from slf.access.services import restrict_family
from slf.clock import add_working_days
from slf.web.errors import Conflict, NotAllowed
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.intake.factories import (
    AGREED_ON,
    MARSH,
    NEEDS,
    SENT_ON,
    UPN,
    in_the_name_of,
    joining,
    sent_referral,
)

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 16)


@pytest.fixture
def referral(school):
    return sent_referral(school)


def accept(referral, by, **how):
    with in_the_name_of(by):
        return services.accept_referral(referral, by=by, on=ON, **how)


def look(referral, by):
    with in_the_name_of(by):
        return Referral.objects.visible_to(by, can=Can.TRIAGE).for_page().get(pk=referral.pk)


def receipt_of(referral, school):
    with in_the_name_of(school):
        return Receipt.objects.visible_to(school).get(uid=referral.uid)


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


def twins_of(people):
    """Return a household with other first names and no identifiers."""
    return tuple(replace(p, given_names=f"{p.given_names}a", upn="", ni_number="") for p in people)


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


class TestJoiningAFamilyThatIsKnown:
    @pytest.fixture
    def known(self, db):
        family = FamilyFactory(name="Marsh")
        MembershipFactory(
            family=family, part="parent", person__given_names="Dawn", person__family_name="Marsh",
            person__born_on=MARSH[0].born_on,
        )  # fmt: skip
        return family

    def join(self, referral, senior, known, **fates):
        return accept(referral, senior, join=joining(referral, known, senior, **fates))

    def test_adds_only_those_who_are_not_in_it(self, referral, senior, known):
        assert self.join(referral, senior, known) == known
        assert known.memberships.count() == 5
        assert known.agreements.count() == 1

    def test_adds_nobody_who_was_left_out(self, referral, senior, known):
        self.join(referral, senior, known, Lee="leave", Ruby="leave")
        assert sorted(m.person.given_names for m in known.memberships.all()) == ["Dawn", "Jake", "Kelly"]

    def test_opens_no_need_twice_and_keeps_what_is_said_of_it(self, referral, senior, known, school):
        self.join(referral, senior, known)
        again = sent_referral(school, needs=NEEDS | {"housing": "Damp in both bedrooms."})
        self.join(again, senior, known)
        assert known.needs.count() == 4
        assert known.memberships.count() == 5
        statement = known.statements.get(need__kind="housing")
        assert (statement.words, statement.said_on) == ("Damp in both bedrooms.", SENT_ON)
        assert statement.source == f"Referral from {again.agency}, 15 October 2014"

    def test_shows_what_is_said_again_in_the_chronology(self, referral, senior, known, school):
        self.join(referral, senior, known)
        self.join(sent_referral(school, needs={"housing": "Damp in both bedrooms."}), senior, known)
        with in_the_name_of(senior):
            told = {(entry.title, entry.text) for entry in chronology(known, user=senior)}
        assert ("Need named again: Poor or overcrowded housing, homelessness", "Damp in both bedrooms.") in told

    def test_keeps_the_record_of_somebody_written_otherwise_and_notes_the_spelling(self, school, senior, known):
        referral = sent_referral(school, people=(replace(MARSH[0], given_names="Dorn"), *MARSH[1:]))
        self.join(referral, senior, known)
        dawn = Person.objects.get(given_names="Dawn")
        assert not Person.objects.filter(given_names="Dorn").exists()
        assert dawn.statements.get().words == (
            "Named Dorn Marsh. NI number AB123456C. Address: 4 Mill Lane, Loughborough. Postcode: LE11 2AB"
        )

    def test_takes_two_of_it_for_one_only_once(self, referral, senior, known):
        dawn = known.memberships.get().person
        with pytest.raises(WrongAnswer, match="Dawn Marsh can be only one person of the referral"):
            self.join(referral, senior, known, Lee=dawn)
        assert known.memberships.count() == 1

    def test_refuses_somebody_of_another_family(self, referral, senior, known):
        stranger = MembershipFactory().person
        with pytest.raises(WrongAnswer, match="Say which person of the family Lee Marsh is"):
            self.join(referral, senior, known, Lee=stranger)

    def test_refuses_when_who_agreed_is_left_out(self, referral, senior, known):
        with pytest.raises(WrongAnswer, match="Dawn Marsh agreed for the family"):
            self.join(referral, senior, known, Dawn="leave")

    def test_refuses_when_nobody_is_in_it(self, school, senior, known):
        referral = sent_referral(school, agreement="not_asked")
        fates = dict.fromkeys(("Dawn", "Lee", "Kelly", "Jake", "Ruby"), "leave")
        agreed = Agreed(on=ON, how=Agreement.How.PHONE)
        with pytest.raises(WrongAnswer, match="Somebody of the referral must be in this family"):
            accept(referral, senior, join=joining(referral, known, senior, **fates), agreed=agreed)

    def test_brings_back_somebody_who_had_left(self, referral, senior, known):
        lee = MembershipFactory(
            family=known, person__given_names="Lee", person__family_name="Marsh", person__born_on=MARSH[1].born_on,
            period=(date(2013, 1, 7), date(2014, 1, 1)),
        ).person  # fmt: skip
        self.join(referral, senior, known)
        assert [m.period.lower for m in lee.memberships.order_by("period")] == [date(2013, 1, 7), ON]


class TestAStatement:
    def test_is_about_a_need_of_its_own_family(self, senior):
        need = Need.objects.create(family=FamilyFactory(), kind="housing", source="A visit", started_on=ON)
        with pytest.raises(IntegrityError, match="families_statement_need_family"), transaction.atomic():
            Statement.objects.create(
                family=FamilyFactory(), need=need, words="Damp", source="A visit", said_on=ON, recorded_by=senior
            )


class TestAnIdentifierInUse:
    def test_by_somebody_in_sight_means_one_person_in_two_families(self, referral, senior):
        pupil = MembershipFactory(person__given_names="Kel", person__upn=UPN, part="child").person
        family = accept(referral, senior)
        assert family.memberships.filter(person=pupil).exists()
        assert Person.objects.filter(upn=UPN).count() == 1

    def test_by_somebody_out_of_sight_stays_theirs_and_says_nothing(self, referral, senior, melton):
        there = FamilyFactory(locality=melton)
        MembershipFactory(family=there, person__upn=UPN, part="child")
        family = accept(referral, senior)
        kelly = family.memberships.get(person__given_names="Kelly").person
        assert kelly.upn is None
        assert MatchQuestion.objects.get().family == there


class TestALikeFamily:
    def test_in_sight_is_named_with_the_reasons(self, referral, senior):
        family = FamilyFactory(name="Marsh")
        MembershipFactory(
            family=family, postcode="LE11 2AB", person__given_names="Dawn", person__family_name="Marsh",
            person__born_on=MARSH[0].born_on,
        )  # fmt: skip
        with in_the_name_of(senior):
            (like,) = likeness.like_families([look(referral, senior)], user=senior)[referral.pk]
        assert not MatchQuestion.objects.exists()
        assert like.family == family
        assert like.reasons == ("Dawn Marsh: same name and date of birth", "Same postcode and family name")

    def test_is_found_by_birth_and_family_name_however_the_given_name_is_written(self, referral, senior):
        family = MembershipFactory(
            person__given_names="Dorn", person__family_name="Marsh", person__born_on=MARSH[0].born_on
        ).family
        with in_the_name_of(senior):
            (like,) = likeness.like_families([look(referral, senior)], user=senior)[referral.pk]
        assert like.family == family
        assert like.reasons == ("Dawn Marsh in the referral, Dorn Marsh: same date of birth and family name",)

    def test_by_the_same_birth_alone_is_none(self, referral, senior):
        MembershipFactory(person__given_names="Sam", person__family_name="Pye", person__born_on=MARSH[0].born_on)
        with in_the_name_of(senior):
            assert likeness.like_families([look(referral, senior)], user=senior)[referral.pk] == []


class TestAFamilyElsewhere:
    """Known before the referral is sent, in another locality or closed to named people."""

    @pytest.fixture
    def there(self, melton):
        return FamilyFactory(locality=melton)

    def asked(self, by):
        with in_the_name_of(by):
            return list(questions_for(by))

    @pytest.mark.parametrize("shared", [{"person__upn": UPN}, {"person__ni_number": "AB123456C"}])
    def test_is_asked_about_by_identifier(self, there, shared, school, senior):
        MembershipFactory(family=there, **shared)
        referral = sent_referral(school)
        (question,) = MatchQuestion.objects.all()
        assert (question.family, question.people[0]["why"]) == (there, "same identifier")
        with in_the_name_of(senior):
            assert likeness.like_families([look(referral, senior)], user=senior)[referral.pk] == []

    def test_is_asked_about_by_family_name_and_birth_however_the_given_name_is_written(self, there, school):
        MembershipFactory(
            family=there, person__given_names="Kelli Ann", person__family_name="marsh", person__born_on=MARSH[2].born_on
        )
        sent_referral(school)
        assert MatchQuestion.objects.get().pairs == [
            {
                "told": "Kelly Marsh, born 1 September 2000", "recorded": "Kelli Ann marsh, born 1 September 2000",
                "why": "same date of birth and family name",
            }
        ]  # fmt: skip

    def test_is_asked_of_its_own_manager_and_the_head_and_of_nobody_else(
        self, there, school, senior, post, charnwood, melton
    ):
        MembershipFactory(family=there, person__upn=UPN)
        sent_referral(school)
        managers = post(Role.MANAGER, melton), post(Role.HEAD)
        others = (senior, post(Role.MANAGER, charnwood, "manager.charnwood"), post(Role.SENIOR, melton, "senior2"))
        assert [len(self.asked(by)) for by in managers] == [1, 1]
        assert [len(self.asked(by)) for by in others] == [0, 0, 0]
        with in_the_name_of(senior):
            assert not MatchQuestion.objects.exists()

    def test_that_is_restricted_is_asked_of_the_named_people_only(self, school, post, everything, charnwood):
        named, head = post(Role.MANAGER, charnwood, "named"), post(Role.HEAD)
        family = FamilyFactory()
        MembershipFactory(family=family, person__upn=UPN)
        restrict_family(family, to=[(named, Role.MANAGER)], by=everything)
        sent_referral(school)
        assert [question.family for question in self.asked(named)] == [family]
        assert (self.asked(head), self.told(head)) == ([], "")

    def test_that_is_restricted_to_nobody_who_decides_is_told_the_head_as_a_number(
        self, school, post, everything, charnwood
    ):
        family, people = FamilyFactory(), (post(Role.HEAD), post(Role.MANAGER, charnwood), post(Role.FSW, charnwood))
        MembershipFactory(family=family, person__upn=UPN)
        restrict_family(family, to=[(people[2], Role.FSW)], by=everything)
        sent_referral(school)
        assert [self.told(one) for one in people] == ["1 question about a restricted family waits", "", ""]

    def told(self, by):
        with in_the_name_of(by):
            return unheard()

    def test_that_is_restricted_later_takes_its_question_along(self, there, school, everything, post, melton):
        MembershipFactory(family=there, person__upn=UPN)
        sent_referral(school)
        restrict_family(there, to=[(everything, Role.MANAGER)], by=everything)
        assert self.asked(post(Role.MANAGER, melton)) == []

    def test_that_is_sealed_is_never_asked_about(self, school, melton):
        MembershipFactory(family=FamilyFactory(locality=melton, sealed=True), person__upn=UPN)
        sent_referral(school)
        assert not MatchQuestion.objects.exists()

    def test_that_came_later_is_asked_about_when_the_referral_is_accepted(self, there, referral, senior):
        MembershipFactory(family=there, person__upn=UPN)
        accept(referral, senior)
        assert MatchQuestion.objects.get().family == there

    def test_is_not_asked_about_by_somebody_elses_senior(self, referral, melton_senior):
        with pytest.raises(ProgrammingError, match="no such referral"), in_the_name_of(melton_senior):
            ask_elsewhere(referral)


class TestAQuestion:
    @pytest.fixture
    def manager(self, post, melton):
        return post(Role.MANAGER, melton, "manager.melton")

    @pytest.fixture
    def referral(self, school, melton):
        MembershipFactory(family=FamilyFactory(locality=melton), person__upn=UPN)
        return sent_referral(school)

    def answer(self, by, answer, note=""):
        with in_the_name_of(by):
            (question,) = questions_for(by)
            answer_question(question, by=by, on=ON, answer=answer, note=note)
            return question

    def test_stays_open_after_the_referral_is_accepted(self, referral, senior, manager):
        accept(referral, senior)
        with in_the_name_of(manager):
            assert open_questions(manager).count() == 1

    def test_keeps_its_answer_with_who_and_when(self, referral, manager):
        question = self.answer(manager, "carry_on", "Two cousins of one name.")
        assert (question.answer, question.answered_by, question.answered_on) == ("carry_on", manager, ON)
        assert question.note == "Two cousins of one name."
        with in_the_name_of(manager):
            assert not open_questions(manager).exists()

    def test_answered_different_leaves_the_team_as_if_nobody_was_asked(self, referral, senior, manager):
        before = model_to_dict(look(referral, senior))
        self.answer(manager, "carry_on")
        assert model_to_dict(look(referral, senior)) == before

    def test_answered_the_same_tells_the_team_what_to_do_and_no_more(self, referral, senior, manager):
        accept(referral, senior)
        self.answer(manager, "linked", "Kelly is ours.")
        told = look(referral, senior)
        assert told.to_do == (
            f"The duty manager has linked this referral with a record elsewhere. Speak to {manager} before work begins."
        )

    def test_is_answered_once(self, referral, manager):
        self.answer(manager, "carry_on")
        with pytest.raises(Conflict, match="answered already"):
            self.answer(manager, "linked")

    def test_is_not_a_seniors_to_answer(self, referral, manager, melton_senior):
        question = MatchQuestion.objects.get()
        with pytest.raises(ProgrammingError, match="no such question"), in_the_name_of(melton_senior):
            answer_question(question, by=melton_senior, on=ON, answer="linked")


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
