"""Whose information a note is, said while it is written."""

import pytest

from casework.provenance.models import Provenance, withheld
from casework.visits.models import Visit
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.services import start_draft
from tests.casework.visits.factories import answers
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
ASKED = "Whose information it is, and who must not learn of it"


@pytest.fixture
def page(worker, family):
    with acting_as(worker):
        return start_draft("visit", by=worker, family=family).get_absolute_url()


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


def kept_from(person, *, told_by=None, **more):
    said = {"whose-told_by": str(told_by.uid) if told_by else "", "whose-kept_from": [str(person.uid)]}
    return said | more


def test_is_asked_folded_away_with_nothing_ticked(client, page):
    shown = client.get(page).content.decode()
    part = shown[shown.index(ASKED) :].split("</details>")[0]
    assert "checked" not in part
    assert "<details open" not in shown


def test_is_kept_with_the_visit_once_however_often_it_is_sent(client, worker, family, people, page):
    mother, other = people[:2]
    said = answers(family, grade="reported") | kept_from(other, told_by=mother)
    for _ in range(2):
        client.post(page, said)
    with acting_as(worker):
        visit, marks = Visit.objects.get(), Provenance.objects.in_full().get()
        assert (marks.entry, marks.grade, marks.told_by) == (visit.uid, "reported", mother)
        assert withheld(family, other, user=worker) == {f"visit:{visit.uid}"}
        assert not withheld(family, mother, user=worker)


def test_is_no_mark_where_nothing_is_said(client, worker, family, page):
    client.post(page, answers(family, grade="fact"))
    with acting_as(worker):
        assert Visit.objects.count() == 1
        assert not Provenance.objects.exists()


def test_is_put_right_beside_it_with_all_that_was_typed(client, worker, family, people, page):
    twice = kept_from(people[1], told_by=people[0]) | {"whose-told_by_other": "A neighbour"}
    answer = client.post(page, answers(family) | twice)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "Say whose information it is once" in shown
    again = client.get(page).content.decode()
    for page_shown in (shown, again):
        assert "A neighbour" in page_shown
        assert f'value="{people[1].uid}" ' in page_shown
    with acting_as(worker):
        assert not Visit.objects.exists()


def test_names_nobody_of_another_family(client, worker, family, people, page):
    stranger = FamilyFactory(household=True).memberships.first().person
    assert client.post(page, answers(family) | kept_from(stranger)).status_code == 400
    with acting_as(worker):
        assert not Provenance.objects.exists()


def test_is_not_asked_of_who_only_adds_a_contact(signed_in, post, charnwood, family):
    colleague = post(Role.FSW, charnwood, username="ben")
    with acting_as(colleague):
        page = start_draft("visit", by=colleague, family=family).get_absolute_url()
    assert ASKED not in signed_in(colleague).get(page).content.decode()
