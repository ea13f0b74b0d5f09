from datetime import date
from uuid import uuid4

import pytest

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.rules import Written
from slf.drafts.services import save_draft, start_draft
from tests.casework.visits.factories import VisitFactory, give
from tests.factories import FamilyFactory

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
        assert (shown["Not heard of for too long"], shown["New families"]) == (["Silent"], ["New"])

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


class TestEverybodysDay:
    @pytest.mark.parametrize("role", list(Role))
    def test_is_a_useful_page(self, role, post, charnwood, signed_in):
        answer = signed_in(post(role, charnwood)).get("/")
        assert answer.status_code == 200
        assert answer.context["panels"] or answer.context["tiles"]
