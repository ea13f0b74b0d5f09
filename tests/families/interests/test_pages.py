"""I know this family, who knows it, noting it, ending it."""

import pytest

from families.interests.models import Interest
from slf.access.rules import Role
from tests.casework.cases.factories import agreed_family
from tests.families.interests.factories import FOUND, knows

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(everything):
    return agreed_family(everything, household=True)


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "worker")


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior")


def page(family, name):
    return f"/access/{family.uid}/{name}/"


class TestIKnowThisFamily:
    def test_is_said_from_the_card_in_a_minute(self, signed_in, worker, family):
        client = signed_in(worker)
        assert page(family, "know") in client.get(f"/families/{family.uid}/").content.decode()
        answer = client.post(page(family, "know"), {"kind": "child", "words": "Same class"}, follow=True)
        shown = answer.content.decode()
        assert "It is written down that you know this family." in shown
        assert "Same class" in shown
        refused = client.post(page(family, "open"), {"reason": "The school rang about them"})
        assert "knows this family" in refused.content.decode()

    def test_keeps_what_was_typed_when_something_is_missing(self, signed_in, worker, family):
        answer = signed_in(worker).post(page(family, "know"), {"kind": "other", "words": ""})
        assert answer.status_code == 400
        assert "Say how they know the family" in answer.content.decode()

    def test_is_not_shown_to_a_colleague(self, signed_in, post, charnwood, worker, family):
        knows(family, worker)
        shown = signed_in(post(Role.FSW, charnwood)).get(page(family, "know")).content.decode()
        assert "Lives next door" not in shown


class TestThoseWhoDecide:
    def test_read_note_and_end_it(self, signed_in, worker, senior, post, charnwood, family):
        client = signed_in(senior)
        note = {"about": str(worker.uid), "kind": "relative", "words": ""}
        shown = client.post(page(family, "know/somebody"), note, follow=True).content.decode()
        assert "By somebody else" in shown
        interest = Interest.objects.get()
        refused = client.post(f"/access/who-know/{interest.uid}/end/", {"reason": FOUND})
        assert "Somebody else looks into it" in refused.content.decode()
        manager = signed_in(post(Role.MANAGER, charnwood))
        ended = manager.post(f"/access/who-know/{interest.uid}/end/", {"reason": FOUND}, follow=True)
        assert FOUND in ended.content.decode()

    def test_see_whose_looks_are_theirs(self, signed_in, senior, post, charnwood, family):
        signed_in(senior).get(page(family, "why"))
        knows(family, senior)
        shown = signed_in(post(Role.MANAGER, charnwood)).get(page(family, "looked")).content.decode()
        assert "Knows the family" in shown

    def test_have_on_their_day_that_the_family_needs_another_worker(self, signed_in, worker, senior, family):
        from casework.cases.services import allocate_family
        from slf.clock import today
        from tests.referrals.intake.factories import in_the_name_of

        with in_the_name_of(senior):
            allocate_family(family, worker=worker, by=senior, on=today())
        knows(family, worker)
        shown = signed_in(senior).get("/").content.decode()
        assert "Needs another worker" in shown
        allocate = f"/casework/allocate/{family.uid}/"
        body = {"worker": str(worker.uid), "complexity": "no"}
        assert "Declared that they know the family" in signed_in(senior).post(allocate, body).content.decode()
