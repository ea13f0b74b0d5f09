import re
from datetime import date

import pytest
from django.urls import reverse

from families.merging.models import PersonMerge
from families.needs.services import find_need
from families.people.models import Membership, Person
from slf.access.models import View
from slf.access.rules import Role
from tests.families.households.factories import JUNE, TODAY, member
from tests.families.merging.factories import APART, BORN, WHY, entry, leah_in_two_families, leah_twice, made_one

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
    return f"/families/twice/{entry(twice).uid}/is/{entry(one).uid}/"


class TestTheListOfPeopleEnteredTwice:
    def test_has_those_born_on_one_day_and_called_alike(self, manager):
        leah_in_two_families()
        said = text(manager.get("/families/twice/"))
        assert "Leah Marsh" in said
        assert "Lea Marsh" in said

    def test_has_no_twins(self, manager):
        family, _, _ = leah_twice()
        member(family, "Ruth", born_on=BORN)
        assert "Ruth" not in text(manager.get("/families/twice/"))

    def test_has_for_a_senior_those_of_one_family_alone(self, senior):
        leah_in_two_families()
        assert "Lea Marsh" not in text(senior.get("/families/twice/"))
        leah_twice()
        assert "Lea Marsh" in text(senior.get("/families/twice/"))

    def test_has_nobody_of_another_locality(self, post, melton, signed_in):
        leah_twice()
        assert "Leah" not in text(signed_in(post(Role.MANAGER, melton)).get("/families/twice/"))

    def test_asks_no_more_of_the_database_when_it_is_longer(self, manager, django_assert_max_num_queries):
        leah_twice()
        manager.get("/families/twice/")
        with django_assert_max_num_queries(40) as few:
            manager.get("/families/twice/")
        for _ in range(4):
            leah_twice()
        with django_assert_max_num_queries(len(few)):
            manager.get("/families/twice/")


class TestBothSideBySide:
    def test_shows_every_conflict_and_what_will_be_shown(self, manager):
        family, lea, leah = leah_twice()
        Person.objects.filter(pk=lea.person_id).update(upn="A123456789012")
        said = text(manager.get(side_by_side(lea, leah)))
        assert "Name Differs Lea Marsh Leah Marsh Leah Marsh" in said
        assert "Unique pupil number" in said
        assert "In families Differs" in said
        assert family.reference in said

    def test_changes_nothing_by_being_looked_at(self, manager):
        _, lea, leah = leah_twice()
        manager.get(side_by_side(lea, leah))
        assert not PersonMerge.objects.exists()
        assert View.objects.filter(what="Two entries side by side").count() == 1

    def test_makes_them_one(self, manager):
        _, lea, leah = leah_twice()
        answer = manager.post(side_by_side(lea, leah), {"reason": WHY}, follow=True)
        assert "Entered too as Lea Marsh" in text(answer)
        assert PersonMerge.objects.get().reason == WHY

    def test_keeps_what_was_typed_when_the_reason_is_too_short(self, manager):
        _, lea, leah = leah_twice()
        answer = manager.post(side_by_side(lea, leah), {"reason": "Yes"})
        assert answer.status_code == 400
        assert "Yes</textarea>" in answer.content.decode()

    def test_says_what_to_do_first_instead_of_a_button(self, manager):
        _, lea, leah = leah_twice()
        Membership.objects.filter(pk=lea.pk).update(safe_contact="Never by post")
        answer = manager.get(side_by_side(lea, leah))
        assert "Write the same of both first" in text(answer)
        assert "They are one person</button>" not in re.sub(r"\s+", " ", answer.content.decode())

    def test_is_refused_to_a_senior_over_two_families(self, senior):
        _, lea, leah = leah_in_two_families()
        answer = senior.post(side_by_side(lea, leah), {"reason": WHY})
        assert "A locality manager makes them one" in text(answer)


class TestChoosingTwoOfAFamily:
    def test_leads_to_both_side_by_side(self, senior):
        family, lea, leah = leah_twice()
        asked = {"twice": entry(lea).uid, "one": entry(leah).uid}
        answer = senior.get(f"/families/{family.uid}/twice/", asked)
        assert answer.url == side_by_side(lea, leah)

    def test_asks_for_two_different_entries(self, senior):
        family, lea, _ = leah_twice()
        asked = {"twice": entry(lea).uid, "one": entry(lea).uid}
        assert "Choose two different entries" in text(senior.get(f"/families/{family.uid}/twice/", asked))

    def test_is_offered_on_the_household(self, senior):
        family, _, _ = leah_twice()
        assert "Somebody is entered twice" in text(senior.get(f"/families/{family.uid}/household/"))


class TestTakingApart:
    def test_gives_to_the_other_what_was_added_since(self, manager, everything):
        family, lea, leah = leah_twice()
        merge = made_one(entry(lea), entry(leah))
        need = find_need(family, kind="education", person=leah.person, source="School", by=everything, on=JUNE)
        page = f"/families/one/{merge.uid}/"
        assert "What was added since and belongs to Lea Marsh?" in text(manager.get(page))
        answer = manager.post(page, {"reason": APART, "moved": [str(need.uid)]}, follow=True)
        assert "two people again" in text(answer)
        need.refresh_from_db()
        assert need.person_id == lea.person_id


PAGES = (
    "families:family", "families:household", "families:genogram", "casework:chronology", "casework:visits",
    "casework:plan",
)  # fmt: skip


class TestThePagesOfAFamily:
    def test_show_one_person_everywhere(self, senior, everything):
        family, lea, leah = leah_twice()
        find_need(family, kind="education", person=lea.person, source="School", by=everything, on=JUNE)
        made_one(entry(lea), entry(leah))
        for page in PAGES:
            answer = senior.get(reverse(page, args=[family.uid]))
            assert answer.status_code == 200
            assert "Lea Marsh" not in text(answer).replace("Lea Marsh and Leah Marsh: two entries made one person", "")

    def test_find_them_under_both_names(self, senior):
        family, lea, leah = leah_twice()
        made_one(entry(lea), entry(leah))
        for asked in ("Leah Marsh", "Lea Marsh"):
            said = text(senior.get("/families/", {"q": asked}))
            assert family.reference in said
            assert "Leah Marsh:" in said

    def test_name_the_one_person_in_another_family_too(self, senior):
        other, lea, leah = leah_in_two_families()
        Person.objects.filter(pk=leah.person_id).update(born_on=date(2004, 3, 1))
        made_one(entry(lea), entry(leah))
        assert "Leah Marsh" in text(senior.get(f"/families/{other.uid}/"))
