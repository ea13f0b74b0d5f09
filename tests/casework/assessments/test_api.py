"""Assessments through the API."""

import pytest
from django.urls import reverse

from casework.assessments.models import AssessmentAnswer
from tests.casework.assessments.factories import complete, said, signed, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(api, worker):
    """Return ``ask(name, uid, body)``: post to an address as the worker."""

    def post(name, uid, body=None, *, by=worker, **more):
        return api(by).post(reverse(name, args=[uid]), body or {}, format="json", **more)

    return post


def writing(revision=1, **answers):
    said = {code: {"value": value} for code, value in answers.items()}
    return {"section": "strengths", "revision": revision, "answers": said}


def questions(answer):
    return {
        (p["section"], str(p["person"] or "")): {q["code"]: q for q in p["questions"]} for p in answer.data["pages"]
    }


def test_one_is_started_written_finished_and_signed_off(ask, family, worker, senior):
    made = ask("api-assessments", family.uid)
    uid = made.data["assessment"]["uid"]
    written = ask("api-write-assessment", uid, writing(good="We cook."))
    assert questions(written)["strengths", ""]["good"]["now"]["value"] == "We cook."
    assert ask("api-finish-assessment", uid).status_code == 422
    complete(started(family, worker), worker)
    assert ask("api-finish-assessment", uid).data["assessment"]["state"] == "finished"
    assert ask("api-sign-assessment", uid, by=senior).data["assessment"]["state"] == "signed"


def test_what_somebody_changed_since_is_a_conflict(ask, family, worker, senior):
    it = started(family, worker)
    said(it, "strengths", senior, good="They sing.")
    answer = ask("api-write-assessment", it.uid, writing(good="They cook."))
    assert answer.status_code == 409
    assert "good" in str(answer.data)
    assert AssessmentAnswer.objects.get().value == "They sing."


def test_marks_name_people_of_the_family_alone(ask, family, worker, mum):
    it = started(family, worker)
    marked = {"value": "We cook.", "grade": "reported", "told_by": str(mum.uid), "kept_from": [str(mum.uid)]}
    answer = ask("api-write-assessment", it.uid, writing() | {"answers": {"good": marked}})
    assert questions(answer)["strengths", ""]["good"]["now"]["told_by"] == str(mum.uid)
    nobody = {**marked, "told_by": "00000000-0000-4000-8000-000000000000"}
    assert ask("api-write-assessment", it.uid, writing(2) | {"answers": {"good": nobody}}).status_code == 409


def test_a_review_has_then_beside_now(ask, family, worker, senior):
    signed(family, worker, senior)
    review = ask("api-assessments", family.uid)
    good = questions(review)["strengths", ""]["good"]
    assert good["then"] == good["now"]
    assert review.data["assessment"]["reviews"]
