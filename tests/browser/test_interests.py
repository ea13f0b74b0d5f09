"""A worker says that they know a family; their senior finds it, and somebody else ends it: a laptop and a phone."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, LONG, check, press
from tests.casework.cases.factories import agreed_family
from tests.families.interests.factories import FOUND

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(committed, everything):
    return committed(lambda: agreed_family(everything, household=True))


@pytest.fixture
def sign_in(committed, device, post, charnwood):
    def make(role: Role):
        theirs = device()
        theirs.sign_in(committed(lambda: post(role, charnwood)))
        return theirs.page(LAPTOP)

    return make


def test_somebody_knows_a_family_and_it_is_looked_into(sign_in, line, family):
    worker = sign_in(Role.FSW)
    worker.goto(f"{line.url}/families/{family.uid}/")
    worker.get_by_role("link", name="I know this family").click()
    check(worker)
    press(worker, "I know this family")
    expect(worker.locator(".govuk-error-summary")).to_be_visible()
    check(worker)
    worker.get_by_label("In another way").check()
    worker.get_by_label("What should your senior know?").fill(LONG)
    press(worker, "I know this family")
    expect(worker.get_by_text("It is written down that you know this family.")).to_be_visible()
    check(worker)
    senior = sign_in(Role.SENIOR)
    senior.goto(f"{line.url}/access/{family.uid}/know/somebody/")
    check(senior)
    senior.goto(f"{line.url}/access/{family.uid}/why/")
    senior.get_by_role("link", name="Who knows this family").click()
    check(senior)
    senior.get_by_role("link", name="End it").click()
    senior.get_by_label("What did you find").fill(FOUND)
    check(senior)
    press(senior, "End it")
    expect(senior.get_by_text(FOUND)).to_be_visible()
    check(senior)
