"""A task is set from the visits of a family and done from My day; a case is stepped up: wide and narrow."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check, press
from tests.casework.closing.factories import worked

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RING = "Ring the school about Thursday"


@pytest.fixture
def worker(committed, post, charnwood, everything):
    return committed(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def family(committed, worker):
    return committed(lambda: worked(worker, name="The Jacksons"))


@pytest.fixture
def mine(device, worker):
    theirs = device()
    theirs.sign_in(worker)
    return theirs.page(LAPTOP)


def test_a_task_is_set_from_a_page_of_the_record_and_done_from_my_day(mine, line, family):
    mine.goto(f"{line.url}/casework/families/{family.uid}/visits/")
    mine.get_by_text("More", exact=True).click()
    mine.get_by_role("link", name="Set a task").click()
    check(mine)
    press(mine, "Set the task")
    expect(mine.locator(".govuk-error-summary")).to_be_visible()
    check(mine)
    mine.get_by_label("What is to be done?").fill(RING)
    mine.get_by_label("By which day?").fill("2014-10-15")
    press(mine, "Set the task")
    expect(mine.get_by_text("The task is set.")).to_be_visible()
    mine.goto(line.url)
    check(mine)
    mine.get_by_role("link", name=RING).click()
    check(mine)
    mine.get_by_label("How did it go?").fill("They ring back on Monday.")
    press(mine, "Keep it as done")
    expect(mine.get_by_role("heading", name="Settled")).to_be_visible()
    check(mine)
    mine.get_by_role("link", name=RING).click()
    check(mine)
    mine.goto(f"{line.url}/casework/tasks/")
    check(mine)


def test_a_case_is_stepped_up_and_says_so_on_the_familys_page(mine, line, family):
    mine.goto(f"{line.url}/families/{family.uid}/")
    mine.get_by_role("link", name="getting to know the family").click()
    check(mine)
    mine.get_by_role("link", name="Step up or down").click()
    check(mine)
    press(mine, "Keep it")
    expect(mine.locator(".govuk-error-summary")).to_be_visible()
    check(mine)
    mine.get_by_label("Stepped up to children's social care").check()
    mine.get_by_label("Which team of theirs, and whom there?").fill("First Response, Jo Hall")
    mine.get_by_label("Why?").fill("She did not come home for two nights.")
    mine.get_by_label("Our case is held while they lead").check()
    press(mine, "Keep it")
    expect(mine.get_by_text("The case is held")).to_be_visible()
    check(mine)
    mine.get_by_role("link", name="They acknowledged it").click()
    check(mine)
    mine.get_by_label("Who acknowledged it?").fill("Jo Hall")
    press(mine, "Keep it")
    expect(mine.get_by_text("It is kept that they acknowledged it.")).to_be_visible()
    mine.goto(f"{line.url}/families/{family.uid}/")
    expect(mine.get_by_role("link", name="held while social care leads")).to_be_visible()
    check(mine)
