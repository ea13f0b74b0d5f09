"""The family's link: asked for by a worker, released by a senior, opened on a phone, and left quickly."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, PHONE, check, press
from tests.casework.own_page.factories import with_plan
from tests.casework.plans.factories import parents

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENT = 60_000
TYPED = "We overslept twice. The alarm is in the kitchen now."


@pytest.fixture
def worker(committed, post, charnwood, everything):
    cache.clear()
    return committed(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def family(committed, worker):
    return committed(lambda: with_plan(worker, name="The Jacksons"))


@pytest.fixture
def sign_in(device):
    def make(user):
        theirs = device()
        theirs.sign_in(user)
        page = theirs.page(LAPTOP)
        page.set_default_timeout(PATIENT)
        return page

    return make


def test_a_page_goes_from_the_worker_to_the_person_and_back(
    sign_in, device, committed, post, charnwood, line, family, worker
):
    mine = sign_in(worker)
    mine.goto(f"{line.url}/casework/families/{family.uid}/plan/")
    mine.get_by_role("button", name="Own pages").click()
    check(mine)
    mine.get_by_role("button", name="Ask for a page").click()
    check(mine)
    press(mine, "Send to a senior")
    expect(mine.locator(".govuk-error-summary")).to_be_visible()
    check(mine)
    mine.get_by_label(committed(lambda: str(parents(family)[0])), exact=True).check()
    mine.locator("[name=asked_alone][value=yes]").check()
    mine.locator("[name=device][value=own]").check()
    mine.locator("[name=could_be_harmed][value=no]").check()
    press(mine, "Send to a senior")
    expect(mine.get_by_text("waits for a senior", exact=False).first).to_be_visible()

    theirs = sign_in(committed(lambda: post(Role.SENIOR, charnwood)))
    theirs.goto(line.url)
    theirs.get_by_role("link", name="The Jacksons").first.click()
    theirs.get_by_role("button", name="Look at it and decide").click()
    check(theirs)
    press(theirs, "Release it")
    expect(theirs.get_by_text("Released.", exact=False).first).to_be_visible()

    mine.reload()
    mine.get_by_role("button", name="Hand it over").click()
    check(mine)
    mine.locator("[name=link_by][value=shown]").check()
    mine.locator("[name=pin_by][value=said]").check()
    press(mine, "Make the link and the PIN")
    address, pin = (mine.locator(f"[data-secret={name}]").inner_text() for name in ("link", "pin"))
    check(mine)

    phone = device().page(PHONE)
    phone.set_default_timeout(PATIENT)
    phone.goto(address)
    check(phone)
    phone.get_by_label("Your PIN").fill("1")
    press(phone, "Open")
    expect(phone.get_by_text("That did not open it.", exact=False)).to_be_visible()
    check(phone)
    phone.get_by_label("Your PIN").fill(pin)
    press(phone, "Open")
    expect(phone.get_by_role("heading", name="Our plan")).to_be_visible()
    assert phone.url == f"{line.url}/our-plan/"
    check(phone)
    phone.get_by_label("I need help with it").first.check()
    phone.get_by_role("button", name="Get up at seven 0").click()
    expect(phone.get_by_text("Thank you.", exact=False)).to_be_visible()
    expect(phone.get_by_text("You asked for help", exact=False)).to_be_visible()
    press(phone, "Send to my worker")
    expect(phone.locator(".govuk-error-summary")).to_be_visible()
    check(phone)
    phone.get_by_label("Not so well").check()
    phone.get_by_label("In your own words").fill(TYPED)
    press(phone, "Send to my worker")
    expect(phone.get_by_text(TYPED, exact=False)).to_be_visible()
    assert all(cookie["expires"] == -1 for cookie in phone.context.cookies())

    weather = "https://www.bbc.co.uk/weather"
    phone.route(weather, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    for _ in range(3):
        phone.keyboard.press("Shift")
    expect(phone.get_by_role("heading", name="Weather")).to_be_visible()
    phone.goto(f"{line.url}/our-plan/")
    expect(phone.get_by_role("heading", name="Enter your PIN")).to_be_visible()
    assert TYPED not in phone.content()

    mine.goto(line.url)
    expect(mine.get_by_text("asks for help: Get up at seven 0", exact=False)).to_be_visible()
    mine.get_by_role("link", name="asks for help", exact=False).click()
    expect(mine.get_by_text(TYPED, exact=False)).to_be_visible()
    check(mine)
