"""A worker keeps a letter, adds the newer version, says who must not learn of it, and hides one kept by mistake."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check, press
from tests.casework.closing.factories import worked
from tests.casework.documents.factories import TITLE, WHY
from tests.referrals.attachments.factories import JPEG, PDF

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(committed, post, charnwood, everything):
    return committed(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def family(committed, worker):
    return committed(lambda: worked(worker, name="The Jacksons"))


def file(name: str, kind: str, content: bytes) -> dict:
    return {"name": name, "mimeType": kind, "buffer": content}


def test_a_document_is_kept_renewed_and_hidden(device, line, family, worker):
    theirs = device()
    theirs.sign_in(worker)
    page = theirs.page(LAPTOP)
    page.goto(f"{line.url}/casework/families/{family.uid}/documents/")
    check(page)
    page.get_by_role("button", name="Keep a document").click()
    check(page)
    press(page, "Keep it")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page)
    page.get_by_label("What kind of document is it?").select_option("letter")
    page.get_by_label("What is it, in a few words?").fill(TITLE)
    for part, said in (("Day", "2"), ("Month", "10"), ("Year", "2014")):
        page.get_by_label(part).fill(said)
    page.get_by_label("Or take a picture of it").set_input_files(file("image.jpg", "image/jpeg", JPEG))
    press(page, "Keep it")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    check(page)
    page.get_by_role("button", name="Add a new version").click()
    page.get_by_label("Why is there a new version?").fill("It came by post.")
    page.get_by_label("The file").set_input_files(file("letter.pdf", "application/pdf", PDF))
    press(page, "Keep the new version")
    expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
    page.get_by_role("link", name="Whose information").click()
    check(page)
    page.goto(f"{line.url}/casework/families/{family.uid}/documents/")
    check(page)
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="It was entered in error").click()
    check(page)
    page.get_by_label("Why was it an error").fill(WHY)
    press(page, "Hide it")
    expect(page.get_by_text("Its title and its file are hidden.")).to_be_visible()
    check(page)
