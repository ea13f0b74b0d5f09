"""The page of a person and the flags of a family, on a laptop and a phone, blank and with mistakes."""

import pytest

from families.flags.services import set_flag
from slf.clock import today
from tests.browser.looking import LAPTOP, LONG, PHONE, SMALLEST, TOO_WIDE, barriers
from tests.families.households.factories import member

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OVERLAPS = """() => [...document.querySelectorAll(".slf-person__words")].flatMap((words) => {
  const parts = [...words.querySelectorAll(".govuk-tag, .slf-person__aside")];
  const lines = parts.map((part) => part.getBoundingClientRect());
  return lines.slice(1).filter((line, n) => line.top < lines[n].bottom);
})"""
FORMS = ["name/", "names/add/", "birth/", "numbers/", "contact/add/", "about/ethnicity/", "about/other_languages/"]


@pytest.fixture
def ryan(committed, jacksons, everything):
    def make():
        one = member(jacksons, LONG, "adult")
        set_flag(jacksons, kind="court_order", membership=one, source="The order", by=everything, on=today())
        return one

    return committed(make)


@pytest.fixture
def page(device, worker, ryan):
    laptop = device()
    laptop.sign_in(worker)
    return laptop.page(LAPTOP)


def check(page) -> None:
    """Axe finds nothing, the page fits the smallest phone, and no line lies on another."""
    assert (page.url, barriers(page)) == (page.url, [])
    for size in ({**PHONE, "width": SMALLEST}, PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert (page.url, page.evaluate(TOO_WIDE), page.evaluate(OVERLAPS)) == (page.url, [], [])


def test_the_page_of_a_person_and_its_forms(page, line, ryan):
    person = f"{line.url}/families/{ryan.family.uid}/people/{ryan.person.uid}/"
    for address in (person, f"{person}history/"):
        page.goto(address)
        check(page)
    for form in FORMS:
        page.goto(person + form)
        check(page)
        page.get_by_role("button", name="Save", exact=True).click()
        page.locator(".govuk-error-summary").or_(page.get_by_role("heading", name="Who they are")).wait_for()
        check(page)


def test_the_flags_of_a_family_wherever_it_is_named(page, line, jacksons):
    for address in ("", f"{jacksons.uid}/", f"{jacksons.uid}/flags/"):
        page.goto(f"{line.url}/families/{address}")
        check(page)
    page.goto(f"{line.url}/families/{jacksons.uid}/flags/add/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".govuk-error-summary").wait_for()
    check(page)
