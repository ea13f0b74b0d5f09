import pytest
from django.urls import reverse

from families.households import services
from slf.access.rules import Role
from tests.families.households.factories import JUNE, MAY, TODAY, marshes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def home(everything):
    return marshes()


@pytest.fixture
def senior(api, post, charnwood):
    return api(post(Role.SENIOR, charnwood))


def names(answer, part="members"):
    return {row["name"] for row in answer.json()[part]}


class TestTheHouseholdForPrograms:
    def test_is_that_of_the_day_asked(self, senior, home, everything):
        family, people = home
        services.leave_family(people["Carl"], on=MAY, why="other", where_to="near", by=everything)
        address = reverse("api-household", args=[family.uid])
        assert "Carl Marsh" in names(senior.get(address, {"on": "2014-05-02"}))
        assert "Carl Marsh" not in names(senior.get(address, {"on": "2014-05-03"}))
        assert senior.get(address, {"on": "soon"}).status_code == 400

    def test_keeps_apart_who_is_not_in_the_family(self, senior, home, everything):
        family, _ = home
        services.expect_baby(family, expected_on=TODAY, family_name="Marsh", by=everything, on=MAY)
        answer = senior.get(reverse("api-household", args=[family.uid]))
        assert (names(answer, "known"), "Baby Marsh" in names(answer)) == ({"Baby Marsh"}, False)

    def test_refuses_as_the_page_does(self, senior, home, everything):
        family, people = home
        services.leave_family(people["Carl"], on=MAY, why="other", where_to="near", by=everything)
        address = reverse("api-member-leave", args=[family.uid, people["Carl"].uid])
        answer = senior.post(address, {"on": JUNE, "why": "other", "where_to": "near"}, format="json")
        assert (answer.status_code, answer.json()["title"]) == (409, "Something changed while you were working")

    def test_asks_who_is_responsible_for_a_child_in_care_and_only_then(self, senior, home):
        family, people = home
        address = reverse("api-member-part", args=[family.uid, people["Josh"].uid])
        assert senior.post(address, {"on": MAY, "part": "care"}, format="json").status_code == 400
        named = {"on": MAY, "part": "away", "responsible": "Somebody"}
        assert senior.post(address, named, format="json").status_code == 400
