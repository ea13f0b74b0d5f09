import pytest
from django.urls import reverse

from performance.demo.identifiers import made_up_upn
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
UPN = made_up_upn(7)
NAME = {"given_names": "Donna", "family_name": "Toone", "source": "Certificate", "told_by": "document"}


@pytest.fixture
def donna(charnwood):
    return MembershipFactory(
        family=FamilyFactory(name="Hallam family"), person__given_names="Donna", person__family_name="Hallam"
    )


@pytest.fixture
def colleague(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def program(api, post, charnwood, donna, colleague):
    user = post(Role.SENIOR, charnwood)
    with acting_as(None):
        yield api(user)


def at(member, address="api-person", **more):
    return reverse(address, kwargs={"uid": member.family.uid, "person": member.person.uid, **more})


class TestAPersonForPrograms:
    def test_is_read_with_an_etag(self, program, donna):
        answer = program.get(at(donna))
        assert (answer.json()["name"], answer["ETag"]) == ("Donna Hallam", '"1"')

    def test_is_changed_from_what_was_read_and_from_nothing_older(self, program, donna):
        sent = {"died_on": "2014-01-01", "upn": UPN.lower(), "source": "Letter"}
        answer = program.patch(at(donna), sent, format="json", headers={"If-Match": '"1"'})
        assert answer.status_code == 200, answer.content
        assert (answer.json()["upn"], answer.json()["died_on"], answer["ETag"]) == (UPN, "2014-01-01", '"3"')
        assert program.patch(at(donna), sent, format="json", headers={"If-Match": '"1"'}).status_code == 412
        assert program.patch(at(donna), sent, format="json").status_code == 428

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"upn": "A1", "source": "x"}, "upn"),
            ({"upn": UPN}, "source"),
            ({"died_on": "1970-01-01"}, "died_on"),
            ({"born_on": "2999-01-01"}, "born_on"),
            ({"born_on": None, "born_estimated": True}, "born_on"),
        ],
    )
    def test_says_what_is_wrong_where(self, program, donna, wrong, field):
        answer = program.patch(at(donna), wrong, format="json", headers={"If-Match": "*"})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]

    def test_is_called_otherwise_from_what_was_read(self, program, donna):
        address = at(donna, "api-person-name")
        sent = NAME | {"was": "maiden", "changed_on": "2011-06-04"}
        answer = program.post(address, sent, format="json", headers={"If-Match": '"1"'})
        assert (answer.json()["name"], answer.json()["names"][0]["family_name"]) == ("Donna Toone", "Hallam")
        assert program.post(address, sent, format="json", headers={"If-Match": '"1"'}).status_code == 412

    def test_has_other_names_added_and_taken_away(self, program, donna):
        sent = NAME | {"kind": "alias", "shown": "household"}
        made = program.post(at(donna, "api-person-names"), sent, format="json")
        assert (made.status_code, made.json()["protected"]) == (201, True)
        gone = program.delete(at(donna, "api-person-other-name", name=made.json()["uid"]))
        assert gone.status_code == 204
        assert program.get(at(donna)).json()["names"] == []

    def test_is_shown_without_numbers_to_who_sees_the_card(self, api, colleague, donna, program):
        program.patch(at(donna), {"upn": UPN, "source": "x"}, format="json", headers={"If-Match": "*"})
        said = api(colleague).get(at(donna)).json()
        assert (said["name"], said["upn"]) == ("Donna Hallam", None)
