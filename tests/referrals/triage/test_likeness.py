"""A family that may be known already, here or behind the wall, and the question to its manager."""

import pytest
from django.db.utils import ProgrammingError
from django.forms.models import model_to_dict

from referrals.triage import likeness
from referrals.triage.models import MatchQuestion
from referrals.triage.questions import answer_question, ask_elsewhere, open_questions, questions_for, unheard
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import Conflict
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.intake.factories import MARSH, UPN, in_the_name_of, sent_referral
from tests.referrals.triage.factories import ON, accept, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(school):
    return sent_referral(school)


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
