"""What other rooms read of somebody who was entered twice."""

from datetime import date

import pytest

from casework.visits.contact import last_contacts
from casework.visits.models import Sighting, Visit
from families.addresses.services import Place
from families.contact.services import rules_of, set_rule
from families.flags.models import Flag
from families.flags.services import set_flag
from families.hub.matching import match_all
from families.hub.rules import Reading
from families.kin.services import relate
from families.merging.rules import Side, looks_twice, refusals
from families.people.models import Membership, Person
from families.people.rules import Known
from families.people.services import NewPerson, add_people
from performance.demo.identifiers import made_up_upn
from slf.access.rules import Role
from tests.factories import KNOWN_SINCE
from tests.families.households.factories import JUNE, MAY, TODAY
from tests.families.merging.factories import BORN, entry, leah_in_two_families, leah_twice, made_one

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def seen(membership, day, *, by):
    visit = Visit.objects.create(
        family=membership.family, happened_on=day, recorded_by=by, kind="home", note="All well"
    )
    return Sighting.objects.create(family=membership.family, visit=visit, person_id=membership.person_id, how="seen")


class TestWhenTheyWereLastSeen:
    def test_is_the_latest_under_either_entry(self, everything):
        family, lea, leah = leah_twice()
        seen(leah, MAY, by=everything)
        seen(lea, JUNE, by=everything)
        made_one(entry(lea), entry(leah))
        assert last_contacts([family.pk], user=everything)[1][family.pk, leah.person_id] == JUNE

    def test_is_known_in_the_family_of_the_other_entry(self, everything):
        other, lea, leah = leah_in_two_families()
        made_one(entry(lea), entry(leah))
        sighting = seen(lea, JUNE, by=everything)
        assert last_contacts([other.pk], user=everything)[1][other.pk, lea.person_id] == JUNE
        assert str(sighting.person) == "Leah Marsh"


class TestWhoIsAddedAgain:
    def test_by_the_number_of_the_other_entry_is_the_one_person(self, everything):
        family, lea, leah = leah_twice()
        Person.objects.filter(pk=lea.person_id).update(ni_number="AB123456C")
        made_one(entry(lea), entry(leah))
        told = NewPerson("L.", "Somebody", "child", identifiers={"ni_number": "AB123456C"})
        (found,) = add_people(family, people=[told], place=Place(), by=everything, on=TODAY)
        assert found == entry(leah)
        assert family.memberships.count() == 5


class TestARowOfAFile:
    def test_with_the_number_of_either_entry_is_of_the_family_they_lived_in_then(self, everything):
        _, lea, leah = leah_in_two_families()
        Person.objects.filter(pk=lea.person_id).update(upn=made_up_upn(7))
        Membership.objects.filter(pk=lea.pk).update(period=(KNOWN_SINCE, MAY))
        row = Reading({"upn": made_up_upn(7)}, BORN, JUNE, date(2014, 7, 1), {}, "")
        assert match_all([row], by=everything)[0].families == ()
        made_one(entry(lea), entry(leah))
        (found,) = match_all([row], by=everything)
        assert (found.person_id, found.families) == (leah.person_id, (leah.family_id,))


class TestWhatKeepsPeopleSafe:
    def test_is_read_of_both_entries(self, everything):
        family, lea, leah = leah_twice()
        said = {"source": "Mum", "by": everything, "on": MAY}
        set_flag(family, membership=lea, kind="dog", **said)
        set_rule(lea, channel="call", never=True, **said)
        made_one(entry(lea), entry(leah))
        assert [str(flag.membership.person) for flag in Flag.objects.on(TODAY)] == ["Leah Marsh"]
        assert list(rules_of(family, by=everything, on=TODAY)) == [leah.person_id]


class TestTheirPage:
    def test_has_the_names_and_numbers_of_both(self, everything, post, charnwood, signed_in):
        family, lea, leah = leah_twice()
        Person.objects.filter(pk=lea.person_id).update(ni_number="AB123456C")
        made_one(entry(lea), entry(leah))
        page = signed_in(post(Role.SENIOR, charnwood)).get(f"/families/{family.uid}/people/{leah.person.uid}/")
        assert page.status_code == 200
        assert "AB 12 34 56 C" in page.content.decode()


class TestTies:
    def test_of_either_entry_are_of_the_one_person(self, everything):
        family, lea, leah = leah_twice()
        dawn = family.memberships.get(person__given_names="Dawn").person
        tie = relate(family, kind="birth", person=dawn, other=lea.person, source="Mum", by=everything)
        made_one(entry(lea), entry(leah))
        again = relate(family, kind="birth", person=dawn, other=leah.person, source="School", by=everything)
        assert again == tie


KNOWN = Known("Leah", "Marsh", date(2004, 2, 29))


class TestWhoLooksLikeOnePerson:
    @pytest.mark.parametrize(
        ("other", "found"),
        [
            pytest.param(Known("Leah", "Marsh", date(2004, 2, 29)), True, id="the same name and birth"),
            pytest.param(Known("Lea", "Orton", date(2004, 2, 29)), True, id="like given name and the same birth"),
            pytest.param(Known("Ruth", "Marsh", date(2004, 2, 29)), False, id="a twin"),
            pytest.param(Known("Leah", "Marsh", date(2004, 3, 1)), False, id="the same name and another birth"),
            pytest.param(Known("Leah", "Marsh"), False, id="the same name and no birth"),
        ],
    )
    def test_is_born_on_one_day_and_called_alike(self, other, found):
        assert bool(looks_twice(KNOWN, other)) is found


def test_two_sides_with_nothing_against_it_may_be_one():
    assert refusals(Side(1, "Lea", frozenset({7})), Side(2, "Leah", frozenset({7}))) == []
