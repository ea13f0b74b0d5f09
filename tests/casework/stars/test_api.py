"""Star readings for programs."""

import uuid

import pytest
from django.urls import reverse

from casework.stars.models import Reading
from slf.access.models import View
from slf.access.rules import Role
from tests.casework.stars.factories import HIGH, LOW, ReadingFactory
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]


@pytest.fixture
def family():
    return FamilyFactory(household=True)


@pytest.fixture
def program(post, charnwood, api):
    return api(post(Role.SENIOR, charnwood))


def address(family):
    return reverse("api-star-readings", args=[family.uid])


def body(**more):
    return {"taken_on": "2014-10-01", "completed": "family", "marks": LOW, **more}


class TestReadings:
    def test_are_listed_newest_first_with_the_words_of_their_star(self, program, family):
        ReadingFactory(family=family)
        ReadingFactory(family=family, later=True)
        rows = program.get(address(family)).json()["results"]
        assert [row["taken_on"] for row in rows] == ["2014-09-08", "2014-03-03"]
        assert rows[0]["marks"] == HIGH
        assert [area["name"] for area in rows[0]["tool"]["areas"]][:2] == ["Our home", "Money and work"]

    def test_on_a_page_that_is_not_there_are_no_look(self, program, family):
        for page, looks in (("9", 0), ("1", 1)):
            program.get(address(family), {"page": page})
            assert View.objects.filter(family_id=family.pk).count() == looks

    def test_are_taken(self, program, family):
        answer = program.post(address(family), body(note="Said so"), format="json")
        assert answer.status_code == 201, answer.content
        assert Reading.objects.get().note == "Said so"

    def test_are_taken_once_for_one_key(self, program, family):
        key = {"Idempotency-Key": str(uuid.uuid4())}
        answers = [program.post(address(family), body(), format="json", headers=key).json()["uid"] for _ in range(2)]
        assert answers[0] == answers[1]
        assert Reading.objects.count() == 1

    def test_are_corrected_with_a_reason(self, program, family):
        wrong = ReadingFactory(family=family)
        sent = body(corrects=str(wrong.uid), why_corrected="Mistyped")
        assert program.post(address(family), sent, format="json").status_code == 201
        assert program.post(address(family), sent, format="json").status_code == 409

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            pytest.param({"marks": {"home": 9}}, "marks.home", id="off the scale"),
            pytest.param({"marks": {"shed": 2}}, "marks.shed", id="no such area"),
            pytest.param({"marks": {}}, "marks", id="no marks"),
            pytest.param({"taken_on": "2014-10-16"}, "taken_on", id="still to come"),
            pytest.param({"completed": "nobody"}, "completed", id="nobody"),
            pytest.param({"why_corrected": "x"}, "why_corrected", id="a reason without a reading"),
            pytest.param({"corrects": str(uuid.uuid4())}, "why_corrected", id="a correction without a reason"),
            pytest.param({"corrects": str(uuid.uuid4()), "why_corrected": "x"}, "corrects", id="no such reading"),
        ],
    )
    def test_are_refused_as_a_problem_that_names_the_field(self, program, family, wrong, field):
        answer = program.post(address(family), body(**wrong), format="json")
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert not Reading.objects.exists()
