import uuid
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from families.about.models import AboutAnswer
from families.about.rules import ETHNIC_GROUPS, NO_ANSWER, QUESTIONS, problem
from families.about.services import WrongAnswer, answer, in_force
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.at_once import at_once
from tests.factories import FamilyFactory, MembershipFactory

ON = date(2014, 10, 1)


def say(member, kind="sex", said="female", *, by, seen="", **more):
    told = {"source": "First visit", "told_by": "themselves", "said_on": ON}
    return answer(member, kind, said=said, seen=seen, by=by, **told | more)


class TestTheQuestions:
    def test_have_the_eighteen_ethnic_groups_of_the_census(self):
        assert len(ETHNIC_GROUPS) == 18

    def test_tell_three_ways_of_having_no_answer_apart(self):
        assert list(NO_ANSWER.values()) == ["Not asked", "Would rather not say", "Not known"]
        for question in QUESTIONS.values():
            assert set(NO_ANSWER) < set(dict(question.choices))

    def test_each_name_their_source(self):
        assert all(question.source for question in QUESTIONS.values())

    @pytest.mark.parametrize(
        ("kind", "said", "words", "part"),
        [
            ("sex", "yes", "", "answer"),
            ("interpreter", "yes", " ", "words"),
            ("interpreter", "no", "", None),
            ("first_language", "other", "", "words"),
            ("other_languages", "rather_not", "", None),
            ("disability", "yes", "", None),
        ],
    )
    def test_take_an_answer_of_theirs_and_ask_for_words_where_it_says_nothing_without(self, kind, said, words, part):
        assert list(problem(kind, said, words)) == ([part] if part else [])


@pytest.mark.django_db
class TestAnAnswer:
    @pytest.fixture
    def donna(self, charnwood):
        return MembershipFactory(person__given_names="Donna")

    @pytest.fixture
    def senior(self, post, charnwood):
        return post(Role.SENIOR, charnwood)

    def test_takes_the_place_of_the_one_before_which_stays(self, donna, senior):
        with acting_as(senior):
            first = say(donna, said="rather_not", by=senior)
            say(donna, said="female", seen=str(first.uid), by=senior)
            assert str(in_force(donna.family, donna.person)["sex"]) == "Female"
            assert AboutAnswer.objects.count() == 2

    def test_given_after_somebody_else_answered_is_refused(self, donna, senior):
        with acting_as(senior):
            say(donna, by=senior)
            with pytest.raises(Conflict):
                say(donna, said="male", by=senior)

    def test_that_is_none_is_refused(self, donna, senior):
        with acting_as(senior), pytest.raises(WrongAnswer):
            say(donna, said="blue", by=senior)

    def test_is_never_changed(self, donna, senior):
        with acting_as(senior):
            say(donna, by=senior)
            with pytest.raises(ProgrammingError), transaction.atomic():
                AboutAnswer.objects.update(answer="male")

    def test_is_the_first_of_its_question_once(self, donna, senior):
        with acting_as(senior):
            first = say(donna, by=senior)
            first.pk, first.uid = None, uuid.uuid4()
            with pytest.raises(IntegrityError, match="one_first"), transaction.atomic():
                first.save(force_insert=True)

    def test_says_what_they_said_in_their_own_words(self, donna, senior):
        with acting_as(senior):
            row = say(donna, "disability", "yes", words="I lose my balance", by=senior)
        assert str(row) == "Yes: I lose my balance"

    def test_stays_in_the_family_it_was_told_in(self, donna, senior, post, melton):
        other = MembershipFactory(family=FamilyFactory(locality=melton), person=donna.person)
        elsewhere = post(Role.SENIOR, melton)
        with acting_as(senior):
            say(donna, by=senior)
        with acting_as(elsewhere):
            assert not AboutAnswer.objects.exists()
            assert in_force(other.family, other.person) == {}

    def test_is_on_the_page_with_its_source_and_not_asked_is_said(self, donna, senior, signed_in):
        with acting_as(None):
            browser = signed_in(senior)
            address = reverse("families:person_about", args=[donna.family.uid, donna.person.uid, "interpreter"])
            typed = {"answer": "yes", "words": "Gujarati", "source": "First visit", "told_by": "themselves",
                     "said_on_day": 1, "said_on_month": 10, "said_on_year": 2014}  # fmt: skip
            page = browser.post(address, typed, follow=True).content.decode()
            assert "Needed: Gujarati" in page
            assert "First visit (their own word), 1 October 2014" in page
            assert "Not asked" in page
            late = browser.post(address, typed | {"answer": "no"})
            assert late.status_code == 409
            assert "Needed: Gujarati" in late.content.decode()
            assert browser.post(address, typed | {"words": ""}).status_code == 400
            assert browser.get(address.replace("interpreter", "shoe-size")).status_code == 404

    def test_is_given_and_read_by_programs(self, donna, senior, api):
        with acting_as(None):
            program = api(senior)
            address = f"/api/v1/families/{donna.family.uid}/people/{donna.person.uid}/about/"
            sent = {"kind": "ethnicity", "answer": "asian_indian", "source": "x", "told_by": "themselves",
                    "said_on": "2014-10-01"}  # fmt: skip
            assert program.post(address, sent, format="json").status_code == 201
            assert program.post(address, sent, format="json").status_code == 409
            assert [row["says"] for row in program.get(address).json()] == ["Asian or Asian British: Indian"]
            assert list(program.post(address, sent | {"answer": "blue"}, format="json").json()["errors"]) == ["answer"]


@pytest.mark.django_db(transaction=True)
class TestTwoPeopleWhoAnswerAtOnce:
    def test_leave_one_answer_and_one_of_them_is_told(self, post, charnwood):
        people = post(Role.SENIOR, charnwood), post(Role.SENIOR, charnwood)
        donna = MembershipFactory()

        def verb(by, said):
            def run():
                with acting_as(by), transaction.atomic():
                    return say(donna, said=said, by=by)

            return run

        given = at_once(verb(people[0], "female"), verb(people[1], "male"))
        assert sum(isinstance(one, Conflict) for one in given) == 1
