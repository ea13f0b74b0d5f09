import pytest
from django.urls import reverse

from families.kin.models import Relationship
from slf.access.rules import Role
from tests.families.households.factories import TODAY
from tests.families.kin.factories import three_generations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def home(everything):
    return three_generations()


@pytest.fixture
def senior(api, post, charnwood):
    return api(post(Role.SENIOR, charnwood))


@pytest.fixture
def address(home):
    row = Relationship.objects.get(kind="separated")
    return reverse("api-relationship", args=[home[0].uid, row.uid])


class TestRelationshipsForPrograms:
    def test_are_listed_and_added(self, senior, home):
        family, people = home
        address = reverse("api-relationships", args=[family.uid])
        assert len(senior.get(address).json()) == 11
        body = {
            "kind": "step", "person": str(people["Carl"].person.uid), "other": str(people["Ben"].person.uid),
            "starts_on": "2014-05-03", "source": "Dad",
        }  # fmt: skip
        answer = senior.post(address, body, format="json")
        assert (answer.status_code, answer.json()["starts_on"]) == (201, "2014-05-03")

    def test_are_put_right_by_whoever_read_them_last(self, senior, address):
        tag = senior.get(address)["ETag"]
        assert senior.patch(address, {"words": "Said so"}, format="json").status_code == 428
        first = senior.patch(address, {"words": "Said so"}, format="json", headers={"If-Match": tag})
        assert (first.status_code, first.json()["words"]) == (200, "Said so")
        again = senior.patch(address, {"words": "No"}, format="json", headers={"If-Match": tag})
        assert again.status_code == 412
        assert senior.delete(address, headers={"If-Match": first["ETag"]}).status_code == 204

    def test_that_cannot_be_are_refused_as_on_the_page(self, senior, home):
        family, people = home
        body = {
            "kind": "birth", "person": str(people["Leah"].person.uid), "other": str(people["Dawn"].person.uid),
            "source": "Dad",
        }  # fmt: skip
        answer = senior.post(reverse("api-relationships", args=[family.uid]), body, format="json")
        assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
        assert "must be older" in answer.json()["detail"]


class TestParentalResponsibilityForPrograms:
    def test_is_of_a_person_or_an_authority_and_not_of_both(self, senior, home):
        family, people = home
        address = reverse("api-responsibility", args=[family.uid])
        body = {"child": str(people["Leah"].person.uid), "standing": "held", "ground": "mother", "source": "Mum"}
        assert senior.post(address, body, format="json").status_code == 400
        both = body | {"holder": str(people["Dawn"].person.uid), "authority": "Council"}
        assert senior.post(address, both, format="json").status_code == 400
        one = body | {"holder": str(people["Dawn"].person.uid)}
        assert senior.post(address, one, format="json").status_code == 201


class TestTheGenogramForPrograms:
    def test_is_a_picture_with_its_words(self, senior, home):
        answer = senior.get(reverse("api-genogram", args=[home[0].uid]), {"on": "2014-05-02"}).json()
        assert answer["svg"].startswith("<svg")
        assert "Dawn Marsh and Carl Marsh are married since 14 June 2003." in answer["words"]
        assert answer["on"] == "2014-05-02"
