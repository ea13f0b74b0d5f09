"""The pages of asking and deciding, My day, and the same for programs."""

import pytest
from django.db import transaction
from django.urls import reverse

from casework.taking_back.models import TakingBack
from casework.taking_back.rules import State
from families.needs.services import find_need
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from slf.access.services import give_post
from slf.clock import today
from slf.work.services import run
from tests.casework.importing.factories import CASE, DONNA, as_book
from tests.casework.taking_back.factories import WHY, asked, taken_back
from tests.factories import KNOWN_SINCE

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = {"Family reference": "CH-015", "Given names": "Kim", "Surname": "Shaw", "Date of birth": "01/02/1990"}


@pytest.fixture
def file(bring, everything):
    """Return a list of two families; somebody has found a need of one since."""
    file = bring(as_book([DONNA, DONNA | OTHER], [CASE]))
    with acting_as(everything), transaction.atomic():
        family = Family.objects.get(name="Shaw family")
        find_need(family, kind="crime", evidence="Seen", source="A visit", by=everything, on=today())
    return file


@pytest.fixture
def at(signed_in):
    """Return what a person's browser gets at an address, or gets for what it sends there."""

    def at(who, address, body=None):
        with acting_as(None):
            browser = signed_in(who)
            return browser.post(address, body) if body is not None else browser.get(address)

    return at


def text(answer) -> str:
    return answer.content.decode()


class TestAsking:
    def test_says_what_would_go_and_what_would_stay(self, at, data, file):
        page = text(at(data, reverse("casework:ask_to_take_back", args=[file.uid])))
        assert "It made 2 families" in page
        assert "1 would be taken back" in page
        assert "1 would stay" in page

    def test_without_a_reason_asks_for_one_beside_the_box(self, at, data, file):
        answer = at(data, reverse("casework:ask_to_take_back", args=[file.uid]), {"reason": " "})
        assert answer.status_code == 400
        assert "Say why it is to be taken back" in text(answer)
        with transaction.atomic():
            assert not TakingBack.objects.exists()

    def test_stands_on_the_page_of_the_list(self, at, data, file):
        assert at(data, reverse("casework:ask_to_take_back", args=[file.uid]), {"reason": WHY}).status_code == 302
        page = text(at(data, file.get_absolute_url()))
        assert WHY in page
        assert "Ask for what it made to be taken back" not in page


class TestDeciding:
    def test_waits_on_my_day(self, at, data, manager, file):
        taking = asked(file, by=data)
        assert taking.get_absolute_url() in text(at(manager, "/"))
        assert taking.get_absolute_url() not in text(at(data, "/"))

    def test_names_what_was_added_and_by_whom_family_by_family(self, at, data, manager, file):
        taking = asked(file, by=data)
        answer = at(manager, taking.get_absolute_url())
        first, second = answer.context["lines"]
        assert (first.family.name, first.stays, first.why) == ("Shaw family", True, "a need")
        assert (second.family.name, second.stays) == ("Palmer family", False)
        with transaction.atomic():
            log = View.objects.get(what=f"List {file.name}, to be taken back", user=manager)
            assert log.family_ids == sorted([first.family.pk, second.family.pk])

    def test_without_an_answer_asks_for_one(self, at, data, manager, file):
        answer = at(manager, asked(file, by=data).get_absolute_url(), {"note": ""})
        assert answer.status_code == 400
        assert "Choose what is decided" in text(answer)

    def test_to_leave_it_says_no_more_what_would_become_of_each(self, at, data, manager, file):
        taking = asked(file, by=data)
        assert "Would be taken back" in text(at(manager, taking.get_absolute_url()))
        at(manager, taking.get_absolute_url(), {"answer": "refuse", "note": "They are ours."})
        page = text(at(manager, taking.get_absolute_url()))
        assert "Left as it is" in page
        assert "What becomes of each family" not in page
        with transaction.atomic():
            assert View.objects.filter(user=manager, family_ids__len__gt=0).count() == 1

    def test_takes_back_what_nobody_has_added_to(self, at, data, manager, file):
        taking = asked(file, by=data)
        assert at(manager, taking.get_absolute_url(), {"answer": "agree", "note": "Right"}).status_code == 302
        with acting_as(manager), transaction.atomic():
            job = TakingBack.objects.select_related("job").get().job
        run(job.uid)
        page = text(at(manager, taking.get_absolute_url()))
        assert "Families taken back" in page
        assert "Shaw family" in page
        assert "Palmer family" not in page
        with transaction.atomic():
            assert [family.name for family in Family.objects.all()] == ["Shaw family"]

    def test_is_told_on_the_page_of_the_list(self, at, data, manager, file):
        taken_back(file, asker=data, decider=manager)
        page = text(at(data, file.get_absolute_url()))
        assert "Taken back: 1 family." in page
        assert "Kept, because something was added: 1." in page

    def test_is_not_offered_to_who_asked(self, at, data, manager, file):
        with transaction.atomic():
            taking = asked(file, by=data)
            give_post(data, role=Role.MANAGER, locality=file.locality, by=manager, starts_on=KNOWN_SINCE)
        assert "somebody else decides" in text(at(data, taking.get_absolute_url()))
        answer = at(data, taking.get_absolute_url(), {"answer": "agree", "note": ""})
        assert "You asked for it" in text(answer)
        with acting_as(manager), transaction.atomic():
            assert TakingBack.objects.get().state == State.ASKED


class TestThroughTheApi:
    def test_from_asking_to_the_answer(self, api, data, manager, file):
        with acting_as(None):
            answer = api(data).post(f"/api/v1/imports/{file.uid}/take-back/", {"reason": WHY}, format="json")
        assert (answer.status_code, answer.json()["state"]) == (201, "asked")
        uid = answer.json()["uid"]
        with acting_as(None):
            assert api(manager).get("/api/v1/taking-back/").json()["results"][0]["uid"] == uid
            found = api(manager).get(f"/api/v1/taking-back/{uid}/").json()
        assert (found["total"], found["go"], found["stay"], found["unseen"]) == (2, 1, 1, 0)
        assert [one["stays"] for one in found["families"]] == [True, False]
        with acting_as(None):
            body = {"answer": "refuse", "note": "One by one"}
            answer = api(manager).post(f"/api/v1/taking-back/{uid}/answer/", body, format="json")
            again = api(manager).post(f"/api/v1/taking-back/{uid}/answer/", body, format="json")
        assert (answer.status_code, answer.json()["state"], again.status_code) == (200, "refused", 409)

    @pytest.mark.parametrize("body", [{}, {"answer": "perhaps"}, {"answer": "agree", "note": "x" * 1001}])
    def test_an_answer_that_is_none_is_a_400(self, api, data, manager, file, body):
        taking = asked(file, by=data)
        with acting_as(None):
            address = f"/api/v1/taking-back/{taking.uid}/answer/"
            assert api(manager).post(address, body, format="json").status_code == 400
