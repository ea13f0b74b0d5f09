"""My day of three roles: each line is one press from where it is done. A family is two interactions from any page."""

from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.rules import Written
from slf.drafts.services import save_draft, start_draft
from tests.browser.looking import LAPTOP, check
from tests.casework.assessments.factories import finished
from tests.casework.budget.factories import asked
from tests.casework.closing.factories import TODAY, proposed, worked
from tests.casework.safeguarding.factories import raised
from tests.casework.tasks.factories import task
from tests.casework.visits.factories import VisitFactory
from tests.referrals.intake.factories import sent_referral

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DONE_HERE = "main form[method=post], main a.govuk-button"
WAITS = {
    Role.FSW: {"Visits due", "Unsent notes", "Tasks due"},
    Role.SENIOR: {
        "Safeguarding concerns to review", "Referrals to decide on", "Assessments to sign off", "Closings to confirm",
        "Money to approve", "Supervision due",
    },
    Role.MANAGER: {"Referrals to decide on", "Closings to confirm"},
}  # fmt: skip


@pytest.fixture
def people(committed, post, charnwood):
    return committed(lambda: {role: post(role, charnwood) for role in WAITS})


@pytest.fixture
def _work(committed, people, post, charnwood):
    """One of each that waits for somebody."""
    worker = people[Role.FSW]

    def make():
        family, other = worked(worker, name="The Jacksons"), worked(worker, name="The Marshes")
        VisitFactory(family=family, happened_on=date(2014, 10, 2), next_visit_on=date(2014, 10, 14))
        task(family, by=worker, due_on=TODAY)
        finished(family, worker)
        asked(family, worker)
        raised(worker, family)
        proposed(other, worker)
        sent_referral(post(Role.REFERRER))
        with acting_as(worker):
            draft = start_draft("visit", by=worker, family=family)
            save_draft(draft.uid, by=worker, written=Written(0, uuid4(), 1, {"note": ["We were talking"]}))

    committed(make)


@pytest.fixture
def page(device):
    def open_page(user) -> Page:
        theirs = device()
        theirs.sign_in(user)
        page = theirs.page(LAPTOP)
        page.set_default_timeout(30_000)  # the first page of all takes its time on a machine that is busy
        return page

    return open_page


@pytest.mark.usefixtures("_work")
@pytest.mark.parametrize("role", WAITS)
def test_each_line_is_one_press_from_where_it_is_done(role, people, page, line):
    mine = page(people[role])
    mine.goto(line.url)
    check(mine)
    for title in sorted(WAITS[role]):
        mine.goto(line.url)
        panel = mine.locator(".slf-panel").filter(has=mine.get_by_role("heading", name=title, exact=True))
        panel.locator(".slf-todo__link").first.click()
        mine.wait_for_url(lambda address: address.rstrip("/") != line.url)
        expect(mine.locator(DONE_HERE).first).to_be_visible()


@pytest.mark.usefixtures("_work")
def test_a_family_is_two_interactions_from_any_page(people, page, line):
    mine = page(people[Role.FSW])
    for address in ("/", "/casework/families/", "/casework/lone-working/"):
        mine.goto(f"{line.url}{address}")
        mine.get_by_role("searchbox", name="Find a family").fill("jaksons")
        mine.keyboard.press("Enter")
        expect(mine.get_by_role("link", name="The Jacksons").first).to_be_visible()
