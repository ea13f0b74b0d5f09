"""A referral of a family that is known: who is whom, what was said again, and identifiers in use."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from casework.chronology.sources import chronology
from families.needs.models import Need, Statement
from families.numbers.models import NumberQuestion, NumberTry
from families.numbers.rules import HITS_A_DAY, TO_CHECK
from families.people.models import Person
from families.sharing.models import Agreement
from performance.demo.identifiers import made_up_upn
from referrals.intake.rules import WrongAnswer
from referrals.triage.models import MatchQuestion
from referrals.triage.services import Agreed
from tests.factories import FamilyFactory, MembershipFactory
from tests.families.numbers.factories import somebody_with, types
from tests.referrals.intake.factories import MARSH, NEEDS, SENT_ON, UPN, in_the_name_of, joining, sent_referral
from tests.referrals.triage.factories import ON, accept

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(school):
    return sent_referral(school)


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

    def test_by_somebody_out_of_sight_is_to_be_checked_and_asked_about_as_a_typed_one(self, referral, senior, melton):
        there = MembershipFactory(family__locality=melton, person__upn=UPN, part="child")
        family = accept(referral, senior)
        said = Statement.objects.get(person__given_names="Kelly")
        assert said.words == f"UPN {UPN}: {TO_CHECK}"
        assert said.source.startswith("Referral from ")
        question = NumberQuestion.objects.get()
        assert (question.family, question.of_family, question.asked_by) == (there.family, family.pk, senior)

    def test_after_too_many_that_day_is_to_be_checked_whoever_has_it(self, referral, senior, melton):
        mine = MembershipFactory()
        for n in range(HITS_A_DAY):
            somebody_with(made_up_upn(60 + n), FamilyFactory(locality=melton))
            types(senior, mine, made_up_upn(60 + n))
        family = accept(referral, senior)
        assert {(m.person.upn, m.person.ni_number) for m in family.memberships.all()} == {(None, None)}
        assert sum(TO_CHECK in said.words for said in family.statements.all()) == 2

    def test_of_somebody_known_is_kept_as_it_was_told_and_not_as_their_number(self, referral, senior):
        known = FamilyFactory(name="Marsh")
        dawn = MembershipFactory(
            family=known, person__given_names="Dawn", person__family_name="Marsh", person__born_on=MARSH[0].born_on
        )
        accept(referral, senior, join=joining(referral, known, senior))
        assert Person.objects.get(pk=dawn.person_id).ni_number is None
        assert not NumberTry.objects.exists()
