"""Every page that people open, blank and with errors: axe finds nothing, and the smallest phone shows all of it.

The pages are those of the access table, asked as somebody who may. The browser is given what was answered, with the
static files from where the service has them.
"""

from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.http import HttpResponse
from django.urls import reverse
from playwright.sync_api import Page, Route

from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Row
from tests.browser.looking import LAPTOP, SMALLEST, TOO_WIDE, barriers
from tests.factories import FamilyFactory
from tests.readers import api, reader, staff
from tests.test_access_table import TABLE, content, door

__all__ = ["api", "reader", "staff"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
HERE, STATIC = "http://page.test/", "http://page.test/static/"
REFUSED = {400, 422}
PRESSED = "main button, main a.govuk-button, main input, main textarea, main select, main summary, .govuk-back-link"
TOO_SMALL = """(pressed) => [...document.querySelectorAll(pressed)]
  .filter(e => e.checkVisibility() && !['hidden', 'checkbox', 'radio'].includes(e.type))
  .filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`)"""

BELOW = """() => [...document.querySelectorAll('.govuk-radios__item, .govuk-checkboxes__item')]
  .map(item => [item.querySelector('input'), item.querySelector('label')])
  .filter(([input, label]) => label && label.checkVisibility())
  .filter(([input, label]) => label.getBoundingClientRect().top >= input.getBoundingClientRect().bottom)
  .map(([, label]) => `below its circle: ${label.textContent.trim()}`)"""


def is_page(row: Row) -> bool:
    """Tell whether somebody opens it: what programs ask, files and what is only sent are no pages."""
    return 200 in row.get.values() and not row.name.startswith("api")


PAGES = [pytest.param(row, id=row.name) for row in TABLE if is_page(row)]


@pytest.fixture(scope="module")
def screen(chromium) -> Callable[[HttpResponse], Page]:
    """Return ``screen(response)``: the answer in a browser."""
    page, shown = chromium.new_page(viewport=LAPTOP), {}

    def give(route: Route) -> None:
        address = route.request.url
        if address == HERE:
            route.fulfill(body=shown["body"], content_type="text/html; charset=utf-8")
        elif found := address.startswith(STATIC) and finders.find(address.removeprefix(STATIC)):
            route.fulfill(path=found)
        else:
            route.abort()

    def show(response: HttpResponse) -> Page:
        shown["body"] = content(response)
        page.set_viewport_size(LAPTOP)
        page.goto(HERE)
        return page

    page.route("**/*", give)
    yield show
    page.close()
    connections.close_all()  # beside Playwright's loop Django holds others than the ones that are closed at the end


def barred(page: Page) -> list:
    """Return what stands in somebody's way: for a reader of screens, on the smallest phone, for a thumb."""
    found = barriers(page)
    page.set_viewport_size({"width": SMALLEST, "height": 800})
    return [*found, *page.evaluate(TOO_WIDE), *page.evaluate(TOO_SMALL, PRESSED), *page.evaluate(BELOW)]


def is_page_of_ours(response: HttpResponse) -> bool:
    """Tell whether it stands by itself: a file does not, and neither does a part that is swapped into a page."""
    return response.headers.get("Content-Type", "").startswith("text/html") and b"<h1" in response.content


@pytest.mark.parametrize("row", PAGES)
def test_has_nothing_in_anybodys_way(row, screen, reader, charnwood, api):
    role = next(role for role, status in row.get.items() if status == 200)
    family = FamilyFactory(household=True) if row.subject else None
    kwargs = row.subject(family) if row.subject else row.of_office() if row.of_office else {}
    who = row.owner(kwargs) if row.owner else reader(role, charnwood, family, holds=bool(family) and role in row.holds)
    client, address = door(who, api, row), reverse(row.name, kwargs=kwargs)
    with acting_as(None):
        blank = client.get(address)
        wrong = client.post(address) if Role(role) in row.post else None
    assert blank.status_code == 200
    found = {}
    if is_page_of_ours(blank):
        found["blank"] = barred(screen(blank))
    if wrong is not None and is_page_of_ours(wrong) and wrong.status_code in REFUSED:
        found["with errors"] = barred(screen(wrong))
    assert {state: bars for state, bars in found.items() if bars} == {}
