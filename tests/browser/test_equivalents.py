"""A worker proposes that progress is worth the goal and a manager decides, by keyboard: a laptop and a phone."""

import pytest
from playwright.sync_api import expect

from families.needs.models import Need
from slf.access.rules import Role
from tests.browser.looking import LAPTOP, LONG, PHONE, check, press
from tests.casework.closing.factories import worked

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(committed, post, charnwood, everything):
    return committed(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def family(committed, worker):
    def make():
        made = worked(worker, name="The Jacksons")
        Need.objects.create(family=made, kind="health", started_on=made.known_since, source="Referral")
        return made

    return committed(make)


def test_progress_is_proposed_and_decided(device, committed, post, charnwood, line, family, worker):
    first = device()
    first.sign_in(worker)
    mine = first.page(LAPTOP)
    mine.goto(f"{line.url}/families/{family.uid}/")
    mine.get_by_text("More", exact=True).click()
    mine.get_by_role("link", name="Decisions on progress", exact=True).click()
    check(mine)
    mine.get_by_role("link", name="Propose a decision").click()
    press(mine, "Propose it")
    expect(mine.locator(".govuk-error-summary")).to_be_visible()
    check(mine)
    mine.get_by_label("Health").check()
    mine.get_by_label("Illness or disability").check()
    mine.get_by_label("What did the family reach").fill(LONG)
    press(mine, "Propose it")
    expect(mine.get_by_text("Waits for a decision", exact=True)).to_be_visible()
    check(mine)

    second = device()
    second.sign_in(committed(lambda: post(Role.MANAGER, charnwood)))
    theirs = second.page(PHONE)
    theirs.goto(f"{line.url}/casework/families/{family.uid}/equivalents/")
    check(theirs)
    theirs.get_by_role("link", name="Decide on it").click()
    theirs.get_by_label("Yes, I approve it").check()
    check(theirs)
    press(theirs, "Keep the decision")
    expect(theirs.get_by_text("Approved by")).to_be_visible()
    check(theirs)
