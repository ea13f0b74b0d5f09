"""A number that somebody out of sight has is asked about there, counted, and answered with what to do."""

import pytest
from django.core import mail
from django.db import connection

from families.needs.models import Statement
from families.numbers.models import NumberQuestion, NumberTry
from families.numbers.rules import HITS_A_DAY, Answer, told
from families.numbers.services import answer_question, open_questions
from families.people.models import Person
from performance.demo.identifiers import made_up_upn
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.clock import today
from slf.web.errors import Conflict
from slf.work.models import Job
from slf.work.services import run
from tests.families.households.factories import somebody
from tests.families.numbers.factories import question_of, somebody_with, types, typist
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
TAKEN, FREE = made_up_upn(41), made_up_upn(42)


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def known(charnwood):
    return somebody_with(TAKEN, person__given_names="Kelly")


@pytest.fixture
def typed():
    return typist()


def kept(member):
    return Person.objects.get(pk=member.person_id).upn


class TestANumberOfSomebodyOutOfSight:
    def test_is_not_kept_and_asked_about_where_they_are_known(self, known, typed, manager):
        assert types(*typed, TAKEN) == [f"UPN {TAKEN}"]
        assert kept(typed[1]) is None
        with in_the_name_of(manager):
            (question,) = open_questions(manager)
        assert (question.family, question.where) == (known.family, "Blaby")
        assert question.other_side.startswith("Tyler ")
        assert question.recorded.startswith("Kelly ")

    def test_is_not_told_to_who_typed_it(self, known, typed):
        types(*typed, TAKEN)
        with in_the_name_of(typed[0]):
            assert not NumberQuestion.objects.exists()
            assert Statement.objects.get().words == f"UPN {TAKEN}: to be checked before it is kept"

    def test_is_asked_about_once(self, known, typed):
        types(*typed, TAKEN)
        types(*typed, TAKEN)
        assert (NumberQuestion.objects.count(), NumberTry.objects.filter(user=typed[0]).count()) == (1, 2)

    def test_does_not_name_somebody_of_a_closed_family(self, known, typed):
        with in_the_name_of(somebody()):
            restrict_family(typed[1].family, to=[(typed[0], Role.FSW)], by=somebody())
        types(*typed, TAKEN)
        question = NumberQuestion.objects.get()
        assert (question.told, question.told_born, question.locality) == ("", None, None)

    def test_that_nobody_has_is_kept_and_leaves_no_try(self, typed):
        assert types(*typed, FREE) == []
        assert kept(typed[1]) == FREE
        assert not NumberTry.objects.exists()

    def test_that_is_theirs_already_is_no_try(self, typed):
        types(*typed, FREE)
        for n in range(HITS_A_DAY):
            somebody_with(made_up_upn(60 + n))
            types(*typed, made_up_upn(60 + n))
        assert types(*typed, FREE) == []


class TestOneTooMany:
    @pytest.fixture(autouse=True)
    def _many(self, typed):
        for n in range(HITS_A_DAY):
            somebody_with(made_up_upn(80 + n))
            types(*typed, made_up_upn(80 + n))

    def test_is_answered_the_same_whether_somebody_has_it_or_nobody(self, known, typed):
        assert [types(*typed, number) for number in (TAKEN, FREE)] == [[f"UPN {TAKEN}"], [f"UPN {FREE}"]]
        assert kept(typed[1]) is None
        assert not NumberQuestion.objects.filter(number__in=[TAKEN, FREE]).exists()

    def test_is_told_to_the_heads_of_service(self, post, typed):
        post(Role.HEAD).__class__.objects.filter(posts__role=Role.HEAD).update(email="head@example.org")
        types(*typed, FREE)
        with in_the_name_of(typed[0]):
            uid = Job.objects.get(kind="numbers.tell_heads").uid
        run(uid)
        assert "as many numbers of people they do not see" in mail.outbox[0].body

    def test_holds_for_a_program_too(self, typed, api):
        user, member = typed
        address = f"/api/v1/families/{member.family.uid}/people/{member.person.uid}/"
        answer = api(user).patch(address, {"upn": FREE, "source": "Letter"}, format="json", headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["upn"]) == (200, None)


class TestTheAnswer:
    @pytest.mark.parametrize("answer", list(Answer))
    def test_tells_the_other_side_what_to_do_and_no_more(self, known, typed, manager, answer):
        types(*typed, TAKEN)
        with in_the_name_of(manager):
            (question,) = open_questions(manager)
            answer_question(question, by=manager, on=today(), answer=answer, note="Her sister")
            uid = Job.objects.get(kind="numbers.tell_asker").uid
        typed[0].__class__.objects.filter(pk=typed[0].pk).update(email="typist@example.org")
        run(uid)
        assert mail.outbox[0].to == ["typist@example.org"]
        with in_the_name_of(typed[0]):
            said = Statement.objects.order_by("pk").last()
            assert said.words == told(answer, number=f"UPN {TAKEN}", by=str(manager))
            assert said.person == typed[1].person

    def test_is_given_once(self, charnwood, manager, everything):
        from tests.factories import FamilyFactory

        question = question_of(FamilyFactory())
        with in_the_name_of(manager):
            answer_question(question, by=manager, on=today(), answer=Answer.AS_TOLD)
            with pytest.raises(Conflict):
                answer_question(question, by=manager, on=today(), answer=Answer.SPEAK)

    def test_is_given_on_a_page(self, known, typed, manager, signed_in):
        types(*typed, TAKEN)
        client = signed_in(manager)
        assert "Numbers asked about" in client.get("/families/numbers/").content.decode()
        uid = NumberQuestion.objects.get().uid
        assert client.post(f"/families/numbers/{uid}/", {}).status_code == 400
        client.post(f"/families/numbers/{uid}/", {"answer": "speak", "note": ""})
        assert NumberQuestion.objects.get().answered_by == manager
        assert "Her sister" not in client.get("/").content.decode()


class TestTheDatabase:
    def test_asks_for_nobody_of_a_family_that_is_not_theirs(self, known, typed, post, melton):
        far = post(Role.FSW, melton)
        _, member = typed
        with pytest.raises(Exception, match="no such person"), in_the_name_of(far), connection.cursor() as cursor:
            cursor.execute("select slf.ask_of_number(%s, %s, 'upn', %s)", [member.person_id, member.family_id, TAKEN])

    def test_lets_no_program_write_a_try_or_a_question(self, known, typed):
        types(*typed, TAKEN)
        for model in (NumberTry, NumberQuestion):
            with pytest.raises(Exception, match="permission denied"), in_the_name_of(typed[0]):
                model.objects.all().delete()
