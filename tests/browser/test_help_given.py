"""A worker begins something of the catalogue, writes down a session and says how it ended, by keyboard."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check, press
from tests.casework.closing.factories import worked
from tests.casework.plans.factories import agreed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_help_from_the_catalogue_to_its_end(device, committed, post, charnwood, everything, line):
    worker = committed(lambda: post(Role.FSW, charnwood))
    family = committed(lambda: worked(worker, name="The Jacksons"))
    committed(lambda: agreed(family, goals=1))
    theirs = device()
    theirs.sign_in(worker)
    page = theirs.page(LAPTOP)
    page.set_default_timeout(30_000)  # the first page of all takes long where much else runs

    page.goto(f"{line.url}/casework/families/{family.uid}/help/")
    check(page)
    page.get_by_role("button", name="Begin something").click()
    expect(page.get_by_label("What is begun?")).to_be_visible()
    press(page, "Begin it")
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.get_by_label("What is begun?").select_option(label="Parenting at home (8 sessions in 8 weeks)")
    page.get_by_role("group", name="Who is it for?").get_by_role("checkbox").first.check()
    page.get_by_label("What is it for, in this family?").fill("Bedtimes.")
    press(page, "Begin it")
    expect(page.get_by_text("0 of 8 sessions")).to_be_visible()
    page.get_by_role("link", name="Write down a session").click()
    page.get_by_role("group", name="Who took part?").get_by_role("checkbox").first.check()
    check(page)
    press(page, "Keep the session")
    expect(page.get_by_text("1 of 8 sessions")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Say how it ended").click()
    page.get_by_label("It was not needed any more").check()
    page.get_by_label("How did it go?").fill("Bedtimes are quiet.")
    check(page)
    press(page, "Keep how it ended")
    expect(page.get_by_text("Bedtimes are quiet.")).to_be_visible()
    check(page)
    page.get_by_role("link", name="The catalogue of methods").click()
    check(page)
