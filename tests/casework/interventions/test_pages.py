"""The pages of help given and of the catalogue, and the API."""

import re

import pytest
from django.urls import reverse

from casework.interventions.models import Help, Method
from slf.access.rules import Role
from tests.casework.interventions.access_rows import entry
from tests.casework.interventions.factories import answers, begun, held, method, people
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(name, of):
    return reverse(f"casework:{name}", args=[of.uid])


def test_help_is_begun_given_and_ended_on_pages(signed_in, worker, family):
    mine = signed_in(worker)
    assert "Select who it is for" in text(mine.post(at("begin_help", family), answers(family, people=[])))
    assert mine.post(at("begin_help", family), answers(family)).status_code == 302
    made = Help.objects.get()
    day = {"happened_on_day": "15", "happened_on_month": "10", "happened_on_year": "2014"}
    mine.post(at("help_session", made), day | {"people": [str(people(family)[0].uid)], "words": "Praised."})
    page = text(mine.get(at("help_given", family)))
    assert "1 of 10 sessions" in page
    over = {"ended_on_day": "15", "ended_on_month": "10", "ended_on_year": "2014"}
    mine.post(at("end_help", made), over | {"result": "family", "result_words": "They had enough."})
    assert "The family stopped it" in text(mine.get(at("help_given", family)))
    told = text(mine.get(at("chronology", family)))
    assert "Begun: Parenting course, in a group" in told
    assert "Parenting course, in a group: a session" in told


def test_the_catalogue_marks_its_examples_and_is_kept_by_administrators(signed_in, worker, post):
    assert "Example, not confirmed" in text(signed_in(worker).get(reverse("casework:methods")))
    admin = signed_in(post(Role.ADMIN))
    admin.post(reverse("casework:add_method"), entry({}))
    added = Method.objects.get(name="Cooking together")
    assert not added.is_example
    assert "Cooking together" in text(admin.get(reverse("casework:methods")))


def test_a_figure_opens_its_list(signed_in, worker, senior, family):
    held(begun(family, worker), worker)
    theirs = signed_in(senior)
    assert "for 1 family" in text(theirs.get(reverse("casework:help_figures")))
    assert "1 as at" in text(theirs.get(reverse("casework:help_list"), {"method": str(method().uid)}))


def test_closing_a_case_says_what_goes_on(signed_in, worker, senior, family):
    begun(family, worker)
    assert "goes on: nobody has said how it ended" in text(signed_in(senior).get(at("close_case", family)))


def test_the_api_begins_and_refuses_people_of_others(api, worker, family):
    address = reverse("api-help", args=[family.uid])
    said = {"method": str(method().uid), "people": [str(people(family)[0].uid)], "words": "Mornings."}
    made = api(worker).post(address, said, format="json")
    assert (made.status_code, made.data["delivered"], made.data["sessions"]) == (201, 0, 10)
    others = said | {"people": [str(people(FamilyFactory(household=True))[0].uid)]}
    assert api(worker).post(address, others, format="json").status_code == 400
