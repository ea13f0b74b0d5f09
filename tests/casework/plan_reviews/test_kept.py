"""What is typed in a review and not sent: it is in the form again, whichever device its writer opens it on."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework.plans.services import end_plans
from slf.access.acting import acting_as
from slf.drafts.models import Draft
from tests.casework.closing.factories import TODAY
from tests.factories import FamilyFactory


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


@pytest.fixture
def page(family):
    return reverse("casework:review_plan", args=[family.uid])


@pytest.fixture
def typed(client, family, page):
    """Return ``typed(words, page=…)``: what a device sends while somebody writes."""

    def put(words, *, uid=None, writer=None, seq=1, of=None):
        state = {"base": 0, "writer": str(writer or uuid4()), "seq": seq, "content": {"family_says": [words]}}
        began = {"kind": "plan_review", "page": page, "family": str(family.uid)} | (of or {})
        address = reverse("drafts:draft", args=[uid or uuid4()])
        return client.put(address, state | {"of": began}, content_type="application/json")

    return put


def review_of(plan, **more):
    parts = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
    held = {f"held_on_{name}": part for name, part in parts.items()}
    next_on = {f"next_on_{name}": part + (name == "month") for name, part in parts.items()}
    return {f"went_{goal.uid}": "better" for goal in plan.goals.all()} | held | next_on | more


def over(family, everything):
    with acting_as(everything):
        end_plans(family, by=everything, on=TODAY)


def drafts(worker):
    with acting_as(worker):
        return list(Draft.objects.of(worker).unsent())


class TestWhatIsTyped:
    def test_is_in_the_form_again(self, client, typed, page):
        typed("We eat together now.")
        html = client.get(page).content.decode()
        assert "We eat together now." in html
        assert "it is in the form again" in html

    def test_stands_among_the_unsent_notes_and_leads_back(self, client, typed, page, family):
        typed("We eat together now.")
        home = client.get("/").content.decode()
        assert f"Review of the plan: {family.name}" in home
        assert f"{page}?note=" in home

    def test_is_nobody_elses(self, typed, page, senior, signed_in):
        typed("We eat together now.")
        assert "We eat together now." not in signed_in(senior).get(page).content.decode()

    def test_is_gone_from_the_form_once_it_is_sent(self, client, typed, page, plan, worker):
        writer = uuid4()
        typed("We eat", writer=writer)
        sent = review_of(plan, family_says="We eat together now.", once=str(uuid4()))
        marks = {"draft-writer": str(writer), "draft-seq": 2, "draft-base": 1}
        assert client.post(page, sent | marks).status_code == 302
        assert drafts(worker) == []
        assert "We eat together now." not in client.get(page).content.decode()

    def test_stays_when_the_form_is_refused(self, client, typed, page, plan, worker):
        typed("We eat together now.")
        assert client.post(page, review_of(plan, family_says="", once=str(uuid4()))).status_code == 400
        assert len(drafts(worker)) == 1

    def test_of_two_devices_is_kept_twice(self, client, typed, page, worker):
        typed("On the phone.")
        copy = typed("On the laptop.").json()
        assert copy["verdict"] == "conflict"
        assert len(drafts(worker)) == 2
        assert "On the laptop." in client.get(copy["url"]).content.decode()
        assert "On the phone." in client.get(page).content.decode()

    def test_on_another_device_is_left_alone_by_what_is_sent_from_this_one(self, client, typed, page, plan, worker):
        typed("On the phone.")
        sent = review_of(plan, family_says="Sent from the laptop.", once=str(uuid4()))
        assert client.post(page, sent | {"draft-writer": str(uuid4()), "draft-base": 0}).status_code == 302
        assert [draft.content["family_says"] for draft in drafts(worker)] == [["On the phone."]]

    def test_is_there_to_be_copied_when_it_can_be_sent_no_more(self, client, typed, page, family, everything):
        typed("We eat together now.")
        over(family, everything)
        shown = client.get(page).content.decode()
        assert "cannot be sent any more" in shown
        assert "We eat together now." in shown

    def test_opens_no_page_to_somebody_who_wrote_nothing(self, client, page, family, everything):
        over(family, everything)
        assert client.get(page).status_code == 404


class TestADevice:
    @pytest.mark.parametrize(
        "of", [{"page": "//elsewhere.example/"}, {"page": "javascript:alert(1)"}, {"kind": "visit"}, {"kind": "x"}]
    )
    def test_names_a_page_of_ours(self, typed, of):
        assert typed("x", of=of).status_code == 400

    def test_names_no_family_that_its_owner_does_not_see(self, typed, melton, worker):
        far = FamilyFactory(locality=melton)
        assert typed("x", of={"family": str(far.uid)}).status_code == 200
        assert [draft.family for draft in drafts(worker)] == [None]
