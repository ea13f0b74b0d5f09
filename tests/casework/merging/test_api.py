import pytest

from casework.merging import rules
from families.twice.models import FamilyMerge
from slf.access.rules import Role
from tests.casework.merging.factories import APART, WHY, known_twice
from tests.factories import FamilyFactory
from tests.families.households.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def manager(post, charnwood, api, everything):
    return api(post(Role.MANAGER, charnwood))


def address(twice, one):
    return f"/api/v1/families-twice/{twice.uid}/is/{one.uid}/"


class TestAProgram:
    def test_lists_looks_makes_one_and_takes_apart(self, manager):
        again, family, _ = known_twice()
        (pair,) = manager.get("/api/v1/families-twice/").json()
        assert {pair["family"], pair["one"]} == {str(again.uid), str(family.uid)}
        assert pair["why"] == "Dawn Marsh and Leah Marsh in both"
        shown = manager.get(address(again, family)).json()
        assert shown["refusals"] == []
        assert any(line["differs"] for line in shown["lines"])
        made = manager.post(address(again, family), {"reason": WHY}, format="json")
        assert made.status_code == 201
        card = manager.get(f"/api/v1/families/{again.uid}/").json()
        assert card["reference"] == family.reference
        assert [row["name"] for row in card["household"]].count("Leah Marsh") == 1
        listed = manager.get("/api/v1/families/").json()["results"]
        assert [row["uid"] for row in listed] == [str(family.uid)]
        merged = f"/api/v1/families-made-one/{made.json()['uid']}/"
        assert manager.get(merged).json()["reason"] == WHY
        apart = manager.post(merged, {"reason": APART}, format="json")
        assert apart.json()["undone_reason"] == APART
        assert not FamilyMerge.objects.standing().exists()

    def test_is_told_why_not(self, manager):
        _, family, _ = known_twice()
        answer = manager.post(address(family, family), {"reason": WHY}, format="json")
        assert (answer.status_code, answer.json()["detail"]) == (409, rules.SAME)

    def test_gives_a_reason(self, manager):
        again, family, _ = known_twice()
        assert manager.post(address(again, family), {"reason": "No"}, format="json").status_code == 400

    def test_finds_nothing_of_another_locality(self, manager, melton):
        _, family, _ = known_twice()
        away = FamilyFactory(name="Marsh family", locality=melton)
        for path in (address(away, family), address(family, away)):
            assert manager.get(path).status_code == 404
