"""A worker plans a meeting, invites, writes minutes and an action, and a request that is not met, by keyboard."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check, press
from tests.casework.around.factories import wanted
from tests.casework.closing.factories import worked

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def today_in(page, question: str) -> None:
    """Fill a day that is not filled in beforehand with today's date, as the service has it."""
    group = page.get_by_role("group", name=question)
    for part, value in (("Day", "15"), ("Month", "10"), ("Year", "2014")):
        group.get_by_label(part).fill(value)


def test_a_meeting_and_a_request_that_is_not_met(device, committed, post, charnwood, everything, line, settings):
    settings.SERVICE_DATE = "2014-10-15"
    worker = committed(lambda: post(Role.FSW, charnwood))
    family = committed(lambda: worked(worker, name="The Jacksons"))
    theirs = device()
    theirs.sign_in(worker)
    page = theirs.page(LAPTOP)
    page.set_default_timeout(30_000)  # the first page of all takes long where much else runs

    page.goto(f"{line.url}/casework/families/{family.uid}/around/")
    check(page)
    page.get_by_role("link", name="Add somebody of another agency").click()
    press(page, "Add to the team")
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.get_by_label("What is their name?").fill("Ann Hall")
    page.get_by_label("Which agency are they of?").select_option(label="Schools and academies")
    page.get_by_label("What do they do for the family?").fill("Form tutor")
    press(page, "Add to the team")
    expect(page.get_by_text("Ann Hall is in the team.")).to_be_visible()
    check(page)

    page.get_by_role("link", name="Meetings", exact=True).click()
    page.get_by_role("button", name="Plan a meeting").click()
    check(page)
    today_in(page, "Which day?")
    page.get_by_label("At what time?").fill("10:00")
    page.get_by_label("Where?").fill("Rawlins Academy")
    page.get_by_label("What is it for?").fill("How school goes.")
    page.get_by_label("Ann Hall").check()
    press(page, "Plan the meeting")
    expect(page.get_by_role("button", name="Make the invitation for Ann Hall")).to_be_visible()
    check(page)

    press(page, "Write the minutes")
    page.get_by_role("group", name="Ann Hall").get_by_label("Came", exact=True).check()
    page.get_by_role("textbox", name="Paragraph 1 (optional)").fill("School goes better.")
    check(page)
    press(page, "Save the minutes")
    expect(page.get_by_text("School goes better.")).to_be_visible()
    page.get_by_role("link", name="Write down an action").click()
    page.get_by_label("What is to be done?").fill("Ring the bus company.")
    page.get_by_role("group", name="Who does it?").get_by_role("radio").first.check()
    today_in(page, "By when?")
    check(page)
    press(page, "Keep the action")
    expect(page.get_by_role("rowheader", name="Ring the bus company.")).to_be_visible()
    press(page, "Finish the minutes")
    expect(page.get_by_role("link", name="Add to the minutes")).to_be_visible()
    check(page)

    page.goto(f"{line.url}/casework/families/{family.uid}/requests/ask/")
    check(page)
    page.get_by_label("If it is none of them: what is asked for?").fill("Counselling for young people")
    page.get_by_label("Which need is it for?").select_option(label="Poor parenting")
    page.get_by_label("What was asked for, and why?").fill("Somebody to talk to.")
    press(page, "Keep the request")
    page.get_by_role("link", name="Declined, or not available here").click()
    page.get_by_label("There is none, or it is not available here").check()
    page.get_by_label("There is no such service here").check()
    check(page)
    press(page, "Keep this")
    expect(page.get_by_role("term").filter(has_text="Not available here")).to_be_visible()
    check(page)


def test_business_support_plans_what_is_wanted_and_types_its_minutes(
    device, committed, post, charnwood, everything, line, settings
):
    settings.SERVICE_DATE = "2014-10-15"
    worker = committed(lambda: post(Role.FSW, charnwood))
    support = committed(lambda: post(Role.BUSINESS, charnwood))
    family = committed(lambda: worked(worker, name="The Jacksons"))
    committed(lambda: wanted(family, worker))
    theirs = device()
    theirs.sign_in(support)
    page = theirs.page(LAPTOP)
    page.set_default_timeout(30_000)

    page.goto(f"{line.url}/")
    check(page)
    page.get_by_role("link", name="The Jacksons").click()
    expect(page.get_by_label("What is it for?")).to_have_value("How school goes.")
    today_in(page, "Which day?")
    page.get_by_label("At what time?").fill("10:00")
    page.get_by_label("Where?").fill("Rawlins Academy")
    page.get_by_role("group", name="Who of the family is invited?").get_by_role("checkbox").first.check()
    check(page)
    press(page, "Plan the meeting")
    press(page, "Write the minutes")
    page.get_by_role("radio", name="Came", exact=True).first.check()
    page.get_by_role("textbox", name="Paragraph 1 (optional)").fill("School goes better.")
    press(page, "Save the minutes")
    check(page)
    press(page, "The minutes are typed")
    expect(page.get_by_text("They wait for who works with the family")).to_be_visible()
    check(page)
    page.goto(f"{line.url}/families/{family.uid}/")
    page.get_by_role("link", name="Meetings of the team around the family").click()
    expect(page.get_by_text("Minutes to finish")).to_be_visible()
    check(page)
