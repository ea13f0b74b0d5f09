"""Every door by which a file comes in looks inside it, and asks the scanner."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.budget.models import BudgetEntry
from casework.budget.services import add_receipt
from casework.plans.scans import add_scan
from slf.access.rules import Role
from slf.files import office, portable
from slf.files import services as files
from slf.files.rules import INFECTED
from slf.web.errors import DomainError
from tests.casework.budget.access_rows import TODAY, entry
from tests.casework.documents.factories import kept
from tests.casework.importing.factories import receive as bring_over
from tests.casework.plans.factories import agreed
from tests.factories import FamilyFactory
from tests.families.hub.factories import receive as send_feed
from tests.referrals.attachments.factories import PDF, attach
from tests.referrals.intake.factories import full_draft
from tests.slf.files.clamd import EICAR, scanning
from tests.slf.files.inside import excel

pytestmark = pytest.mark.django_db
HOLDS_ONE = b"%PDF-1.7 << /Type /EmbeddedFile >>"
BOOK = excel(**{"xl/embeddings/oleObject1.bin": "x"})


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(files.note_found, "delay", lambda **what: None)


def attachment(content, everything, charnwood):
    attach(full_draft(everything), everything, content=content)


def scan(content, everything, charnwood):
    answer = agreed(FamilyFactory(household=True)).answers.get()
    add_scan(answer, file=io.BytesIO(content), name="a.pdf", by=everything)


def receipt(content, everything, charnwood):
    paid = BudgetEntry.objects.get(**entry(FamilyFactory(household=True)))
    add_receipt(paid, file=io.BytesIO(content), name="a.pdf", by=everything, on=TODAY)


def document(content, everything, charnwood):
    kept(FamilyFactory(household=True), everything, content=content)


def listed(content, everything, charnwood):
    bring_over(SimpleUploadedFile("list.xlsx", content), locality=charnwood, by=everything)


def feed(content, everything, charnwood):
    send_feed(SimpleUploadedFile("feed.csv", content), by=everything)


DOCUMENTS, TABLES = (attachment, scan, receipt, document), (listed, feed)


class TestEveryDoor:
    @pytest.mark.parametrize("door", [*DOCUMENTS, *TABLES])
    def test_looks_inside(self, door, everything, charnwood):
        harmful, sentence = (BOOK, office.INSERTED) if door in TABLES else (HOLDS_ONE, portable.INSERTED)
        with pytest.raises(DomainError) as refused:
            door(harmful, everything, charnwood)
        assert refused.value.message == sentence

    @pytest.mark.parametrize("door", [*DOCUMENTS, *TABLES])
    def test_asks_the_scanner(self, door, everything, charnwood, settings, tmp_path):
        with scanning(settings, tmp_path), pytest.raises(DomainError) as refused:
            door(PDF + EICAR if door in DOCUMENTS else EICAR, everything, charnwood)
        assert refused.value.message == INFECTED

    @pytest.mark.parametrize(("content", "sentence"), [(BOOK, office.INSERTED), (EICAR, INFECTED)])
    def test_for_a_star_does_both(self, content, sentence, post, signed_in, settings, tmp_path):
        with scanning(settings, tmp_path):
            sent = {"file": SimpleUploadedFile("star.csv", content)}
            page = signed_in(post(Role.ADMIN)).post(reverse("casework:load_star"), sent).content.decode()
        assert sentence.split(",")[0] in page
