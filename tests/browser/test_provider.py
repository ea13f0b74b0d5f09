"""A worker of the ESF provider, on a phone: takes somebody on, writes a contact and a step to work."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import PHONE, check, press
from tests.casework.closing.factories import worked
from tests.casework.provider.factories import TODAY, sent, share

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_providers_path_on_a_phone(device, committed, post, charnwood, everything, line, settings):
    settings.SERVICE_DATE = TODAY.isoformat()
    worker, provider = (committed(lambda role=role: post(role, charnwood)) for role in (Role.FSW, Role.ESF))
    family = committed(lambda: worked(worker, name="The Jacksons"))
    committed(lambda: share(family, everything))
    sent(family, worker)
    theirs = device()
    theirs.sign_in(provider)
    page = theirs.page(PHONE)
    page.set_default_timeout(30_000)  # the first page of all takes long where much else runs

    page.goto(f"{line.url}/casework/provider/")
    check(page)
    page.get_by_role("link", name="Say whether you take them on").click()
    press(page, "Keep the answer")
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.get_by_label("Yes").check()
    press(page, "Keep the answer")
    page.get_by_role("button", name="Say that it began").click()
    check(page)
    press(page, "Keep that it began")
    expect(page.get_by_text("This outcome is counted by the county")).to_be_visible()
    page.get_by_role("button", name="Write down a contact").click()
    page.get_by_label("They met").check()
    page.get_by_label("What was done?").fill("Looked at two courses.")
    check(page)
    press(page, "Keep the contact")
    expect(page.get_by_text("Looked at two courses.")).to_be_visible()
    page.get_by_role("button", name="Write down a step to work").click()
    check(page)
    page.get_by_label("Began work").check()
    for part, number in zip(("Day", "Month", "Year"), ("15", "10", "2014"), strict=True):
        page.get_by_role("group", name="On which day?").get_by_label(part).fill(number)
    page.get_by_label("Payslip").check()
    press(page, "Keep the step")
    expect(page.get_by_text("This outcome is counted by the ESF provider")).to_be_visible()
    check(page)
