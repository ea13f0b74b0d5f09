"""The pages and the programs' door of documents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.documents.models import Document
from slf.access.models import View
from tests.casework.documents.access_rows import a_version, said, said_to_the_api
from tests.casework.documents.factories import TITLE, WHY, kept, mistaken
from tests.referrals.attachments.factories import JPEG, PDF

pytestmark = pytest.mark.django_db


def test_keep_open_renew_and_mask_one(family, worker, signed_in):
    client = signed_in(worker)
    client.post(f"/casework/families/{family.uid}/documents/keep/", said({}))
    made = Document.objects.get()
    page = client.get(made.get_absolute_url()).content.decode()
    assert TITLE in page
    client.post(f"{made.get_absolute_url()}new-version/", a_version({}))
    answer = client.get(f"/casework/documents/versions/{made.newest.uid}/file/")
    assert answer.content == PDF + b" again"
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert View.objects.filter(what=f"Document: {TITLE}, version 2").exists()
    client.post(f"{made.get_absolute_url()}entered-in-error/", {"because": WHY})
    shown = client.get(f"/casework/families/{family.uid}/documents/").content.decode()
    assert "Entered in error" in shown
    assert TITLE not in shown


def test_a_picture_is_looked_at_as_one_that_was_made_anew(family, worker, signed_in):
    made = kept(family, worker, content=JPEG, name="a.jpg").newest
    answer = signed_in(worker).get(f"/casework/documents/versions/{made.uid}/preview/")
    assert (answer["Content-Type"], answer["Content-Disposition"][:6]) == ("image/jpeg", "inline")
    assert answer.content != JPEG


def test_of_what_is_no_picture_there_is_no_preview(family, worker, signed_in):
    made = kept(family, worker).newest
    assert signed_in(worker).get(f"/casework/documents/versions/{made.uid}/preview/").status_code == 404


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"file": ""}, "Choose a file or take a picture"),
        ({"picture": SimpleUploadedFile("a.jpg", JPEG)}, "not both"),
        ({"file": SimpleUploadedFile("a.jpg", PDF)}, "but the file is a PDF"),
    ],
)
def test_a_refused_form_says_beside_the_file_why_and_keeps_the_rest(family, worker, signed_in, other, sentence):
    answer = signed_in(worker).post(f"/casework/families/{family.uid}/documents/keep/", said({}) | other)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert TITLE in answer.content.decode()


def test_what_waits_for_the_scanner_is_shown_and_not_opened(family, worker, signed_in, settings):
    settings.CLAMD = "/nowhere/clamd"
    made = kept(family, worker)
    client = signed_in(worker)
    assert "Not yet looked at" in client.get(made.get_absolute_url()).content.decode()
    assert client.get(f"/casework/documents/versions/{made.newest.uid}/file/").status_code == 409


def test_of_programs_do_the_same(family, worker, api):
    client, there = api(worker), f"/api/v1/families/{family.uid}/documents/"
    body = said_to_the_api({}) | {"person": str(family.memberships.first().person.uid)}
    made = client.post(there, body, format="multipart").json()
    assert (
        client.post(f"/api/v1/documents/{made['uid']}/versions/", a_version({}), format="multipart").status_code == 201
    )
    (row,) = client.get(there).json()
    assert [version["number"] for version in row["versions"]] == [2, 1]
    assert client.get(f"/api/v1/documents/versions/{row['versions'][0]['uid']}/file/").content == PDF + b" again"
    masked = client.post(f"/api/v1/documents/{made['uid']}/mistake/", {"because": WHY}).json()
    assert (masked["title"], masked["mistake"], masked["versions"]) == ("Entered in error", WHY, [])
    assert (masked["source"], masked["person"], masked["about"]) == ("", None, "")


@pytest.mark.parametrize("other", [{"person": "00000000-0000-4000-8000-000000000000"}, {"about": "visit:nothing"}])
def test_foreign_identifiers_from_programs_are_none_of_the_family(family, worker, api, other):
    body = said_to_the_api({}) | other
    answer = api(worker).post(f"/api/v1/families/{family.uid}/documents/", body, format="multipart")
    assert answer.status_code == 400


def test_a_manager_still_opens_what_was_a_mistake(family, worker, manager, signed_in):
    made = kept(family, worker)
    mistaken(made, worker)
    shown = signed_in(manager).get(made.get_absolute_url()).content.decode()
    assert "letter.pdf" in shown
