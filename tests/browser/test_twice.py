"""Two entries side by side, made one and taken apart, by keyboard, on a laptop and a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.widths import LONG, TOO_WIDE
from tests.factories import lives
from tests.families.households.factories import member
from tests.families.merging.factories import APART, BORN, WHY, leah_twice

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def family(committed, everything):
    def make():
        family, lea, leah = leah_twice()
        lives(lea, address="3 Ashby Road", postcode="LE11 3AB", phone="01509 000000")
        lives(leah, address="3 Ashby Road", postcode="LE11 3AB")
        member(family, LONG, "child", born_on=BORN)
        return family

    return committed(make)


@pytest.fixture
def page(committed, device, post, charnwood, family, everything):
    laptop = device()
    laptop.sign_in(committed(lambda: post(Role.MANAGER, charnwood)))
    return laptop.page(LAPTOP)


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


def test_somebody_entered_twice_is_made_one_and_two_again(page, line, family, tmp_path):
    page.goto(f"{line.url}/families/{family.uid}/twice/")
    check(page, tmp_path / "choose")
    page.goto(f"{line.url}/families/twice/")
    check(page, tmp_path / "list")
    page.get_by_role("link", name="Side by side").click()
    check(page, tmp_path / "side-by-side")
    press(page, "They are one person")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page, tmp_path / "missing")
    page.get_by_label("How do you know").fill(WHY)
    press(page, "They are one person")
    expect(page.get_by_text("The two entries are one person, Leah Marsh.")).to_be_visible()
    check(page, tmp_path / "one")
    page.get_by_label("Why are they two people?").fill(APART)
    press(page, "They are two people")
    expect(page.get_by_text("Lea Marsh and Leah Marsh are two people again.")).to_be_visible()
    check(page, tmp_path / "two")
