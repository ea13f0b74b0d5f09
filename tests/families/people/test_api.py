import pytest
from django.urls import reverse

from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


class TestFamiliesForPrograms:
    def test_are_those_of_ones_localities(self, api, post, charnwood, melton, everything):
        FamilyFactory(name="Ours")
        FamilyFactory(name="Theirs", locality=melton)
        found = api(post(Role.SENIOR, charnwood)).get(reverse("api-families")).json()["results"]
        assert [family["name"] for family in found] == ["Ours"]

    def test_come_with_their_household_one_at_a_time(self, api, post, charnwood, everything):
        family = FamilyFactory(household=True)
        found = api(post(Role.FSW, charnwood)).get(reverse("api-family", args=[family.uid])).json()
        assert [member["part"] for member in found["household"]].count("child") == 3
        assert View.objects.filter(family_id=family.pk, what="Family card").exists()

    def test_in_a_list_are_one_row_of_the_log(self, api, post, charnwood, everything):
        families = FamilyFactory.create_batch(3)
        senior = post(Role.SENIOR, charnwood)
        api(senior).get(reverse("api-families"))
        with acting_as(senior):
            looked = View.objects.get(what="Families")
        assert looked.family_ids == sorted(family.pk for family in families)
