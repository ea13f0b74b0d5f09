"""Step 4 on a phone: a home visit from "My families" in six taps and a note, and the story that tells it."""

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from casework.visits.models import Visit
from slf.access.acting import acting_as
from tests.browser.looking import LAPTOP, PHONE, TOO_WIDE, barriers
from tests.casework.glance.test_pages import lived
from tests.casework.visits.factories import VisitFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "Tom showed me the chart on the fridge. Mornings are calmer."
BROKEN_WORDS = """labels => labels.flatMap(({ firstChild: text }) => {
  const range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return range.getClientRects().length > 1;
  }).map(([word]) => word);
})"""
PRESSED = (
    "main button, main a.govuk-button, main input:not([type=hidden]), main textarea, main select, main summary, "
    "main .slf-who__choice"
)
TOO_SMALL = """(pressed) => [...document.querySelectorAll(pressed)]
  .filter(e => e.checkVisibility() && !e.closest('.govuk-checkboxes--small'))
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""


@pytest.fixture
def phone(device, worker):
    phone = device()
    phone.sign_in(worker)
    return phone


@pytest.fixture
def children(committed, jacksons):
    """The names of the three children."""
    return committed(lambda: [str(m.person) for m in jacksons.memberships.filter(part="child")])


class Thumb:
    """Counts what a person has to press."""

    def __init__(self):
        self.taps = 0

    def tap(self, target) -> None:
        target.click()
        self.taps += 1


def form_of(phone, line, family):
    page = phone.page()
    page.goto(f"{line.url}{reverse('casework:my_families')}")
    page.get_by_role("button", name=f"Record a visit with {family.name}").click()
    page.locator("form[data-ready]").wait_for()
    return page


class TestAHomeVisitOnAPhone:
    def test_takes_six_taps_and_a_note(self, phone, line, children, worker):
        page, thumb = phone.page(), Thumb()
        page.goto(f"{line.url}{reverse('casework:my_families')}")
        thumb.tap(page.get_by_role("button", name="Record a visit with The Jacksons"))
        thumb.tap(page.get_by_label("Home visit"))
        for name in children:
            thumb.tap(page.get_by_role("group", name=name).get_by_label("Seen", exact=True))
        page.get_by_label("What happened?").fill(NOTE)
        thumb.tap(page.get_by_role("button", name="Save visit"))
        expect(page.get_by_text("Home visit saved")).to_be_visible()
        assert thumb.taps == 6
        with acting_as(worker), transaction.atomic():
            visit = Visit.objects.get()
            assert (visit.note, visit.kind, visit.sightings.count()) == (NOTE, "home", 3)

    def test_can_say_everyone_was_seen_in_one(self, phone, line, jacksons, worker):
        page = form_of(phone, line, jacksons)
        page.get_by_label("Home visit").check()
        page.get_by_role("button", name="Everyone was seen").click()
        page.get_by_label("What happened?").fill(NOTE)
        page.get_by_role("button", name="Save visit").click()
        expect(page.get_by_text("Home visit saved")).to_be_visible()
        with acting_as(worker), transaction.atomic():
            assert Visit.objects.get().sightings.filter(how="seen").count() == 5

    def test_asks_why_only_of_a_child_who_was_not_seen(self, phone, line, jacksons, children):
        page = form_of(phone, line, jacksons)
        child = page.get_by_role("group", name=children[0])
        expect(child.get_by_label("Why not?")).to_be_hidden()
        child.get_by_label("Not seen").check()
        expect(child.get_by_label("Why not?")).to_be_visible()

    def test_fits_the_smallest_phone_and_a_fingertip(self, phone, line, jacksons):
        page = form_of(phone, line, jacksons)
        assert page.evaluate(TOO_SMALL, PRESSED) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(TOO_WIDE) == []

    def test_breaks_no_word_of_what_is_chosen(self, phone, line, jacksons):
        page = form_of(phone, line, jacksons)
        assert page.locator(".govuk-radios__label").evaluate_all(BROKEN_WORDS) == []

    def test_is_accessible_blank_and_with_errors(self, phone, line, jacksons):
        page = form_of(phone, line, jacksons)
        assert barriers(page) == []
        page.get_by_role("button", name="Save visit").click()
        expect(page.get_by_role("alert")).to_contain_text("Say who was seen, or that nobody was")
        assert barriers(page) == []

    def test_works_by_keyboard_alone(self, phone, line, jacksons, worker):
        page = form_of(phone, line, jacksons)
        page.get_by_label("Home visit").focus()
        page.keyboard.press("Space")
        page.get_by_label("Nobody was seen").focus()
        page.keyboard.press("Space")
        page.get_by_label("What happened?").focus()
        page.keyboard.type("Nobody was in.")
        page.get_by_role("button", name="Save visit").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Home visit saved")).to_be_visible()


class TestWithoutJavaScript:
    def test_a_visit_is_recorded_all_the_same(self, phone, line, jacksons, worker):
        context = phone.chromium.browser.new_context(java_script_enabled=False, viewport=PHONE)
        context.add_cookies(phone.context.cookies(line.url))
        page = context.new_page()
        page.goto(f"{line.url}{reverse('casework:my_families')}")
        page.get_by_role("button", name="Record a visit with The Jacksons").click()
        page.get_by_label("Telephone").check()
        page.get_by_label("What happened?").fill("A long call with mum.")
        page.get_by_role("button", name="Save visit").click()
        expect(page.get_by_text("Telephone call saved")).to_be_visible()


class TestAtTheOffice:
    def test_the_story_is_told_without_scrolling(self, device, line, worker, jacksons, committed):
        committed(lambda: lived(jacksons))
        laptop = device()
        laptop.sign_in(worker)
        page = laptop.page(LAPTOP)
        page.goto(f"{line.url}{jacksons.get_absolute_url()}")
        for part in ("Household", "Needs and risks", "Plan: next steps"):
            box = page.get_by_role("heading", name=part).locator("..").bounding_box()
            assert box["y"] + box["height"] <= LAPTOP["height"], part
        assert page.get_by_text(f"{worker} · Charnwood").first.bounding_box()["y"] < LAPTOP["height"]
        for figure in ("Last contact", "Next visit", "Star"):
            assert page.get_by_text(figure, exact=True).first.bounding_box()["y"] < LAPTOP["height"]
        assert barriers(page) == []

    def test_the_chronology_narrows_in_two_clicks_and_prints_in_one(self, device, line, worker, jacksons, committed):
        committed(lambda: (lived(jacksons), VisitFactory(family=jacksons)))
        laptop, thumb = device(), Thumb()
        laptop.sign_in(worker)
        page = laptop.page(LAPTOP)
        page.goto(f"{line.url}{jacksons.get_absolute_url()}")
        thumb.tap(page.get_by_role("link", name="Chronology", exact=True))
        thumb.tap(page.get_by_role("link", name="Contacts"))
        expect(page.locator(".slf-story__entry")).to_have_count(2)
        assert thumb.taps == 2
        expect(page.get_by_role("button", name="Print as a document")).to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator(".slf-kinds")).to_be_hidden()
