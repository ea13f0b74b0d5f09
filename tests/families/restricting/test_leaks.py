"""What those who are not named can still tell of a restricted family: nothing, also those who had it open before."""

import re

import pytest
from django.urls import reverse

from families.people.models import Family, Person
from families.restricting.models import RestrictionStep
from performance.outcomes.figures import FIGURES
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.drafts.models import Draft
from slf.drafts.services import start_draft
from slf.work.models import Job
from tests.casework.plans.factories import agreed
from tests.casework.stars.factories import ReadingFactory
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory
from tests.families.restricting.factories import lift, name
from tests.referrals.intake.factories import in_the_name_of
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db
SURNAME = "Zetterlund"
LISTS = (
    "/", "/families/", f"/families/?q={SURNAME}", "/casework/families/", "/access/restricted/",
    "/access/emergency/review/", "/performance/dashboard/", "/referrals/triage/", "/referrals/questions/",
    "/api/v1/families/", f"/api/v1/search/?q={SURNAME}", "/api/v1/figures/", "/api/v1/drafts/", "/api/v1/jobs/",
    "/api/v1/restricted-families/", *(f"/performance/dashboard/{code}/" for code in FIGURES),
    *(f"/performance/dashboard/{code}/csv/" for code in FIGURES),
)  # fmt: skip
PAGES = (
    "families:family", "families:evidence", "access:why", "access:restriction", "access:looked", "casework:chronology",
    "casework:visits", "casework:plan", "casework:star", "casework:allocate", "api-family", "api-plan",
    "api-chronology", "api-restriction",
)  # fmt: skip


@pytest.fixture
def family(charnwood):
    return FamilyFactory(household=True, name=f"The {SURNAME}s", reference="SLF-777321")


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def worker(post, charnwood, family):
    """Its worker until it is restricted: with a reading, a plan and a note begun."""
    worker = post(Role.FSW, charnwood, "fsw.charnwood")
    give(family, worker)
    ReadingFactory(family=family)
    agreed(family)
    with in_the_name_of(worker):
        start_draft("visit", by=worker, family=family)
    return worker


@pytest.fixture
def others(post, charnwood, melton, worker):
    """Everybody who saw it before, and somebody who never did."""
    return [
        worker, post(Role.FSW, charnwood), post(Role.SENIOR, charnwood), post(Role.MANAGER, charnwood), post(Role.HEAD),
        post(Role.BUSINESS, charnwood), post(Role.DATA), post(Role.AUDITOR), post(Role.MANAGER, melton),
    ]  # fmt: skip


@pytest.fixture
def looked(family, others, signed_in):
    """Each of them has opened the family's pages before it is restricted; return their clients."""
    clients = {one: signed_in_recently(signed_in(one), one) for one in others}
    with acting_as(None):
        for client in clients.values():
            for page in ("families:family", "casework:chronology"):
                client.get(reverse(page, args=[family.uid]))
    return clients


@pytest.fixture
def restricted(family, manager, looked):
    name(family, (manager, Role.MANAGER), by=manager)
    return family


def ask(client, address):
    with acting_as(None):
        answer = client.get(address)
        return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


class TestThoseWhoAreNotNamed:
    def test_find_it_in_no_list_search_figure_or_export(self, restricted, looked):
        told = {}
        for one, client in looked.items():
            for address in LISTS:
                answer, content = ask(client, address)
                assert answer.status_code in {200, 302, 403, 404}, (str(one), address)
                shown = re.sub(rf'value="{SURNAME}"|“{SURNAME}”|q={SURNAME}'.encode(), b"", content)
                if SURNAME.encode() in shown or restricted.reference.encode() in shown:
                    told[str(one), address] = answer.status_code
        assert told == {}

    def test_get_of_each_page_what_a_missing_one_gives(self, restricted, looked, worker):
        missing = "00000000-0000-4000-8000-000000000000"
        for one, client in looked.items():
            for page in PAGES:
                (_, there), (_, gone) = (ask(client, reverse(page, args=[uid])) for uid in (restricted.uid, missing))
                assert there == gone, (str(one), page)

    def test_keep_the_words_they_typed_and_no_name(self, restricted, looked, worker):
        with in_the_name_of(worker):
            note = Draft.objects.get(owner=worker)
        _, content = ask(looked[worker], note.get_absolute_url())
        assert SURNAME.encode() not in content
        _, home = ask(looked[worker], "/")
        assert SURNAME.encode() not in home

    def test_find_no_row_of_it_in_the_database(self, restricted, others):
        for one in others:
            with in_the_name_of(one):
                assert not Family.objects.filter(pk=restricted.pk).exists()
                assert not Family.pgh_event_model.objects.filter(pgh_obj=restricted.pk).exists()
                assert not Person.objects.filter(family_name=restricted.name).exists()
                assert not RestrictionStep.objects.exists()
                assert not Share.objects.filter(family=restricted).exclude(user=one).exists()
                assert not View.objects.filter(family_id=restricted.pk).exclude(user=one).exists()
                assert not Job.objects.filter(kind__startswith="restricting").exists()

    def test_count_one_family_less(self, family, manager, others, signed_in):
        senior = others[2]
        client = signed_in(senior)
        before = ask(client, "/")[0].context["tiles"]
        name(family, (manager, Role.MANAGER), by=manager)
        after = ask(client, "/")[0].context["tiles"]
        count = {tile.label: tile.value for tile in before}["Families"]
        assert {tile.label: tile.value for tile in after}["Families"] == count - 1

    def test_do_not_see_that_it_was_restricted_among_who_looked_elsewhere(self, restricted, looked, others):
        other = FamilyFactory()
        _, content = ask(looked[others[2]], reverse("access:looked", args=[other.uid]))
        assert SURNAME.encode() not in content

    def test_see_it_again_with_all_its_record_when_it_is_lifted(self, restricted, looked, manager, others):
        lift(restricted, by=manager)
        answer, content = ask(looked[others[2]], reverse("families:family", args=[restricted.uid]))
        assert (answer.status_code, SURNAME.encode() in content) == (200, True)

    def test_read_neither_that_it_was_restricted_nor_why_once_it_is_lifted(self, restricted, looked, manager, others):
        lift(restricted, by=manager)
        senior, read = others[2], {}
        for one in others:
            with in_the_name_of(one):
                read[one.posts.get().get_role_display(), one.posts.get().locality] = RestrictionStep.objects.count()
        decide = {("Locality manager", manager.posts.get().locality), ("Head of service", None)}
        assert {who for who, number in read.items() if number} == decide
        address = reverse("casework:chronology", args=[restricted.uid])
        answer, content = ask(looked[senior], address)
        assert (answer.status_code, b"estrict" in content) == (200, False)

    def test_who_are_named_later_read_why_it_is_closed_now_and_no_earlier_time(self, restricted, manager, worker):
        lift(restricted, by=manager)
        name(restricted, (manager, Role.MANAGER), (worker, Role.FSW), by=manager, reason="The police asked for it")
        with in_the_name_of(worker):
            assert [step.reason for step in RestrictionStep.objects.all()] == ["The police asked for it"]
            seen = RestrictionStep.objects.visible_to(worker)
            assert [step.reason for step in seen] == ["The police asked for it"]
        with in_the_name_of(manager):
            assert RestrictionStep.objects.visible_to(manager).count() == RestrictionStep.objects.count() == 3
