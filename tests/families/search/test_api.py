import pytest
from django.urls import reverse

from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


class TestTheSearchForPrograms:
    def ask(self, client, **asked):
        return client.get(reverse("api-search"), asked)

    def test_says_which_families_and_why(self, api, post, charnwood, melton, everything):
        family = FamilyFactory(name="Hallam family")
        FamilyFactory(name="Hallam family", locality=melton)
        (found,) = self.ask(api(post(Role.FSW, charnwood)), q="hallum").json()["results"]
        assert found["family"]["uid"] == str(family.uid)
        assert found["why"] == ["The family's name: one letter away from “hallum”"]

    def test_comes_in_pages_and_logs_the_one_that_is_shown(self, api, post, charnwood, everything):
        FamilyFactory.create_batch(3, name="Plenty")
        senior = post(Role.SENIOR, charnwood)
        answer = self.ask(api(senior), q="plenty", page_size=2, page=2).json()
        assert (answer["count"], len(answer["results"])) == (3, 1)
        with acting_as(senior):
            assert len(View.objects.get(what="Search: 3 families found").family_ids) == 1

    @pytest.mark.parametrize("asked", ["", "%", "_", "\x01", "_" * 10_000, "1 = 1 --"])
    def test_finds_nothing_by_what_is_no_name(self, api, post, charnwood, everything, asked):
        FamilyFactory(name="Hallam family")
        answer = self.ask(api(post(Role.SENIOR, charnwood)), q=asked)
        assert (answer.status_code, answer.json()["results"]) == (200, [])

    def test_finds_nothing_for_who_sees_no_card(self, api, post, everything):
        FamilyFactory(name="Hallam family")
        assert self.ask(api(post(Role.BOARD)), q="hallam").json()["results"] == []
