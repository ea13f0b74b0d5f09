"""Two people at one assessment in the same second, on two connections."""

import pytest
from django.db import transaction

from casework.assessments.models import Assessment, AssessmentAnswer
from casework.assessments.rules import Answer
from casework.assessments.services import finish_assessment, save_page, start_assessment
from slf.web.errors import NotAllowed
from tests.at_once import committed, meanwhile
from tests.casework.assessments.factories import TODAY, complete, page, whole, with_a_case
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("everything")]


@pytest.fixture
def family(everything):
    return committed(lambda: with_a_case(FamilyFactory(household=True)))


@pytest.fixture
def it(family, everything):
    return start_assessment(family, by=everything, on=TODAY)


def write(it, value, by, revision=1):
    now = whole(it)
    return save_page(now, page(now, "strengths"), answers={"good": Answer(value)}, revision=revision, by=by)


def test_two_who_start_have_one(family, everything):
    def start():
        return start_assessment(family, by=everything, on=TODAY)

    with meanwhile(start, everything) as (outcome, other):
        made = start()
        other.start()
    assert outcome[0] == made


def test_the_second_of_two_writers_is_asked_and_overwrites_nothing(it, everything):
    with meanwhile(lambda: write(it, "Second", everything), everything) as (outcome, other):
        write(it, "First", everything)
        other.start()
    assert outcome[0].differing == ("good",)
    with transaction.atomic():
        assert AssessmentAnswer.objects.get().value == "First"


def test_nobody_slips_an_answer_into_what_is_being_finished(it, everything):
    committed(lambda: complete(it, everything))
    with meanwhile(lambda: write(it, "Late", everything, revision=99), everything) as (outcome, other):
        finish_assessment(it, by=everything, on=TODAY)
        other.start()
    assert isinstance(outcome[0], NotAllowed)
    with transaction.atomic():
        assert Assessment.objects.get().state == "finished"
        assert not AssessmentAnswer.objects.filter(value="Late").exists()
