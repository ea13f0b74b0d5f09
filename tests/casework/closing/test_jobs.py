"""Who is told of a closing, by mail that names no family."""

from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from casework.closing.services import confirm_closing, propose_closing, send_back_closing, take_back_closing
from slf.access.rules import Role
from slf.access.services import end_post, restrict_family
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.drafts.rules import Written
from slf.drafts.services import save_draft, start_draft
from slf.work.models import Job
from slf.work.services import run
from tests.at_once import acting
from tests.casework.closing.factories import MISTAKE, TODAY, closed, proposed
from tests.casework.closing.factories import told as said
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(worker, senior):
    for person in (worker, senior):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@leics.example")
        person.refresh_from_db()


def told(by, kind="closing.tell"):
    """Do what was promised in somebody's name; return who was told, and the words."""
    with in_the_name_of(by):
        uid = Job.objects.filter(kind=kind).latest("pk").uid
    run(uid)
    return {address: message.body for message in mail.outbox for address in message.to}


def test_of_a_closing_its_worker_is_told(family, worker, senior):
    closed(family, senior)
    said = told(senior)
    assert list(said) == [worker.email]
    assert family.name not in said[worker.email]
    assert f"{senior} closed the case" in said[worker.email]


def test_of_a_closing_whoever_has_a_note_that_was_not_sent_is_told_and_the_note_is_kept(family, worker, senior):
    with in_the_name_of(worker):
        draft = start_draft("visit", by=worker, family=family)
        save_draft(draft.uid, by=worker, written=Written(0, uuid4(), 1, {"note": ["They rang."]}))
    closed(family, senior)
    assert "a note that was not sent" in told(senior)[worker.email]
    with acting(worker):
        assert Draft.objects.of(worker).with_something_in_it().get() == draft


def test_of_a_proposal_those_who_decide_are_told(family, worker, senior):
    proposed(family, worker)
    assert list(told(worker, "closing.tell_seniors")) == [senior.email]


def test_of_a_proposal_about_a_restricted_family_those_named_who_decide_are_told_alone(
    family, worker, senior, post, charnwood, everything
):
    head, manager = post(Role.HEAD), post(Role.MANAGER, charnwood)
    for person in (head, manager):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@leics.example")
        person.refresh_from_db()
    named = [(manager, Role.MANAGER), (worker, Role.FSW), (everything, Role.SENIOR)]
    restrict_family(family, to=named, by=everything)
    with acting(worker):
        propose_closing(family, said(), by=worker, on=TODAY)
    assert list(told(worker, "closing.tell_seniors")) == [manager.email]


def test_of_one_that_was_sent_back_whoever_made_it_is_told(family, worker, senior):
    closing = proposed(family, worker)
    with in_the_name_of(senior):
        send_back_closing(closing, answer="Take a last star reading first.", by=senior, on=TODAY)
    said = told(senior)
    assert list(said) == [worker.email]
    assert "sent back your proposal" in said[worker.email]


class TestOfAClosingThatIsTakenBack:
    def take_back(self, closing, by):
        with acting(by):
            take_back_closing(closing, because=MISTAKE, by=by, on=TODAY)

    def test_the_worker_is_told_who_has_the_family_again(self, family, worker, senior):
        self.take_back(closed(family, senior), senior)
        assert "the family is with you as before" in told(senior)[worker.email]

    def test_a_worker_who_has_left_is_not_told(self, family, worker, senior, everything):
        closing = closed(family, senior)
        end_post(worker.posts.get(), by=everything, on=timezone.localdate())
        self.take_back(closing, senior)
        assert told(senior) == {}

    def test_whoever_proposed_it_is_told_that_the_case_is_open(self, family, worker, senior, everything):
        closing = proposed(family, worker)
        with acting(senior):
            confirm_closing(closing, by=senior, on=TODAY)
        end_post(worker.posts.get(), by=everything, on=timezone.localdate())
        self.take_back(closing, senior)
        words = told(senior)[worker.email]
        assert "the case is open again" in words
        assert "with you" not in words
