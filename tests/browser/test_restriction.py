"""Restricting a family in a browser: choose, check, do, and what its worker sees afterwards."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from slf.access.rules import Role
from tests.browser.looking import PHONE, check

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
REASON = "The mother's sister works in this team"


@pytest.fixture
def page_of(device, line):
    def open_page(user, address: str, size=PHONE) -> Page:
        one = device()
        one.sign_in(user)
        page = one.page(size)
        page.goto(f"{line.url}{address}")
        return page

    return open_page


def test_a_manager_restricts_a_family_from_a_phone(committed, post, charnwood, jacksons, worker, page_of, line):
    manager = committed(lambda: post(Role.MANAGER, charnwood, "manager.charnwood"))
    page = page_of(manager, reverse("access:why", args=[jacksons.uid]))
    page.get_by_role("link", name="Restrict this family to named people").click()
    check(page)
    page.get_by_role("button", name="Restrict to named people").click()
    check(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    check(page)
    page.locator(f"[value='{manager.uid}:manager']").check()
    page.get_by_label("Why?").fill(REASON)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text(f"{worker} works with this family and is not named")).to_be_visible()
    page.get_by_role("button", name="Choose again").click()
    page.locator(f"[value='{worker.uid}:fsw']").check()
    page.get_by_role("button", name="Continue").click()
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Restrict the family now").click()
    expect(page.get_by_role("heading", name="Who may see this family")).to_be_visible()
    expect(page.get_by_role("row", name=str(manager))).to_contain_text("Yes")
    check(page)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    check(page)
    for address in (reverse("access:lift", args=[jacksons.uid]), reverse("access:restricted")):
        page.goto(f"{line.url}{address}")
        check(page)


def test_whoever_has_it_open_finds_nothing_there(committed, post, charnwood, jacksons, worker, page_of):
    manager = committed(lambda: post(Role.MANAGER, charnwood, "manager.charnwood"))
    open_page = page_of(worker, jacksons.get_absolute_url())
    page = page_of(manager, reverse("access:restrict", args=[jacksons.uid]))
    page.locator(f"[value='{manager.uid}:manager']").check()
    page.get_by_label("Why?").fill(REASON)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Restrict the family now").click()
    expect(page.get_by_role("heading", name="Who may see this family")).to_be_visible()
    open_page.get_by_role("link", name="Chronology").first.click()
    expect(open_page.get_by_text(jacksons.name)).to_have_count(0)
    assert open_page.title().startswith("There is nothing here that you may see")
