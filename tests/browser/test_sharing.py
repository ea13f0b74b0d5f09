"""What partners were shown and who is to be told of it, on a laptop and a phone, by keyboard."""

from datetime import date

import pytest
from playwright.sync_api import expect

from families.sharing.services import record_agreement
from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check, press
from tests.families.overriding.access_rows import left_out

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(device, worker):
    laptop = device()
    laptop.sign_in(worker)
    return laptop.page(LAPTOP)


def test_a_showing_is_written_down_and_the_partner_is_told_of_the_withdrawal(
    page, line, jacksons, committed, everything
):
    page.goto(f"{line.url}/families/{jacksons.uid}/sharing/")
    page.get_by_role("link", name="What each partner was shown").click()
    expect(page.get_by_text("No partner was shown anything that is recorded")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Write down what somebody was shown").click()
    press(page, "Keep it")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page)
    page.get_by_label("Which agency?").select_option("schools")
    page.get_by_label("Who was shown it?").fill("Ms Rudge, head of year")
    page.get_by_label("Something they were told").check()
    page.get_by_label("What was it about?").select_option("education")
    page.get_by_label("What were they shown?").fill("That a worker visits on Tuesdays")
    press(page, "Keep it")
    expect(page.get_by_role("heading", name="Schools and academies")).to_be_visible()
    on = date(2014, 10, 15)
    committed(lambda: record_agreement(jacksons, state="withdrawn", said_on=on, how="phone", by=everything))
    page.goto(line.url)
    page.get_by_role("link", name="Partners to tell").first.click()
    expect(page.locator("tbody tr")).to_have_count(1)
    check(page)
    page.get_by_role("link", name="Say that they were told").click()
    check(page)
    page.get_by_label("Who was told?").fill("Ms Rudge")
    page.get_by_label("By telephone").check()
    press(page, "Keep it")
    expect(page.get_by_text("Ms Rudge, by telephone, on")).to_be_visible()
    check(page)


def test_what_is_wrong_is_taken_down_marked_and_decided(page, line, jacksons, device, committed, post, charnwood):
    page.goto(f"{line.url}/families/{jacksons.uid}/contested/")
    check(page)
    page.get_by_role("button", name="Take down what somebody contests").click()
    press(page, "Keep it")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page)
    page.get_by_label("They say that something is wrong").check()
    page.get_by_label("Who said it?").select_option(index=1)
    page.get_by_label("What is it about?", exact=True).select_option(index=2)
    page.get_by_label("What do they say?").fill("It is spelt with two n")
    press(page, "Keep it")
    expect(page.get_by_text("It is to be answered by")).to_be_visible()
    check(page)
    page.goto(f"{line.url}/families/{jacksons.uid}/")
    expect(page.get_by_text("Contested", exact=True)).to_be_visible()
    check(page)
    desk = device()
    desk.sign_in(committed(lambda: post(Role.SENIOR, charnwood)))
    senior = desk.page(LAPTOP)
    senior.goto(f"{line.url}/families/contested/")
    check(senior)
    senior.get_by_role("link", name=str(jacksons.name)).first.click()
    senior.locator("main").get_by_role("link", name="Decide").click()
    check(senior)
    senior.get_by_label("It was put right, or is used no more").check()
    senior.get_by_label("What was done, or why not?").fill("The name is changed")
    press(senior, "Keep the decision")
    expect(senior.get_by_text("To tell", exact=True)).to_be_visible()
    check(senior)


def test_what_was_left_out_is_shown_to_one_person(page, line, jacksons, worker, device, committed, post, charnwood):
    committed(lambda: left_out(jacksons))
    desk = device()
    desk.sign_in(committed(lambda: post(Role.SENIOR, charnwood)))
    senior = desk.page(LAPTOP)
    senior.goto(f"{line.url}/families/{jacksons.uid}/evidence/")
    senior.get_by_role("link", name="Show what was left out").click()
    check(senior)
    press(senior, "Show it")
    expect(senior.locator(".govuk-error-summary")).to_be_visible()
    check(senior)
    senior.get_by_label("Homelessness, Health services").check()
    senior.get_by_label("To whom?").select_option(str(worker.uid))
    senior.get_by_label("A safeguarding enquiry").check()
    senior.get_by_label("Why does it have to be shown now?").fill("The enquiry meets at two")
    press(senior, "Show it")
    expect(senior.get_by_text("The manager is told")).to_be_visible()
    check(senior)
    page.goto(f"{line.url}/families/{jacksons.uid}/evidence/")
    expect(page.get_by_text("A file", exact=True)).to_be_visible()
    check(page)
    page.goto(f"{line.url}/families/{jacksons.uid}/sharing/")
    check(page)
