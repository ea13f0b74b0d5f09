"""Two families side by side, made one and taken apart, by keyboard, on a laptop and a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from families.flags.services import set_flag
from families.needs.services import find_need
from slf.access.rules import Role
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.widths import LONG, TOO_WIDE
from tests.casework.merging.factories import APART, WHY, known_twice
from tests.factories import lives
from tests.families.households.factories import MAY, member, somebody

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def families(committed, everything):
    def make():
        again, family, people = known_twice()
        lives(people["Dawn"], address="3 Ashby Road", postcode="LE11 3AB", phone="01509 000000")
        lives(again.memberships.get(person__given_names="Iris"), address="5 Ashby Road", postcode="LE11 3AB")
        member(again, LONG, "child")
        find_need(again, kind="crime", source="Police", by=somebody(), on=MAY)
        set_flag(again, kind="dog", source="Police", by=somebody(), on=MAY)
        return again, family

    return committed(make)


@pytest.fixture
def page(committed, device, post, charnwood, families, everything):
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


def test_a_family_known_twice_is_made_one_and_two_again(page, line, families, tmp_path):
    again, family = families
    page.goto(f"{line.url}/casework/families/{family.uid}/known-twice/")
    check(page, tmp_path / "choose")
    page.goto(f"{line.url}/families/twice/")
    check(page, tmp_path / "list")
    page.get_by_role("link", name="Side by side").click()
    check(page, tmp_path / "side-by-side")
    press(page, "They are one family")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page, tmp_path / "missing")
    page.get_by_label("How do you know").fill(WHY)
    press(page, "They are one family")
    expect(page.get_by_text(f"The two are one family, Marsh family, {family.reference}.")).to_be_visible()
    check(page, tmp_path / "one")
    page.goto(f"{line.url}/families/{again.uid}/")
    expect(page.get_by_text(f"also {again.reference}")).to_be_visible()
    check(page, tmp_path / "family")
    page.goto(f"{line.url}/families/twice/")
    check(page, tmp_path / "made-one")
    page.get_by_role("link", name=f"Marsh-Cole family, {again.reference}").click()
    page.get_by_label("Why are they two families?").fill(APART)
    press(page, "They are two families")
    expect(page.locator(".moj-alert__content", has_text="are two families again.")).to_be_visible()
    check(page, tmp_path / "two")
