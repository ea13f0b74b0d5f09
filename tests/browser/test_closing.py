"""A worker proposes to close a case, a senior closes it and takes it back, by keyboard: a laptop and a phone."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from casework.cases.models import Case
from slf.access.rules import Role
from tests.browser.looking import LAPTOP, LONG, check, press
from tests.casework.closing.factories import MISTAKE, worked
from tests.casework.plans.factories import agreed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(committed, post, charnwood, everything):
    return committed(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def family(committed, worker):
    def make():
        made = worked(worker, name="The Jacksons")
        agreed(made, goals=1)
        return made

    return committed(make)


@pytest.fixture
def sign_in(device):
    def make(user):
        theirs = device()
        theirs.sign_in(user)
        return theirs.page(LAPTOP)

    return make


def closed_on():
    with transaction.atomic():
        return Case.objects.get().closed_on


def test_a_case_is_proposed_closed_and_opened_again(sign_in, committed, post, charnwood, line, family, worker):
    mine = sign_in(worker)
    mine.goto(f"{line.url}/families/{family.uid}/")
    mine.get_by_text("More", exact=True).click()
    mine.get_by_role("link", name="Case", exact=True).click()
    check(mine)
    mine.get_by_role("button", name="Propose to close it").click()
    check(mine)
    press(mine, "Propose it")
    expect(mine.locator(".govuk-error-summary")).to_be_visible()
    check(mine)
    mine.get_by_label("The family reached what it wanted").check()
    mine.get_by_role("radio", name="Met", exact=True).first.check()
    mine.get_by_label("Its worker").check()
    mine.get_by_label("What does the family say about it?").fill(LONG)
    mine.get_by_label("What was reached?").fill("The children go to school every day.")
    press(mine, "Propose it")
    expect(mine.get_by_text("Your proposal is kept.")).to_be_visible()
    check(mine)

    theirs = sign_in(committed(lambda: post(Role.SENIOR, charnwood)))
    theirs.goto(line.url)
    theirs.get_by_role("link", name="The Jacksons").first.click()
    check(theirs)
    theirs.get_by_role("button", name="Send it back").click()
    check(theirs)
    theirs.go_back()
    theirs.get_by_role("button", name="Go on to close the case").click()
    check(theirs)
    press(theirs, "Close the case")
    expect(theirs.get_by_text("is closed from", exact=False).first).to_be_visible()
    check(theirs)
    assert closed_on() is not None
    theirs.get_by_role("link", name="Overview", exact=True).click()
    expect(theirs.get_by_text("The family reached what it wanted").first).to_be_visible()
    check(theirs)

    mine.goto(f"{line.url}/casework/families/")
    expect(mine.get_by_text("No families are with you")).to_be_visible()
    mine.goto(f"{line.url}/families/{family.uid}/")
    check(mine)

    theirs.get_by_text("More", exact=True).click()
    theirs.get_by_role("link", name="Case", exact=True).click()
    theirs.get_by_role("link", name="Take the closing back").click()
    check(theirs)
    theirs.get_by_label("Why is the closing taken back?").fill(MISTAKE)
    press(theirs, "Take the closing back")
    expect(theirs.get_by_text("is open as before", exact=False).first).to_be_visible()
    check(theirs)
    assert closed_on() is None
