"""A worker asks for money, a senior approves it, the worker pays and keeps the receipt: a laptop and a phone."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check, press
from tests.casework.closing.factories import worked
from tests.casework.plans.factories import agreed
from tests.referrals.attachments.factories import PDF

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sign_in(device):
    def make(user):
        theirs = device()
        theirs.sign_in(user)
        page = theirs.page(LAPTOP)
        page.set_default_timeout(30_000)  # the first page of all takes long where much else runs
        return page

    return make


def test_money_from_asking_to_the_receipt(sign_in, committed, post, charnwood, everything, line):
    worker = committed(lambda: post(Role.FSW, charnwood))
    family = committed(lambda: worked(worker, name="The Jacksons"))
    committed(lambda: agreed(family, goals=1))

    mine = sign_in(worker)
    mine.goto(f"{line.url}/casework/families/{family.uid}/budget/")
    check(mine)
    mine.get_by_role("button", name="Ask for money").click()
    press(mine, "Ask for it")
    expect(mine.get_by_role("alert")).to_be_visible()
    check(mine)
    mine.get_by_label("What is the money for?").fill("A bed for the eldest.")
    mine.get_by_label("How much?").fill("£80.50")
    mine.get_by_label("Who is to be paid?").fill("Beds of Mercy")
    mine.get_by_label("Which part of the plan does it help?").select_option(label="The goal as a whole")
    mine.get_by_label("What will the family do?").fill("They paint the room.")
    press(mine, "Ask for it")
    expect(mine.get_by_text("It waits for a senior")).to_be_visible()
    check(mine)

    theirs = sign_in(committed(lambda: post(Role.SENIOR, charnwood)))
    theirs.goto(line.url)
    theirs.get_by_role("link", name="The Jacksons").first.click()
    theirs.get_by_role("button", name="Go on to approve it").click()
    check(theirs)
    press(theirs, "Approve and hold the money")
    expect(theirs.get_by_text("is approved and held", exact=False).first).to_be_visible()
    theirs.goto(f"{line.url}/casework/spending/")
    check(theirs)

    mine.reload()
    mine.get_by_role("button", name="Write down a payment").click()
    check(mine)
    mine.get_by_label("Purchasing card").check()
    mine.get_by_label("No: what is left is free again").check()
    press(mine, "Keep the payment")
    expect(mine.get_by_role("heading", name="The receipt")).to_be_visible()
    check(mine)
    mine.locator("input[name=file]").set_input_files({"name": "till.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(mine, "Keep it")
    expect(mine.get_by_role("link", name="till.pdf")).to_be_visible()
    check(mine)
    mine.get_by_role("link", name="s budget").click()
    expect(mine.get_by_text("£419.50").first).to_be_visible()
    check(mine)
