from datetime import date
from uuid import uuid4

import pytest

from performance.demo.identifiers import made_up_upn
from slf.access.acting import acting_as
from slf.access.models import Post
from slf.access.rules import POSTS, Role
from slf.access.services import end_post
from slf.accounts.models import User
from slf.drafts.rules import Written
from slf.drafts.services import save_draft, start_draft
from tests.casework.visits.factories import VisitFactory, give
from tests.factories import FamilyFactory, MembershipFactory
from tests.families.hub.factories import ATTENDANCE, as_csv, load, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


def panels(client):
    return {panel.title: [item.title for item in panel.items] for panel in client.get("/").context["panels"]}


class TestAWorkersDay:
    def test_lists_visits_that_are_due_the_most_overdue_first(self, worker, signed_in):
        for name, next_on in (("Soon", 20), ("Late", 6), ("Today", 15), ("Far off", 30)):
            family = FamilyFactory(name=name)
            give(family, worker)
            VisitFactory(family=family, happened_on=date(2014, 10, 2), next_visit_on=date(2014, 10, next_on))
        answer = signed_in(worker).get("/")
        due = next(panel for panel in answer.context["panels"] if panel.title == "Visits due")
        assert [(item.title, item.tag) for item in due.items] == [("Late", "Overdue"), ("Today", "Today"), ("Soon", "")]

    def test_tells_two_families_of_one_name_apart_and_records_only_what_was_due(self, worker, signed_in):
        for given, next_on in (("Donna", 15), ("Mary", 20)):
            family = FamilyFactory(name="Measures family")
            give(family, worker)
            MembershipFactory(family=family, person__given_names=given)
            VisitFactory(family=family, happened_on=date(2014, 10, 2), next_visit_on=date(2014, 10, next_on))
        panel = next(p for p in signed_in(worker).get("/").context["panels"] if p.title == "Visits due")
        assert [item.detail for item in panel.items] == ["Donna. 15 October 2014", "Mary. 20 October 2014"]
        assert [bool(item.press) for item in panel.items] == [True, False]

    def test_opens_the_form_of_each_in_one_click(self, worker, signed_in):
        family = FamilyFactory(household=True)
        give(family, worker)
        client = signed_in(worker)
        item = next(p for p in client.get("/").context["panels"] if p.title == "New families").items[0]
        assert client.post(item.press, follow=True).status_code == 200

    def test_names_families_not_heard_of_and_new_ones(self, worker, signed_in):
        silent, new = FamilyFactory(name="Silent"), FamilyFactory(name="New")
        for family in (silent, new):
            give(family, worker)
        VisitFactory(family=silent, happened_on=date(2014, 9, 1))
        shown = panels(signed_in(worker))
        assert (shown["No contact for too long"], shown["New families"]) == (["Silent"], ["New"])

    def test_lists_unsent_notes_with_their_beginning(self, worker, signed_in):
        family = FamilyFactory(name="The Jacksons")
        give(family, worker)
        with acting_as(worker):
            draft = start_draft("visit", by=worker, family=family)
            save_draft(draft.uid, by=worker, written=Written(0, uuid4(), 1, {"note": ["We were talking"]}))
        text = signed_in(worker).get("/").content.decode()
        assert "Visit: The Jacksons" in text
        assert "We were talking" in text

    def test_does_not_mention_a_note_nobody_has_written_in(self, worker, signed_in):
        with acting_as(worker):
            start_draft("visit", by=worker, family=FamilyFactory())
        assert "Unsent notes" not in panels(signed_in(worker))

    def test_costs_the_same_for_ten_families_as_for_one(self, worker, signed_in, django_assert_max_num_queries):
        client = signed_in(worker)

        def another():
            family = FamilyFactory(household=True)
            give(family, worker)
            VisitFactory(family=family, happened_on=date(2014, 9, 1), next_visit_on=date(2014, 10, 1))

        another()
        client.get("/")
        with django_assert_max_num_queries(60) as for_one:
            client.get("/")
        for _ in range(9):
            another()
        with django_assert_max_num_queries(len(for_one)):
            client.get("/")


class TestASeniorsDay:
    def team(self, user, signed_in):
        return panels(signed_in(user))["The team's caseloads"]

    def test_names_the_workers_of_the_locality_and_those_of_the_whole_county(
        self, post, charnwood, melton, signed_in, everything
    ):
        here, everywhere, gone = post(Role.FSW, charnwood), post(Role.FSW), post(Role.FSW, charnwood)
        lent = post(Role.FSW, melton)
        Post.objects.create(user=lent, role=Role.FSW, locality=charnwood, period=(date(2013, 1, 1), None))
        post(Role.FSW, melton)
        end_post(gone.posts.get(), by=everything, on=date(2014, 1, 1))
        for number, worker in enumerate((here, everywhere, gone, lent)):
            User.objects.filter(pk=worker.pk).update(first_name=f"Worker {number}", last_name="")
        assert self.team(post(Role.SENIOR, charnwood), signed_in) == ["Worker 0", "Worker 1", "Worker 3"]

    def test_costs_the_same_for_ten_workers_as_for_one(self, post, charnwood, signed_in, django_assert_max_num_queries):
        client = signed_in(post(Role.SENIOR, charnwood))
        post(Role.FSW, charnwood)
        client.get("/")
        with django_assert_max_num_queries(60) as for_one:
            client.get("/")
        for _ in range(9):
            post(Role.FSW, charnwood)
        with django_assert_max_num_queries(len(for_one)):
            client.get("/")


class TestTheDataOfficesDay:
    def test_says_of_a_colleagues_file_what_the_list_of_files_says(self, post, signed_in):
        sender = post(Role.DATA)
        with acting_as(sender):
            receive(as_csv([ATTENDANCE]), by=sender)
        for reader, state in ((sender, "Waiting to start"), (post(Role.DATA), "Not loaded yet")):
            shown = signed_in(reader).get("/").context["panels"]
            (item,) = next(panel for panel in shown if panel.title == "Files from agencies").items
            assert (item.title, item.tag) == ("attendance.csv", state)

    def test_asks_to_mend_what_cannot_be_read_and_not_whom_nobody_knows(self, post, signed_in):
        sender = post(Role.DATA)
        with acting_as(sender):
            load(as_csv([ATTENDANCE | {"UPN": made_up_upn(n)} for n in range(90, 93)]), by=sender)
            load(as_csv([ATTENDANCE | {"Possible sessions": "many"}] * 1001), by=sender)
        panel = signed_in(post(Role.DATA)).get("/").context["panels"][0]
        assert [item.tag for item in panel.items] == ["Loaded, 1,001 to mend", "Loaded"]


class TestEverybodysDay:
    @pytest.mark.parametrize("role", POSTS)
    def test_is_a_useful_page(self, role, post, charnwood, signed_in):
        answer = signed_in(post(role, charnwood)).get("/")
        assert answer.status_code == 200
        assert answer.context["panels"] or answer.context["tiles"]


class TestAPartnersDay:
    def test_begins_with_referring_a_family(self, post, charnwood, signed_in):
        page = signed_in(post(Role.REFERRER, charnwood, "school")).get("/")
        assert page.context["main"].href == "/referrals/start/"
        assert 'href="/referrals/start/" role="button"' in page.content.decode()
