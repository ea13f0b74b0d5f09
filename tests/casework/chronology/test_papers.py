"""Documents in the chronology: on their date, to those who read the document, never for a person's hands."""

from datetime import date

import pytest

from casework.chronology.rules import Kind, printed_for
from casework.chronology.sources import chronology
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from tests.casework.closing.factories import TODAY, worked
from tests.casework.documents.factories import DATED, TITLE, kept, mistaken, newer
from tests.casework.safeguarding.factories import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.SERVICE_DATE, settings.MEDIA_ROOT = TODAY.isoformat(), tmp_path


@pytest.fixture
def family(worker):
    return worked(worker)


def told(family, by) -> list:
    with acting(by):
        return [entry for entry in chronology(family, user=by) if entry.kind is Kind.DOCUMENT]


def test_stand_on_the_date_that_is_on_them_with_how_many_versions(family, worker):
    made = kept(family, worker)
    newer(made, worker)
    kept(family, worker, content=b"%PDF-1.4 another", title="Older letter", dated_on=date(2014, 9, 3))
    first, second = told(family, worker)
    assert (first.on, first.title, first.href) == (DATED, TITLE, made.get_absolute_url())
    assert {"From Limehurst Academy", "2 versions"} <= set(first.detail)
    assert second.title == "Older letter"


def test_entered_in_error_say_no_more_than_that(family, worker):
    mistaken(kept(family, worker), worker)
    (entry,) = told(family, worker)
    assert TITLE not in str(entry)
    assert entry.title == "Entered in error"


def test_are_not_for_a_partner_and_not_for_the_hands_of_somebody(family, worker, post, charnwood, everything):
    kept(family, worker)
    with acting(worker):
        assert not printed_for(told(family, worker), withheld=frozenset())
    move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
    assert not told(family, post(Role.ESF, charnwood))


def test_are_found_by_their_kind(family, worker, signed_in):
    kept(family, worker)
    page = signed_in(worker).get(f"/casework/families/{family.uid}/chronology/?kind=document").content.decode()
    assert TITLE in page
    assert "Referral accepted" not in page
