"""Steps 1 to 3 in a browser: a school refers a family, a senior accepts it, a worker gets it."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from families.needs.services import find_need
from slf.access.rules import Role
from tests.browser.looking import LAPTOP, PHONE, check
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import MARSH, NEEDS, full_draft, sent_referral

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
YEAR, MONTH, DAY = "year", "month", "day"


@pytest.fixture
def school(committed, post, charnwood):
    return committed(lambda: post(Role.REFERRER, charnwood, "school"))


@pytest.fixture
def senior(committed, post, charnwood):
    return committed(lambda: post(Role.SENIOR, charnwood, "senior.charnwood"))


@pytest.fixture
def fsw(committed, post, charnwood):
    return committed(lambda: post(Role.FSW, charnwood, "fsw.charnwood"))


@pytest.fixture
def page_of(device, line):
    """Return ``page_of(user, address, size)``: the page as this person sees it on a device of their own."""

    def open_page(user, address: str, size=LAPTOP) -> Page:
        one = device()
        one.sign_in(user)
        page = one.page(size)
        page.goto(line.url + address)
        return page

    return open_page


def name_somebody(page: Page, line: str, person) -> None:
    page.fill(f"[name={line}-given_names]", person.given_names)
    page.fill(f"[name={line}-family_name]", person.family_name)
    for part in (DAY, MONTH, YEAR):
        page.fill(f"[name={line}-born_on_{part}]", str(getattr(person.born_on, part)))
    if not person.is_child:
        page.check(f"[name={line}-part][value={person.part}]")


class TestAReferral:
    def test_goes_from_a_school_to_a_worker(self, page_of, school, senior, fsw):
        page = page_of(school, "/referrals/", PHONE)
        page.click("text=Refer a family")
        page.click("button:has-text('Start')")
        draft = page.url
        page.click("text=Is anyone in danger now?")
        page.check("[name=in_danger][value=no]")
        page.click("text=Save and continue")
        for n, adult in enumerate(MARSH[:2]):
            name_somebody(page, f"adults-{n}", adult)
            page.click("text=Add another adult")
        for n, child in enumerate(MARSH[2:]):
            name_somebody(page, f"children-{n}", child)
            page.click("text=Add another child")
        page.click("text=Save and come back later")
        expect(page.locator("body")).to_contain_text("Your draft is saved")

        page.goto(draft)
        page.click("text=Where they live")
        page.fill("[name=address]", "4 Mill Lane\nLoughborough")
        page.fill("[name=postcode]", "le112ab")
        page.click("text=Save and continue")
        for kind, words in NEEDS.items():
            page.check(f"[name=needs][value={kind}]")
            page.fill(f"[name=evidence_{kind}]", words)
        page.check("[name=whole_family][value=yes]")
        page.fill("[name=whole_family_why]", "Home and school together.")
        page.click("text=Save and continue")
        page.check("[name=family_knows][value=yes]")
        page.check("[name=agreement][value=given]")
        page.get_by_label("Dawn Marsh").check()
        for part, typed in ((DAY, "10"), (MONTH, "10"), (YEAR, "2014")):
            page.fill(f"[name=agreed_on_{part}]", typed)
        page.click("text=Save and continue")
        expect(page.locator("h1")).to_contain_text("Check your answers")
        page.click("button:has-text('Send the referral')")
        expect(page.locator("body")).to_contain_text("The Charnwood team decides by")

        desk = page_of(senior, "/referrals/triage/")
        desk.click("a:has-text('Marsh')")
        desk.click("text=Accept")
        desk.click("button:has-text('Accept')")
        expect(desk.locator("h1")).to_contain_text("Allocate this family")
        expect(desk.locator("body")).to_contain_text("0 of 10, 0%")
        desk.check("[name=complexity][value=no]")
        desk.check("[name=worker]")
        desk.click("button:has-text('Allocate')")
        expect(desk).to_have_url(re.compile(r"/families/[0-9a-f-]{36}/$"))

        phone = page_of(fsw, "/casework/families/", PHONE)
        expect(phone.locator("body")).to_contain_text("Marsh")
        page.goto(draft)
        expect(page.locator("body")).to_contain_text("A family support worker will get in touch")


class TestAskingForMore:
    @pytest.mark.parametrize("size", [pytest.param(LAPTOP, id="1280"), pytest.param(PHONE, id="390")])
    def test_goes_to_the_referrer_and_comes_back_with_the_reply(self, page_of, school, senior, size):
        sent = sent_referral(school)
        desk = page_of(senior, f"/referrals/triage/{sent.uid}/", size)
        desk.click("text=Ask for more")
        desk.click("button:has-text('Ask the referrer')")
        expect(desk.locator("body")).to_contain_text("There is a problem")
        check(desk)
        desk.check("[name=about][value=home]")
        desk.fill("[name=question_home]", "Which flat of the house?")
        check(desk)
        desk.click("button:has-text('Ask the referrer')")
        expect(desk.locator("body")).to_contain_text("No reply yet")
        check(desk)

        page = page_of(school, "/referrals/", size)
        check(page)
        page.click("main a:has-text('Reply')")
        check(page)
        page.click("button:has-text('Send the reply')")
        expect(page.locator("body")).to_contain_text("If you do not know, say so")
        check(page)
        page.get_by_label("Which flat of the house?").fill("Flat 2, at the back.")
        page.click("button:has-text('Send the reply')")
        expect(page.locator("body")).to_contain_text("Your reply has gone to the Charnwood team")
        check(page)

        desk.reload()
        expect(desk.locator("body")).to_contain_text("Flat 2, at the back.")
        check(desk)


def test_the_list_of_who_waits_for_a_worker_fits_a_phone(page_of, senior, committed, everything):
    committed(
        lambda: find_need(FamilyFactory(), kind="housing", source="Referral", by=everything, on=date(2014, 10, 15))
    )
    page = page_of(senior, "/casework/waiting/", PHONE)
    expect(page.get_by_text("Has not agreed", exact=True)).to_be_visible()
    check(page)


class TestEveryPageOfTheFrontDoor:
    @pytest.mark.parametrize("size", [pytest.param(LAPTOP, id="1280"), pytest.param(PHONE, id="390")])
    def test_is_accessible_and_fits_blank_and_with_errors(self, page_of, school, senior, fsw, size):
        draft, sent = full_draft(school, in_danger=True), sent_referral(school)
        page = page_of(school, "/referrals/", size)
        here = page.url.removesuffix("/referrals/")
        sections = (
            "",
            "danger/",
            "danger/ring/",
            "people/",
            "home/",
            "needs/",
            "agreement/",
            "files/",
            "check/",
            "delete/",
        )
        addresses = ["/referrals/", "/referrals/start/", f"/referrals/{sent.uid}/"]
        for address in addresses + [f"/referrals/{draft.uid}/{section}" for section in sections]:
            page.goto(here + address)
            check(page)
        page.goto(f"{here}/referrals/{draft.uid}/people/")
        page.fill("[name=children-0-born_on_month]", "13")
        page.click("text=Save and continue")
        expect(page.locator("body")).to_contain_text("Date of birth of child 1 must be a real date")
        check(page)

        desk = page_of(senior, "/referrals/triage/", size)
        for rest in (
            "",
            f"{sent.uid}/",
            f"{sent.uid}/accept/",
            f"{sent.uid}/decline/",
            f"{sent.uid}/ask/",
            f"{sent.uid}/esf/",
            f"{sent.uid}/signpost/",
            f"{sent.uid}/pass-on/",
            "questions/",
        ):
            desk.goto(f"{here}/referrals/triage/{rest}")
            check(desk)
        desk.goto(f"{here}/referrals/services/")
        check(desk)
        desk.goto(f"{here}/referrals/triage/{sent.uid}/decline/")
        desk.click("button:has-text('Decline')")
        check(desk)
        desk.goto(f"{here}/referrals/triage/{sent.uid}/accept/")
        desk.click("button:has-text('Accept')")
        check(desk)
        desk.click("button:has-text('Allocate')")
        expect(desk.locator("body")).to_contain_text("There is a problem")
        check(desk)
