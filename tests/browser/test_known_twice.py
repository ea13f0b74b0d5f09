"""Two families side by side, made one and taken apart, by keyboard, on a laptop and a phone."""

import pytest
from playwright.sync_api import expect

from families.flags.services import set_flag
from families.needs.services import find_need
from slf.access.rules import Role
from tests.browser.looking import LAPTOP, LONG, check, press
from tests.casework.merging.factories import APART, WHY, known_twice
from tests.factories import lives
from tests.families.households.factories import MAY, member, somebody

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


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


def test_a_family_known_twice_is_made_one_and_two_again(page, line, families):
    again, family = families
    page.goto(f"{line.url}/casework/families/{family.uid}/known-twice/")
    check(page)
    page.goto(f"{line.url}/families/twice/")
    check(page)
    page.get_by_role("link", name="Side by side").click()
    check(page)
    press(page, "They are one family")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page)
    page.get_by_label("How do you know").fill(WHY)
    press(page, "They are one family")
    expect(page.get_by_text(f"The two are one family, Marsh family, {family.reference}.")).to_be_visible()
    check(page)
    page.goto(f"{line.url}/families/{again.uid}/")
    expect(page.get_by_text(f"also {again.reference}")).to_be_visible()
    check(page)
    page.goto(f"{line.url}/families/twice/")
    check(page)
    page.get_by_role("link", name=f"Marsh-Cole family, {again.reference}").click()
    page.get_by_label("Why are they two families?").fill(APART)
    press(page, "They are two families")
    expect(page.locator(".moj-alert__content", has_text="are two families again.")).to_be_visible()
    check(page)
