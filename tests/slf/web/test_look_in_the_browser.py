"""What only a browser can tell: that the parts are accessible, fit a phone, and ask nobody else for anything."""

import pytest
from django.test import Client

from slf.accounts.models import User
from slf.web import navigation
from tests.browser.looking import TOO_WIDE, barriers

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGES = ["/components/", "/components/?state=errors", "/refuse/incomplete/", "/missing/x/", "/forbidden/"]
DESK, PHONE, SMALLEST = 1280, 390, 320
FINGERTIP = 44

PRESSED = ".govuk-button, .govuk-input, .govuk-select, .govuk-textarea, .govuk-file-upload, summary, button"
TOO_SMALL = f"""() => [...document.querySelectorAll('{PRESSED}')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < {FINGERTIP})
  .map(e => `${{e.tagName}}.${{e.className}} ${{e.getBoundingClientRect().height}}`)"""
FONTS = """() => [...new Set([...document.querySelectorAll('body, body *')]
  .map(e => getComputedStyle(e).fontFamily.split(',')[0]))]"""


@pytest.fixture
def cookie(transactional_db, live_server, settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.slf.web.probes"
    monkeypatch.setattr(navigation, "URGENT", {})
    client = Client()
    user = User.objects.create_user("priya", first_name="Priya", last_name="Shah")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


@pytest.fixture
def open_page(chromium, cookie, live_server):
    """Return ``open_page(path, width) -> page``; scripts and styles that the security policy stops are failures."""
    contexts, complaints = [], []

    def go(path, width):
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
        context.add_cookies([cookie])
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        page.wait_for_selector("html[data-awake]")
        return page

    yield go
    for context in contexts:
        context.close()
    assert [text for text in complaints if "the server responded with a status" not in text] == []


class TestEveryPage:
    @pytest.mark.parametrize("width", [DESK, PHONE])
    @pytest.mark.parametrize("path", PAGES)
    def test_has_no_barrier_that_axe_can_find(self, open_page, path, width):
        assert barriers(open_page(path, width)) == []

    @pytest.mark.parametrize("path", PAGES)
    def test_needs_no_sideways_scroll_on_the_smallest_phone(self, open_page, path):
        assert open_page(path, SMALLEST).evaluate(TOO_WIDE) == []


class TestTheParts:
    def test_are_as_large_as_a_fingertip(self, open_page):
        assert open_page("/components/?state=errors", PHONE).evaluate(TOO_SMALL) == []

    def test_are_set_in_arial_and_ask_nobody_else(self, open_page, live_server):
        page = open_page("/components/", DESK)
        assert page.evaluate(FONTS) == ["Arial", "Menlo"]
        assert [url for url in page.asked if not url.startswith(f"{live_server.url}/")] == []
        assert [url for url in page.asked if url.startswith(f"{live_server.url}/assets/")] == []

    def test_wake_up(self, open_page):
        page = open_page("/components/", PHONE)
        assert page.get_by_role("button", name="Show password").is_visible()
        assert page.get_by_role("button", name="Dismiss").first.is_visible()
        assert page.get_by_role("button", name="Print this page").is_visible()

    def test_bring_up_a_follow_up_question_with_its_answer(self, open_page):
        page = open_page("/components/", PHONE)
        assert not page.get_by_label("Why not?").is_visible()
        page.get_by_label("No", exact=True).check()
        assert page.get_by_label("Why not?").is_visible()

    def test_lead_from_the_summary_to_the_box(self, open_page):
        page = open_page("/components/?state=errors", PHONE)
        page.get_by_role("link", name="The date of the visit must include a month").click()
        assert page.evaluate("document.activeElement.id") == "id_seen_on_month"

    def test_turn_a_table_into_cards_on_a_phone(self, open_page):
        row = "document.querySelector('#data_table tbody tr').getBoundingClientRect().height"
        phone, desk = (open_page("/components/", width).evaluate(row) for width in (PHONE, DESK))
        assert phone > 2 * desk
