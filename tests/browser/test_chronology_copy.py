"""A worker asks for a copy of the story for one parent, the senior reads what is left out and releases it."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, PHONE, check, press
from tests.casework.closing.factories import worked
from tests.casework.copies.factories import WHY
from tests.casework.provenance.factories import WORDS, entries, marked

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(committed, post, charnwood, everything):
    return committed(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def senior(committed, post, charnwood, everything):
    return committed(lambda: post(Role.SENIOR, charnwood))


@pytest.fixture
def family(committed, worker):
    return committed(lambda: worked(worker, name="The Jacksons"))


@pytest.fixture
def father(committed, family, worker):
    def make():
        people = [member.person for member in family.memberships.select_related("person").order_by("pk")]
        visit = entries(family, worker)["visit"]
        marked("visit", visit, worker, kept_from=frozenset({people[1].pk}))
        return people[1]

    return committed(make)


def test_a_copy_is_asked_for_read_released_and_given(device, line, family, father, worker, senior):
    hers, theirs = device(), device()
    hers.sign_in(worker)
    page = hers.page(PHONE)
    page.goto(f"{line.url}/casework/families/{family.uid}/needs/")
    check(page)
    page.goto(f"{line.url}/casework/families/{family.uid}/chronology/copies/ask/?reader={father.uid}")
    check(page)
    page.get_by_label("What do they want it for?").fill(WHY)
    press(page, "Ask for it")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label("What do they want it for?")).to_have_value(WHY)
    check(page)
    page.get_by_role("group", name="Did you ask them alone").get_by_label("Yes").check()
    page.get_by_role("group", name="Could somebody harm").get_by_label("No").check()
    press(page, "Ask for it")
    expect(page.get_by_text("Waits for a senior").first).to_be_visible()
    check(page)
    theirs.sign_in(senior)
    read = theirs.page(LAPTOP)
    read.goto(f"{line.url}/")
    read.get_by_role("link", name=str(father)).first.click()
    expect(read.get_by_role("heading", name="Left out")).to_be_visible()
    expect(read.get_by_text(WORDS["visit"])).to_have_count(0)
    check(read)
    press(read, "I have read it: release it")
    expect(read.get_by_text("Its words are kept as you read them.")).to_be_visible()
    check(read)
    page.get_by_role("link", name="Read it").click()
    press(page, "I have given it to them")
    expect(page.get_by_text("Given by")).to_be_visible()
    check(page)
