"""The household and the genogram by keyboard, on a laptop and a phone, blank and with mistakes; and on paper."""

import pytest
from playwright.sync_api import expect

from families.households.services import household_on
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.clock import today
from tests.browser.looking import LAPTOP, LONG, PHONE, TOO_WIDE, check, press
from tests.families.households.factories import member
from tests.families.kin.factories import three_generations
from tests.slf.paper.reading import words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(committed, everything):
    def make():
        family, _ = three_generations()
        member(family, LONG, "adult")
        return family

    return committed(make)


@pytest.fixture
def page(committed, device, post, charnwood, family, everything):
    def make():
        worker = post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        return worker

    laptop = device()
    laptop.sign_in(committed(make))
    return laptop.page(LAPTOP)


class TestTheHousehold:
    def test_takes_somebody_new_by_keyboard(self, page, line, family, committed, everything):
        page.goto(f"{line.url}/families/{family.uid}/household/")
        check(page)
        press(page, "Somebody new")
        expect(page.get_by_role("heading", name="Somebody new in the family")).to_be_visible()
        press(page, "Save")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        check(page)
        page.get_by_label("Given names").fill("Ryan")
        page.get_by_label("Family name").fill("Marsh")
        page.get_by_label("Male", exact=True).check()
        page.get_by_label("Child", exact=True).check()
        for part, number in (("day", 3), ("month", 5), ("year", 2014)):
            page.locator(f"input[name=on_{part}]").fill(str(number))
        press(page, "Save")
        expect(page.get_by_text("Ryan Marsh is in the family.")).to_be_visible()
        names = committed(lambda: [str(row.person) for row in household_on(family, today(), by=everything)])
        assert "Ryan Marsh" in names

    @pytest.mark.parametrize("act", ["known", "expect", "split"])
    def test_asks_in_a_form_that_everybody_can_use(self, page, line, family, act):
        page.goto(f"{line.url}/families/{family.uid}/household/{act}/")
        check(page)


class TestTheGenogram:
    def test_says_how_two_are_related_by_keyboard(self, page, line, family):
        page.goto(f"{line.url}/families/{family.uid}/genogram/")
        check(page)
        press(page, "Say how two are related")
        expect(page.get_by_role("heading", name="How are two people related?")).to_be_visible()
        check(page)
        page.get_by_label("Who", exact=True).select_option(label="Carl Marsh")
        page.get_by_label("is or was").select_option(label="Step-parent of")
        page.get_by_label("whom?").select_option(label="Ben Marsh")
        page.get_by_label("How is it known?").fill("Dad")
        press(page, "Save")
        expect(page.get_by_text("Written down. Carl Marsh: step-parent of Ben Marsh.")).to_be_visible()

    def test_is_moved_to_the_side_on_a_phone_and_the_page_is_not(self, page, line, family):
        page.set_viewport_size(PHONE)
        page.goto(f"{line.url}/families/{family.uid}/genogram/")
        paper = page.locator(".slf-genogram__paper")
        assert paper.evaluate("e => e.scrollWidth > e.clientWidth")
        assert page.evaluate(TOO_WIDE) == []
        paper.focus()
        page.keyboard.press("ArrowRight")
        assert paper.evaluate("e => new Promise(said => setTimeout(() => said(e.scrollLeft), 1000))") > 0

    def test_prints_on_a_lying_sheet_with_its_words(self, page, line, family, tmp_path):
        page.goto(f"{line.url}/families/{family.uid}/genogram/")
        file = tmp_path / "genogram.pdf"
        page.pdf(path=file, prefer_css_page_size=True)
        printed = words(file.read_bytes())
        assert "OFFICIAL-SENSITIVE" in printed
        assert "Dawn Marsh and Carl Marsh are separated since 3 May 2014." in printed
        assert "Say how two are related" not in printed
