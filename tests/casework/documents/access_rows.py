"""Documents: read by practice alone, kept and masked by who works with the family; partners open none."""

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.cases.models import Case
from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post, hold_family
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.casework.closing.factories import SINCE
from tests.casework.documents.factories import TITLE, WHY, kept
from tests.conftest import Everything
from tests.factories import KNOWN_SINCE
from tests.referrals.attachments.factories import JPEG, PDF

READERS = (Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORKERS = tuple(role for role in READERS if Can.WORK_FAMILY in ROLES[role])
READ, DO, GO, NO_FILE = all_of(*READERS), all_of(*WORKERS), all_of(*WORKERS, status=302), all_of(*WORKERS, status=415)
NOT_THEIRS = frozenset(READERS) - set(WORKERS)


def with_a_case(family):
    Case.objects.get_or_create(family=family, defaults={"opened_on": SINCE, "opened_by": Everything.make()})
    return {"uid": family.uid}


def document(family, **more):
    with_a_case(family)
    worker = User.objects.create_user(f"worker.{User.objects.count()}")
    give_post(worker, role=Role.FSW, locality=family.scope.locality, by=worker, starts_on=KNOWN_SINCE)
    hold_family(family, user=worker, kind="worker", by=Everything.make())
    return {"uid": kept(family, worker, **more).uid}


def version(family):
    return {"uid": picture_of(family).uid}


def picture_of(family):
    from casework.documents.models import Document

    made = document(family, content=JPEG, name="photo.jpg")
    return Document.objects.get(**made).versions.get()


def said(kwargs):
    return {
        "kind": "letter", "title": TITLE, "dated_on_day": "2", "dated_on_month": "10", "dated_on_year": "2014",
        "file": SimpleUploadedFile("letter.pdf", PDF),
    }  # fmt: skip


def said_to_the_api(kwargs):
    return {
        "kind": "letter", "title": TITLE, "dated_on": "2014-10-02", "file": SimpleUploadedFile("letter.pdf", PDF),
    }  # fmt: skip


def a_version(kwargs):
    return {"why": "Signed now.", "file": SimpleUploadedFile("letter.pdf", PDF + b" again")}


def why(kwargs):
    return {"because": WHY}


def row(name, subject, **more):
    return Row(name, subject, not_their_job=NOT_THEIRS, **more)


ROWS = [
    Row("casework:documents", with_a_case, get=READ),
    Row("casework:document", document, get=READ),
    Row("casework:document_file", version, get=READ),
    Row("casework:document_preview", version, get=READ),
    row("casework:keep_document", with_a_case, get=DO, post=GO, post_body=said),
    row("casework:add_document_version", document, get=DO, post=GO, post_body=a_version),
    row("casework:document_mistake", document, get=DO, post=GO, post_body=why),
    row("api-documents", with_a_case, get=READ, post=NO_FILE),
    Row("api-document", document, get=READ),
    row("api-document-versions", document, post=NO_FILE),
    row("api-document-mistake", document, post=DO, post_body=why),
    Row("api-document-file", version, get=READ),
]  # fmt: skip
