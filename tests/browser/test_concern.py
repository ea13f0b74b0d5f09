"""A safeguarding concern at night: two presses from a page of visits, on a phone; then the day of the senior."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from casework.safeguarding.models import ConcernEntry
from slf.access.rules import Role
from tests.browser.conftest import PHONE
from tests.browser.looking import LAPTOP, LONG, check, press

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sign_in(device):
    def make(user, size):
        theirs = device()
        theirs.sign_in(user)
        page = theirs.page(size)
        page.set_default_timeout(30_000)  # the first page of all takes its time on a machine that is busy
        return page

    return make


def steps():
    with transaction.atomic():
        return list(ConcernEntry.objects.order_by("pk").values_list("step", flat=True))


def test_a_safeguarding_concern_at_night(sign_in, committed, post, charnwood, line, jacksons, worker):
    senior = committed(lambda: post(Role.SENIOR, charnwood))
    mine = sign_in(worker, PHONE)
    mine.goto(f"{line.url}/casework/families/{jacksons.uid}/visits/")
    mine.get_by_role("link", name="Safeguarding concern").click()
    expect(mine.get_by_role("link", name="999")).to_be_in_viewport()
    check(mine)
    press(mine, "Write the concern down")
    expect(mine.get_by_role("heading", name="Safeguarding concern")).to_be_visible()
    check(mine)
    press(mine, "Send the concern")
    expect(mine.locator(".govuk-error-summary")).to_be_visible()
    check(mine)
    mine.get_by_label("A child", exact=True).check()
    mine.get_by_label("Who is it about?").fill("Tyler, 8")
    mine.get_by_label("What is the concern?").fill(LONG)
    mine.get_by_label("I have told them by telephone").check()
    mine.get_by_label("Whom did you speak to, and at what time?").fill("Mrs Ali, 22:10")
    mine.get_by_label("No: telling them could put somebody at risk").check()
    expect(mine.locator("[data-status]")).to_contain_text("Draft saved")
    press(mine, "Send the concern")
    expect(mine.get_by_text("The concern is written down.")).to_be_visible(timeout=20_000)
    check(mine)
    mine.get_by_role("link", name="Say that it was followed up in writing").click()
    check(mine)

    theirs = sign_in(senior, LAPTOP)
    theirs.goto(line.url)
    theirs.get_by_role("link", name="The Jacksons").first.click()
    theirs.get_by_role("button", name="Review it").click()
    theirs.get_by_label("It is referred, or was rightly referred").check()
    theirs.get_by_label("Why, and what is to be done by whom?").fill("Good that you rang. Send the form by Friday.")
    press(theirs, "Keep the review")
    expect(theirs.get_by_text("Your review stands in the concern.")).to_be_visible(timeout=20_000)
    assert steps() == ["raised", "told", "reviewed"]
    theirs.goto(f"{line.url}/casework/families/{jacksons.uid}/concerns/")
    check(theirs)
    theirs.goto(f"{line.url}/casework/concerns/new/?q=Jacksons")
    check(theirs)
