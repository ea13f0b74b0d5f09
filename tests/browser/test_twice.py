"""Two entries side by side, made one and taken apart, by keyboard, on a laptop and a phone."""

import pytest
from playwright.sync_api import expect

from slf.access.rules import Role
from tests.browser.looking import LAPTOP, LONG, check, press
from tests.factories import lives
from tests.families.households.factories import member
from tests.families.merging.factories import APART, BORN, WHY, leah_twice

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


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


def test_somebody_entered_twice_is_made_one_and_two_again(page, line, family):
    page.goto(f"{line.url}/families/{family.uid}/twice/")
    check(page)
    page.goto(f"{line.url}/families/twice/")
    check(page)
    page.get_by_role("link", name="Side by side").click()
    check(page)
    press(page, "They are one person")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    check(page)
    page.get_by_label("How do you know").fill(WHY)
    press(page, "They are one person")
    expect(page.get_by_text("The two entries are one person, Leah Marsh.")).to_be_visible()
    check(page)
    page.get_by_label("Why are they two people?").fill(APART)
    press(page, "They are two people")
    expect(page.get_by_text("Lea Marsh and Leah Marsh are two people again.")).to_be_visible()
    check(page)
