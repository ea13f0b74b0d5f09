import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from families.needs.models import Need
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family, open_with_reason, restrict_family
from tests.casework.plans.factories import agreed
from tests.casework.stars.factories import ReadingFactory
from tests.casework.visits.factories import SightingFactory, VisitFactory, give
from tests.factories import FamilyFactory, MembershipFactory, lives

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True, name="The Jacksons")


@pytest.fixture
def worker(post, charnwood, family):
    worker = post(Role.FSW, charnwood)
    give(family, worker)
    return worker


def lived(family):
    """Visits, needs, a plan and a star, so that every part of the page has something to say."""
    visit = VisitFactory(family=family, happened_on=date(2014, 10, 3), next_visit_on=date(2014, 10, 20))
    SightingFactory(visit=visit, person=family.memberships.filter(part="child").first().person)
    for kind in ("housing", "education", "poverty", "health", "crime"):
        Need.objects.create(family=family, kind=kind, started_on=date(2013, 2, 1), source="Referral")
    agreed(family)
    ReadingFactory(family=family)


def page(client, family):
    return client.get(family.get_absolute_url())


class TestTheFamilyPage:
    def test_tells_the_story_at_a_glance(self, family, worker, signed_in):
        lived(family)
        text = page(signed_in(worker), family).content.decode()
        for said in ("12 days ago", "Home visit", "20 October 2014", "Complex", "5 open needs", "No reading yet"):
            assert (said in text) is (said != "No reading yet"), said
        assert "Seen 12 days ago" in text
        assert "Not seen yet, overdue" in text
        assert "Visit before school" in text

    def test_has_words_for_everything_that_is_missing(self, family, worker, signed_in):
        text = page(signed_in(worker), family).content.decode()
        for said in ("No contact recorded", "Not planned", "No need is recorded", "Nothing is agreed yet"):
            assert said in text

    def test_is_logged_in_full_or_as_a_card(self, family, worker, signed_in, post, charnwood):
        page(signed_in(worker), family)
        page(signed_in(post(Role.FSW, charnwood)), family)
        assert list(View.objects.filter(family_id=family.pk).order_by("pk").values_list("what", flat=True)) == [
            "Family", "Family card",
        ]  # fmt: skip

    def test_costs_the_same_however_much_has_happened(self, family, worker, signed_in, django_assert_max_num_queries):
        client = signed_in(worker)
        page(client, family)
        lived(family)
        with django_assert_max_num_queries(60) as short:
            page(client, family)
        VisitFactory.create_batch(60, family=family)
        with django_assert_max_num_queries(len(short)):
            page(client, family)

    def test_offers_each_role_only_the_pages_it_may_open(self, family, worker, signed_in, post):
        worker_sees = page(signed_in(worker), family).content.decode()
        head_sees = page(signed_in(post(Role.HEAD)), family).content.decode()
        assert ("Why can I see this?" in worker_sees, "Who has looked" in worker_sees) == (True, False)
        assert "Who has looked" in head_sees
        assert "Record a visit" not in head_sees


class TestAFamilyJustAllocated:
    def test_has_nothing_late(self, family, post, charnwood, signed_in):
        worker = post(Role.FSW, charnwood)
        give(family, worker, since=date(2014, 10, 15))
        text = page(signed_in(worker), family).content.decode()
        assert "Not seen yet" in text
        assert "overdue" not in text

    def test_has_clocks_that_a_handover_does_not_turn_back(self, family, post, charnwood, signed_in, everything):
        Case.objects.create(family=family, opened_on=date(2014, 9, 1), opened_by=everything)
        worker = post(Role.FSW, charnwood)
        give(family, worker, since=date(2014, 10, 15))
        assert "None yet, overdue" in page(signed_in(worker), family).content.decode()


class TestReachingAFamily:
    @pytest.fixture(autouse=True)
    def place(self, family):
        family.memberships.exclude(part="away").update(safe_contact="Never ring in the evening")
        for member in family.memberships.exclude(part="away"):
            lives(member, address="14 Mill Lane", postcode="LE11 2QA")
        lives(family.memberships.filter(part="parent").first(), phone="01509 496 001")
        MembershipFactory(family=family, part="away", address="2 Far Road", postcode="LE12 8AA")

    def test_shows_where_how_and_when_it_is_safe(self, family, worker, signed_in):
        text = page(signed_in(worker), family).content.decode()
        assert text.count("Never ring in the evening") == 1
        assert 'href="tel:01509496001"' in text
        assert (text.count("14 Mill Lane, LE11 2QA"), text.count("2 Far Road, LE12 8AA")) == (1, 1)

    def test_is_for_those_who_open_the_record(self, family, signed_in, post, charnwood):
        text = page(signed_in(post(Role.FSW, charnwood)), family).content.decode()
        for hidden in ("Mill Lane", "LE11 2QA", "01509", "Never ring", "Far Road"):
            assert hidden not in text

    def test_of_a_restricted_family_is_for_the_named_alone(self, family, worker, everything, signed_in):
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        assert page(signed_in(worker), family).status_code == 404


class TestAllocatingFromTheFamilyPage:
    def test_is_a_hand_over_once_somebody_works_with_it(self, family, signed_in, post, charnwood):
        client = signed_in(post(Role.SENIOR, charnwood))
        address = f'href="/casework/allocate/{family.uid}/"'
        assert re.search(rf"{address}[^>]*>Allocate<", page(client, family).content.decode())
        give(family, post(Role.FSW, charnwood))
        assert re.search(rf"{address}[^>]*>Hand over<", page(client, family).content.decode())

    def test_is_not_offered_to_a_worker(self, family, worker, signed_in):
        assert "/casework/allocate/" not in page(signed_in(worker), family).content.decode()


class TestACardOnly:
    def test_says_who_they_are_and_nothing_of_the_work(self, family, signed_in, post, charnwood):
        lived(family)
        text = page(signed_in(post(Role.FSW, charnwood)), family).content.decode()
        assert str(family.memberships.first().person) in text
        for hidden in ("12 days", "Poor or overcrowded housing", "Visit before school", "20 October"):
            assert hidden not in text

    def test_opens_with_a_reason_in_one_click(self, family, signed_in, post, charnwood):
        lived(family)
        client = signed_in(post(Role.FSW, charnwood))
        reason = {"reason": "Covering for their worker this afternoon"}
        text = client.post(reverse("access:open", args=[family.uid]), reason, follow=True).content.decode()
        assert "Poor or overcrowded housing" in text
        assert View.objects.filter(family_id=family.pk, why=reason["reason"]).exists()

    def test_cannot_be_opened_by_a_post_that_reads_no_record(self, family, signed_in, post):
        text = page(signed_in(post(Role.DATA)), family).content.decode()
        assert "Open this record" not in text

    def test_offers_to_add_a_contact(self, family, signed_in, post, charnwood):
        assert "Add a contact" in page(signed_in(post(Role.FSW, charnwood)), family).content.decode()


class TestSomebodyElsesFamily:
    def test_is_a_missing_one(self, family, signed_in, post, melton):
        client = signed_in(post(Role.SENIOR, melton))
        missing = client.get(reverse("families:family", args=[uuid4()]))
        assert (page(client, family).status_code, page(client, family).content) == (404, missing.content)


class TestMyFamilies:
    def test_are_those_i_work_with_and_cover(self, family, worker, signed_in, everything):
        covered, colleagues = FamilyFactory(name="Covered"), FamilyFactory(name="A colleague's")
        until = timezone.now() + timedelta(days=5)
        hold_family(covered, user=worker, kind=Share.Kind.COVER, by=everything, until=until)
        rows = signed_in(worker).get(reverse("casework:my_families")).context["rows"]
        assert {shown for shown, _ in rows} == {family, covered}
        assert colleagues not in {shown for shown, _ in rows}

    def test_come_with_the_most_pressing_first(self, family, worker, signed_in):
        late, fresh = FamilyFactory(name="Late"), FamilyFactory(name="Fresh")
        for other in (late, fresh):
            give(other, worker)
        VisitFactory(family=late, happened_on=date(2014, 9, 1), next_visit_on=date(2014, 9, 8))
        VisitFactory(family=fresh, happened_on=date(2014, 10, 14))
        rows = signed_in(worker).get(reverse("casework:my_families")).context["rows"]
        assert [shown.name for shown, _ in rows] == ["Late", "The Jacksons", "Fresh"]

    def test_that_are_none_say_why(self, signed_in, post, charnwood):
        assert (
            "No families are with you"
            in signed_in(post(Role.FSW, charnwood)).get("/casework/families/").content.decode()
        )

    def test_cost_the_same_for_ten_as_for_one(self, family, worker, signed_in, django_assert_max_num_queries):
        client, address = signed_in(worker), reverse("casework:my_families")
        client.get(address)
        with django_assert_max_num_queries(60) as for_one:
            client.get(address)
        for other in FamilyFactory.create_batch(9, household=True):
            give(other, worker)
            lived(other)
        with django_assert_max_num_queries(len(for_one)):
            assert len(client.get(address).context["rows"]) == 10


class TestTheListOfFamilies:
    def test_shows_the_locality_and_nothing_beyond(self, family, signed_in, post, charnwood, melton):
        FamilyFactory(name="Elsewhere", locality=melton)
        text = signed_in(post(Role.SENIOR, charnwood)).get("/families/").content.decode()
        assert "The Jacksons" in text
        assert "Elsewhere" not in text

    def test_finds_by_the_beginning_of_a_name_or_by_reference(self, family, signed_in, post, charnwood):
        FamilyFactory(name="Other")
        client = signed_in(post(Role.SENIOR, charnwood))
        for asked in ("the jack", family.reference.lower()):
            assert [card.name for card in client.get("/families/", {"q": asked}).context["cards"]] == ["The Jacksons"]
        assert "No family found" in client.get("/families/", {"q": "%"}).content.decode()

    @pytest.mark.parametrize(
        "asked", ["donna", "Donna", "Donna Hallam", "hall", "12/02/1984", "12 February 1984", "le112qa"]
    )
    def test_finds_by_what_is_known_of_a_member(self, family, signed_in, post, charnwood, asked):
        person = {"given_names": "Donna Marie" if " " not in asked else "Donna", "family_name": "Hallam"}
        named = {f"person__{name}": said for name, said in person.items()}
        MembershipFactory(family=family, postcode="LE11 2QA", person__born_on=date(1984, 2, 12), **named)
        FamilyFactory(household=True)
        cards = signed_in(post(Role.SENIOR, charnwood)).get("/families/", {"q": asked}).context["cards"]
        assert [card.name for card in cards] == ["The Jacksons"]

    def test_finds_where_somebody_lives_only_in_records_open_to_the_reader(self, family, signed_in, post, charnwood):
        lives(family.memberships.first(), postcode="LE11 2QA")
        text = signed_in(post(Role.FSW, charnwood)).get("/families/", {"q": "LE11 2QA"}).content.decode()
        assert "The Jacksons" not in text
        assert "a postcode or its first half, like LE11 2QA" in text
        assert "in the records that are open to you in full" in text

    def test_says_who_was_found_and_why(self, family, signed_in, post, charnwood):
        born = date(1998, 2, 3)
        MembershipFactory(
            family=family, person__given_names="Donna", person__family_name="Hallam", person__born_on=born
        )
        text = signed_in(post(Role.SENIOR, charnwood)).get("/families/", {"q": "hallum 2/3/1998"}).content.decode()
        why = "Donna Hallam: one letter away from “hallum”, born 3 February 1998, day and month exchanged"
        assert why in text
        assert family.reference in text

    def test_says_when_nobody_answers_all_that_was_typed(self, family, signed_in, post, charnwood):
        MembershipFactory(family=family, person__given_names="Donna", person__family_name="Hallam")
        client, said = signed_in(post(Role.SENIOR, charnwood)), "No family you may see answers all of"
        assert said not in client.get("/families/", {"q": "donna hallam"}).content.decode()
        found = client.get("/families/", {"q": "zelda hallam"})
        assert [card.name for card in found.context["cards"]] == ["The Jacksons"]
        assert f"{said} “zelda hallam”. A part of it: 1 family</p>" in " ".join(found.content.decode().split())

    def test_logs_what_was_shown_and_never_what_was_typed(self, family, signed_in, post, charnwood):
        FamilyFactory(name="Other")
        senior = post(Role.SENIOR, charnwood)
        signed_in(senior).get("/families/", {"q": "jackson"})
        looks = View.objects.filter(user=senior).values_list("what", "door", "why", "family_ids")
        assert list(looks) == [("Search: 1 family found", "/families/", "", [family.pk])]

    def test_that_is_narrowed_finds_within_it(self, family, worker, signed_in, post, charnwood):
        FamilyFactory(name="The Jacksons of nobody")
        client = signed_in(post(Role.SENIOR, charnwood))
        cards = client.get("/families/", {"q": "jacksons", "worker": str(worker.uid)}).context["cards"]
        assert [card.name for card in cards] == ["The Jacksons"]

    def test_finds_in_as_many_queries_whatever_is_found(
        self, signed_in, post, charnwood, django_assert_max_num_queries
    ):
        client = signed_in(post(Role.SENIOR, charnwood))
        FamilyFactory.create_batch(2, name="Plenty", household=True)
        client.get("/families/", {"q": "plenty"})
        with django_assert_max_num_queries(60) as for_two:
            client.get("/families/", {"q": "plenty"})
        FamilyFactory.create_batch(23, name="Plenty", household=True)
        with django_assert_max_num_queries(len(for_two)):
            assert len(client.get("/families/", {"q": "plenty"}).context["cards"]) == 25

    @pytest.mark.parametrize("asked", ["%", "_", "x" * 10_000, "1/1/1", "'; select 1 --", "\ud7ff"])
    def test_bears_whatever_is_typed(self, signed_in, post, charnwood, family, asked):
        answer = signed_in(post(Role.SENIOR, charnwood)).get("/families/", {"q": asked})
        assert (answer.status_code, answer.context["cards"]) == (200, [])

    def test_finds_nobody_elsewhere_by_their_members(self, signed_in, post, charnwood, melton, family):
        born = date(1984, 2, 12)
        MembershipFactory(family=FamilyFactory(locality=melton), person__born_on=born, person__given_names="Donna")
        client = signed_in(post(Role.SENIOR, charnwood))
        for asked in ("Donna", "12/02/1984"):
            assert client.get("/families/", {"q": asked}).context["cards"] == []

    def test_leads_those_who_allocate_to_every_family(self, family, worker, signed_in, post, charnwood):
        new = FamilyFactory(name="New here")
        senior = post(Role.SENIOR, charnwood)
        ways = {c.name: (c.action_text, c.action_href) for c in signed_in(senior).get("/families/").context["cards"]}
        assert ways == {
            "New here": ("Allocate", f"/casework/allocate/{new.uid}/"),
            "The Jacksons": ("Hand over", f"/casework/allocate/{family.uid}/"),
        }

    def test_offers_a_worker_nothing_to_allocate(self, family, worker, signed_in):
        (shown,) = signed_in(worker).get("/families/").context["cards"]
        assert shown.action_href == ""

    def test_costs_at_most_12_queries_of_its_own(self, signed_in, post, charnwood, django_assert_max_num_queries):
        client = signed_in(post(Role.SENIOR, charnwood))
        FamilyFactory.create_batch(3, household=True)
        client.get("/families/")
        with django_assert_max_num_queries(60) as for_three:
            client.get("/families/")
        FamilyFactory.create_batch(22, household=True)
        with django_assert_max_num_queries(len(for_three)):
            client.get("/families/")

    def test_names_a_restricted_family_to_nobody_else(self, family, everything, signed_in, post, charnwood):
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        assert "The Jacksons" not in signed_in(post(Role.MANAGER, charnwood)).get("/families/").content.decode()


class TestAFamilyOpenedForALook:
    def test_offers_no_button_to_change_it(self, family, post, charnwood, signed_in):
        looker = post(Role.FSW, charnwood)
        with acting_as(looker):
            open_with_reason(family, by=looker, reason="Her worker is ill")
        client = signed_in(looker)
        asked = [f"/casework/families/{family.uid}/{part}/" for part in ("plan", "star")]
        assert [client.get(address).context["may_work"] for address in asked] == [False, False]
        assert page(client, family).status_code == 200
