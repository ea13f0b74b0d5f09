"""One note on two devices in the same second, on two connections."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from casework.visits.models import Visit
from casework.visits.services import record_from_draft
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.models import Draft
from slf.drafts.rules import Written
from slf.drafts.services import save_draft, start_draft
from tests.at_once import meanwhile
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def family():
    return FamilyFactory()


@pytest.fixture
def worker(post, charnwood, family):
    with transaction.atomic():
        worker = post(Role.FSW, charnwood)
        give(family, worker)
    with acting_as(worker):
        yield worker


@pytest.fixture
def draft(worker, family):
    return start_draft("visit", by=worker, family=family)


def written(note):
    return Written(0, uuid4(), 1, {"note": [note]})


def send(draft, note):
    answers = {"kind": "phone", "happened_on": date(2014, 10, 14), "note": note, "sightings": []}
    return record_from_draft(draft.uid, family=draft.family, by=draft.owner, written=written(note), **answers)


def unsent_notes():
    with transaction.atomic():
        return [note.content["note"][0] for note in Draft.objects.unsent().exclude(content={})]


class TestOneNoteOnTwoDevices:
    def test_sent_by_one_while_the_other_saves_more_is_not_sent(self, worker, draft):
        with meanwhile(lambda: send(draft, "sent"), worker) as (outcome, other):
            save_draft(draft.uid, by=worker, written=written("saved"))
            other.start()
        assert outcome[0].visit is None
        assert sorted(unsent_notes()) == ["saved", "sent"]

    def test_saved_by_one_while_the_other_sends_is_kept_as_a_copy(self, worker, draft):
        with meanwhile(lambda: save_draft(draft.uid, by=worker, written=written("saved")), worker) as (_, other):
            send(draft, "sent")
            other.start()
        assert unsent_notes() == ["saved"]

    def test_sent_by_both_is_one_visit_and_one_note(self, worker, draft):
        with meanwhile(lambda: send(draft, "second"), worker) as (outcome, other):
            send(draft, "first")
            other.start()
        assert outcome[0].visit is None
        with transaction.atomic():
            assert Visit.objects.get().note == "first"
        assert unsent_notes() == ["second"]
