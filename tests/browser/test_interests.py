"""A worker says that they know a family; their senior finds it, and somebody else ends it: a laptop and a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.widths import LONG, TOO_WIDE
from tests.casework.cases.factories import agreed_family
from tests.families.interests.factories import FOUND

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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


def check(page, picture) -> None:
    """Axe finds nothing, and the page fits a phone."""
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    assert (page.url, [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]) == (page.url, [])
    page.screenshot(path=f"{picture}-1280.png", full_page=True)
    page.set_viewport_size(PHONE)
    assert (page.url, page.evaluate(TOO_WIDE)) == (page.url, [])
    page.screenshot(path=f"{picture}-390.png", full_page=True)
    page.set_viewport_size(LAPTOP)


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_somebody_knows_a_family_and_it_is_looked_into(sign_in, line, family, tmp_path):
    worker = sign_in(Role.FSW)
    worker.goto(f"{line.url}/families/{family.uid}/")
    worker.get_by_role("link", name="I know this family").click()
    check(worker, tmp_path / "know")
    press(worker, "I know this family")
    expect(worker.locator(".govuk-error-summary")).to_be_visible()
    check(worker, tmp_path / "missing")
    worker.get_by_label("In another way").check()
    worker.get_by_label("What should your senior know?").fill(LONG)
    press(worker, "I know this family")
    expect(worker.get_by_text("It is written down that you know this family.")).to_be_visible()
    check(worker, tmp_path / "said")
    senior = sign_in(Role.SENIOR)
    senior.goto(f"{line.url}/access/{family.uid}/know/somebody/")
    check(senior, tmp_path / "note")
    senior.goto(f"{line.url}/access/{family.uid}/why/")
    senior.get_by_role("link", name="Who knows this family").click()
    check(senior, tmp_path / "who-know")
    senior.get_by_role("link", name="End it").click()
    senior.get_by_label("What did you find").fill(FOUND)
    check(senior, tmp_path / "end")
    press(senior, "End it")
    expect(senior.get_by_text(FOUND)).to_be_visible()
    check(senior, tmp_path / "ended")
