import re

import pytest
from django.apps import apps
from django.urls import reverse

from casework.cases.models import Case
from casework.plans.services import start_plan
from families.flags.services import set_flag
from families.needs.services import find_need
from families.people.models import Family
from families.twice.models import FamilyMerge
from families.twice.rules import OTHER, kind_in_words
from slf.access.models import FamilyRecord
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.accounts.models import User
from tests.casework.merging.factories import APART, WHY, allocated, known_twice, made_one
from tests.factories import FamilyFactory, lives
from tests.families.households.factories import MAY, TODAY, member, somebody
from tests.families.merging.factories import entry, leah_twice
from tests.families.merging.factories import made_one as one_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def manager(post, charnwood, signed_in, everything):
    return signed_in(post(Role.MANAGER, charnwood))


@pytest.fixture
def senior(post, charnwood, signed_in, everything):
    return signed_in(post(Role.SENIOR, charnwood))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def side_by_side(twice, one):
    return reverse("casework:merge_families", args=[twice.uid, one.uid])


class TestTheListOfWhatIsThereTwice:
    def test_has_families_with_the_same_people(self, manager):
        known_twice()
        said = text(manager.get("/families/twice/"))
        assert "Marsh-Cole family" in said
        assert "Dawn Marsh and Leah Marsh in both" in said

    def test_names_somebody_whose_other_entry_is_out_of_sight_as_they_are_written_here(self, manager, everything):
        _, _, people = known_twice()
        elsewhere = FamilyFactory(name="Orton family")
        one_person(entry(people["Leah"]), entry(member(elsewhere, "Lea", born_on=people["Leah"].person.born_on)))
        restrict_family(elsewhere, to=[(everything, Role.MANAGER)], by=everything)
        assert "Dawn Marsh and Leah Marsh in both" in text(manager.get("/families/twice/"))

    @pytest.mark.parametrize("protected", [True, False])
    def test_has_families_of_one_name_and_address_but_tells_of_no_secret_one(self, manager, protected):
        here, there = (FamilyFactory(name="Orton family") for _ in range(2))
        for number, one in enumerate((here, there)):
            row = member(one, f"Anna{number}", "parent")
            lives(row, address="3 Ashby Road", postcode="LE11 3AB", protected=protected)
        said = text(manager.get("/families/twice/"))
        assert ("Same address and name, 3 Ashby Road, LE11 3AB" in said) is not protected

    def test_has_no_families_for_a_senior(self, senior):
        known_twice()
        assert "Marsh-Cole" not in text(senior.get("/families/twice/"))

    def test_has_what_was_made_one(self, manager):
        again, family, _ = known_twice()
        made_one(again, family)
        said = text(manager.get("/families/twice/"))
        assert "Made one family" in said
        assert again.reference in said


class TestLookingAtBoth:
    def test_shows_each_conflict_and_changes_nothing(self, manager):
        again, family, _ = known_twice()
        find_need(again, kind="crime", source="Police", by=somebody(), on=MAY)
        said = text(manager.get(side_by_side(again, family)))
        assert "They differ in" in said
        assert "Crime" in said
        assert not FamilyMerge.objects.exists()

    def test_offers_no_button_where_it_cannot_be(self, manager):
        again, family, _ = known_twice()
        for one in (again, family):
            start_plan(one, by=somebody(), on=MAY)
        page = manager.get(side_by_side(again, family))
        assert "Both have a plan in hand" in text(page)
        assert "They are one family" not in text(page)
        answer = manager.post(side_by_side(again, family), {"reason": WHY})
        assert answer.status_code == 400
        assert "Both have a plan in hand" in text(answer)

    def test_tells_two_families_of_one_name_apart_by_their_references(self, manager):
        again, family, _ = known_twice()
        Family.objects.filter(pk=again.pk).update(name=family.name)
        said = text(manager.get(side_by_side(again, family)))
        assert f"{family.reference}, stays" in said
        assert said.count(f"{family.reference}, which stays") > 1
        manager.post(side_by_side(again, family), {"reason": WHY})
        apart = reverse("casework:merged_families", args=[FamilyMerge.objects.get().uid])
        answer = text(manager.post(apart, {"reason": APART}, follow=True))
        assert f"{again.reference}, and {family.name}, {family.reference}, are two families again" in answer
        assert f"Open {family.name}, {again.reference}" in answer
        assert f"{family.reference} and {again.reference} are two families again. They were one for a time" in answer

    def test_names_the_worker_as_they_are_written(self, manager, post, charnwood):
        again, family, _ = known_twice()
        worker = post(Role.FSW, charnwood)
        User.objects.filter(pk=worker.pk).update(first_name="Helen", last_name="Joshi")
        Case.objects.create(family=family, opened_on=MAY, opened_by=somebody())
        allocated(family, worker)
        assert "An open case with Helen Joshi" in text(manager.get(side_by_side(again, family)))

    def test_says_how_much_is_written_in_the_words_of_those_who_write_it(self, manager):
        again, family, _ = known_twice()
        said = text(manager.get(side_by_side(again, family)))
        assert "People in the household" in said
        assert "Memberships" not in said

    def test_keeps_what_was_typed(self, manager):
        again, family, _ = known_twice()
        answer = manager.post(side_by_side(again, family), {"reason": "Same"})
        assert answer.status_code == 400
        assert "Same</textarea>" in answer.content.decode()

    def test_asks_for_the_other_family_by_its_reference(self, manager):
        again, family, _ = known_twice()
        here = reverse("casework:known_twice", args=[family.uid])
        assert manager.get(here, {"reference": again.reference.lower()}).url == side_by_side(again, family)
        for wrong in (family.reference, "SLF-000000"):
            assert manager.get(here, {"reference": wrong}).status_code == 400


class TestAFamilyThatWasMadeOne:
    def test_leads_to_the_one_that_stands(self, manager):
        again, family, _ = known_twice()
        answer = manager.post(side_by_side(again, family), {"reason": WHY})
        assert answer.url == reverse("casework:merged_families", args=[FamilyMerge.objects.get().uid])
        assert manager.get(reverse("families:family", args=[again.uid])).url == family.get_absolute_url()
        for name in ("casework:chronology", "families:household", "casework:plan", "families:addresses"):
            assert family.name in text(manager.get(reverse(name, args=[again.uid])))

    def test_says_both_references_and_flags_and_each_need_once(self, manager):
        again, family, _ = known_twice()
        set_flag(again, kind="dog", source="Police", by=somebody(), on=MAY)
        for one in (again, family):
            find_need(one, kind="crime", source="Police", by=somebody(), on=MAY)
        made_one(again, family)
        said = text(manager.get(family.get_absolute_url()))
        assert f"also {again.reference}" in said
        assert "Dog in the house" in said
        assert "1 open need" in said

    def test_is_not_told_of_to_who_may_not_see_it(self, manager, everything):
        again, family, _ = known_twice()
        made_one(again, family)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        for one in (again, family):
            assert manager.get(reverse("families:family", args=[one.uid])).status_code == 404

    def test_shows_a_person_of_either(self, manager):
        again, family, _ = known_twice()
        iris = again.memberships.get(person__given_names="Iris")
        made_one(again, family)
        page = text(manager.get(reverse("families:person", args=[family.uid, iris.person.uid])))
        assert "Iris Marsh" in page
        assert family.name in page

    def test_is_found_once(self, manager):
        again, family, _ = known_twice()
        made_one(again, family)
        said = text(manager.get("/families/", {"q": "Marsh-Cole"}))
        assert family.reference in said
        assert again.reference not in said

    def test_tells_the_plans_of_both(self, manager):
        again, family, _ = known_twice()
        start_plan(family, by=somebody(), on=MAY)
        made_one(again, family)
        assert manager.get(f"{reverse('casework:plan', args=[again.uid])}?version=1").status_code == 200

    def test_is_taken_apart_on_its_page(self, manager):
        again, family, _ = known_twice()
        merge = made_one(again, family)
        page = reverse("casework:merged_families", args=[merge.uid])
        assert WHY in text(manager.get(page))
        assert manager.post(page, {"reason": APART}).url == page
        assert manager.get(reverse("families:family", args=[again.uid])).status_code == 200


class TestSomebodyEnteredTwiceInOneFamily:
    def test_is_reached_on_a_number_written_of_either_entry(self, manager):
        family, lea, leah = leah_twice()
        lives(lea, address="3 Ashby Road", postcode="LE11 3AB", phone="01509 000000")
        one_person(entry(lea), entry(leah))
        said = text(manager.get(family.get_absolute_url()))
        assert "01509 000000" in said
        assert "3 Ashby Road" in said

    def test_is_said_to_have_something_kept_back_of_either_entry(self, everything, post, charnwood, signed_in):
        family, lea, leah = leah_twice()
        lives(lea, address="3 Ashby Road", postcode="LE11 3AB", protected=True)
        one_person(entry(lea), entry(leah))
        said = text(signed_in(post(Role.HEAD, None)).get(family.get_absolute_url()))
        assert "3 Ashby Road" not in said
        assert "told in confidence" in said

    def test_has_a_need_of_both_once(self, manager):
        family, lea, leah = leah_twice()
        for row in (lea, leah):
            find_need(family, kind="health", person=entry(row), source="School", by=somebody(), on=MAY)
        one_person(entry(lea), entry(leah))
        assert "1 open need" in text(manager.get(family.get_absolute_url()))


def test_every_kind_of_what_is_written_has_a_word():
    tables = [table for table in apps.get_models() if issubclass(table, FamilyRecord) and table is not FamilyMerge]
    assert tables
    assert [table.__name__ for table in tables if kind_in_words(table.__name__) == OTHER] == []
