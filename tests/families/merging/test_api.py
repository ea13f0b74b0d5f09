import pytest

from families.merging.models import PersonMerge
from slf.access.rules import Role
from tests.families.households.factories import TODAY
from tests.families.merging.factories import APART, WHY, entry, leah_in_two_families, leah_twice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def manager(post, charnwood, api, everything):
    return api(post(Role.MANAGER, charnwood))


def address(twice, one):
    return f"/api/v1/people-twice/{entry(twice).uid}/is/{entry(one).uid}/"


class TestAProgram:
    def test_lists_looks_makes_one_and_takes_apart(self, manager):
        family, lea, leah = leah_twice()
        (pair,) = manager.get("/api/v1/people-twice/").json()
        assert {pair["person"], pair["one"]} == {str(entry(lea).uid), str(entry(leah).uid)}
        shown = manager.get(address(lea, leah)).json()
        assert shown["refusals"] == []
        assert any(line["differs"] for line in shown["lines"])
        made = manager.post(address(lea, leah), {"reason": WHY}, format="json")
        assert made.status_code == 201
        household = manager.get(f"/api/v1/families/{family.uid}/household/").json()
        assert [row["name"] for row in household["members"]].count("Leah Marsh") == 1
        merged = f"/api/v1/people-merged/{made.json()['uid']}/"
        assert manager.get(merged).json()["reason"] == WHY
        apart = manager.post(merged, {"reason": APART}, format="json")
        assert apart.json()["undone_reason"] == APART
        assert not PersonMerge.objects.standing().exists()

    def test_is_told_why_not(self, post, charnwood, api):
        _, lea, leah = leah_in_two_families()
        answer = api(post(Role.SENIOR, charnwood)).post(address(lea, leah), {"reason": WHY}, format="json")
        assert answer.status_code == 403
        assert "locality manager" in answer.json()["detail"]

    def test_gives_a_reason(self, manager):
        _, lea, leah = leah_twice()
        assert manager.post(address(lea, leah), {"reason": "No"}, format="json").status_code == 400
