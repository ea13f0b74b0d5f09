"""Step 5: a first star reading on a phone, a plan of two goals that the family agrees to, and its paper."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from casework.plans.models import Action, Plan
from casework.plans.services import add_action, change_goal
from casework.stars.models import Reading
from families.people.models import Family
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.browser.looking import LONG, SMALLEST, TOO_WIDE, barriers
from tests.casework.plans.factories import STARTED, agreed, draft, need, parents
from tests.casework.stars.factories import ReadingFactory
from tests.factories import FamilyFactory
from tests.slf.paper.reading import words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("everything"),
]

DESK, PHONE, FINGERTIP = 1280, 390, 44
TOO_SMALL = f"""() => [...document.querySelectorAll(
    '.slf-scale__label, .slf-plan__tool, .govuk-button, .govuk-input, .govuk-textarea, main summary')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < {FINGERTIP})
  .map(e => `${{e.className}} ${{e.textContent}} ${{e.getBoundingClientRect().height}}`)"""
AREAS = (
    "Our home", "Money and work", "Feeling well", "Feeling safe", "School and skills", "Getting on together",
    "Keeping out of trouble", "People to turn to",
)  # fmt: skip


@pytest.fixture
def family() -> Family:
    with transaction.atomic():
        family = FamilyFactory(household=True, name=f"The {LONG}")
        for kind in ("education", "poverty", "relationships", "housing"):
            need(family, kind)
    return family


@pytest.fixture
def cookie(post, charnwood, family, everything, live_server):
    with transaction.atomic():
        worker = post(Role.FSW, charnwood, LONG.lower())
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
    client = Client()
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


@pytest.fixture
def screen(chromium, cookie, live_server):
    """Return ``screen(width) -> page``, signed in as the worker; what the security policy stops is a failure."""
    contexts, complaints = [], []

    def make(width: int) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": 844})
        context.add_cookies([cookie])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert [text for text in complaints if "the server responded with a status" not in text] == []


def to(name: str, subject) -> str:
    return reverse(f"casework:{name}", args=[subject.uid])


def fill_day(page: Page, name: str, day: str, month: str, year: str) -> None:
    for part, typed in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}_{part}]").fill(typed)


class TestAFamilysStarAndPlan:
    def test_are_made_with_the_family_and_printed(self, screen, family):
        page = screen(PHONE)
        self.take_the_first_reading(page, family)
        self.write_two_goals(page, family)
        self.record_that_a_parent_agreed(page, family)
        self.mark_an_action_as_done(page)
        self.print_it(page)

    def take_the_first_reading(self, page, family):
        page.goto(to("star", family))
        page.get_by_role("button", name="Take the first reading").click()
        for mark, area in enumerate(AREAS[:-1]):
            page.get_by_role("group", name=area).get_by_label(f"{mark % 6 + 1},").check()
        page.get_by_role("group", name=AREAS[-1]).get_by_label("We did not talk about this").check()
        page.get_by_label("The family and the worker together").check()
        page.get_by_role("button", name="Save the reading").click()
        expect(page.get_by_role("heading", name="Star")).to_be_visible()
        expect(page.get_by_text("The star reading is saved.")).to_be_visible()
        with transaction.atomic():
            assert Reading.objects.get().marks == {
                "home": 1, "money": 2, "health": 3, "safety": 4, "learning": 5, "together": 6, "trouble": 1,
            }  # fmt: skip

    def write_two_goals(self, page, family):
        page.goto(to("plan", family))
        page.get_by_role("link", name="Add the first goal").click()
        self.write_a_goal(page, "Mornings without shouting", "Lack of education or attainment", "The family's worker")
        page.get_by_role("button", name="Add a goal").click()
        self.write_a_goal(page, "Know what we owe", "Poverty, including debt and unemployment", "Citizens Advice")

    def write_a_goal(self, page, words, tie, agency):
        page.get_by_label("What does the family want to be different?").fill(words)
        page.get_by_label(tie).check()
        page.get_by_role("button", name="Save and say who will do what").click()
        page.get_by_label("What will be done?").fill(f"First step: {words}")
        page.get_by_label("Another service or person").check()
        page.get_by_label("Name of the service").fill(agency)
        fill_day(page, "due_on", "1", "11", "2014")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name=words)).to_be_visible()

    def record_that_a_parent_agreed(self, page, family):
        with transaction.atomic():
            parent = str(parents(family)[0])
        page.get_by_role("button", name="Record what an adult said").click()
        page.get_by_label(parent).check()
        page.get_by_label("They agree with this plan").check()
        page.get_by_label("Signed on paper").check()
        page.get_by_role("button", name="Record it").click()
        expect(page.get_by_text("The family has agreed to this plan.")).to_be_visible()
        with transaction.atomic():
            assert Plan.objects.get().state == "agreed"

    def mark_an_action_as_done(self, page):
        page.get_by_role("button", name="Mark as done").first.click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        with transaction.atomic():
            assert sorted(Action.objects.values_list("state", flat=True)) == ["done", "open"]

    def print_it(self, page):
        with page.expect_download() as started:
            page.get_by_role("button", name="Print (PDF)").click()
        text = words(Path(started.value.path()).read_bytes())
        assert "OFFICIAL-SENSITIVE" in text
        assert "Mornings without shouting" in text


@pytest.fixture
def addresses(family) -> dict[str, str]:
    """Every page of the two areas, with as much on it as it can have."""
    with transaction.atomic():
        reading = ReadingFactory(family=family, note=f"We sleep now. {LONG}")
        ReadingFactory(family=family, later=True)
        agreed(family)
        other = FamilyFactory(household=True, name=f"The {LONG}s")
        goal = draft(other).goals.first()
        add_action(goal, what=LONG, owner=f"{LONG}@gp.uk", due_on=STARTED, by=goal.plan.started_by)
        change_goal(
            goal, words=LONG, needs=goal.needs.all(), revision=Plan.objects.get(pk=goal.plan_id).revision,
            by=goal.plan.started_by,
        )  # fmt: skip
        hold_family(other, user=Share.objects.get().user, kind=Share.Kind.WORKER, by=Share.objects.get().given_by)
    return {
        "the star": to("star", family),
        "taking a reading": to("take_reading", family),
        "correcting a reading": to("correct_reading", reading),
        "the agreed plan": to("plan", family),
        "a draft": to("plan", other),
        "adding a goal": to("add_goal", other),
        "throwing a draft away": to("throw_away_plan", other),
        "changing a goal": to("change_goal", goal),
        "adding an action": to("add_action", goal),
        "recording an answer": to("record_answer", other),
    }


FORMS = ("taking a reading", "correcting a reading", "adding a goal", "adding an action", "recording an answer")
PAGES = ("the star", *FORMS, "the agreed plan", "a draft", "throwing a draft away", "changing a goal")


class TestEachPage:
    @pytest.mark.parametrize("width", [DESK, PHONE])
    def test_has_no_barrier_that_axe_can_find(self, screen, addresses, width):
        page = screen(width)
        for name in PAGES:
            page.goto(addresses[name])
            assert (name, barriers(page)) == (name, [])

    def test_has_none_with_its_errors_either(self, screen, addresses):
        page = screen(PHONE)
        for name in FORMS:
            page.goto(addresses[name])
            for box in page.locator("main input[type=text]:visible, main textarea:visible").all():
                box.fill("")
            page.locator("main form button:not([type=button])").first.click()
            expect(page.locator(".govuk-error-summary")).to_be_visible()
            assert (name, barriers(page)) == (name, [])

    def test_fits_the_smallest_phone_with_targets_for_a_thumb(self, screen, addresses):
        page = screen(SMALLEST)
        for name in PAGES:
            page.goto(addresses[name])
            assert (name, page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)) == (name, [], [])

    def test_needs_no_pointer(self, screen, family):
        page = screen(DESK)
        page.goto(to("take_reading", family))
        page.get_by_role("group", name=AREAS[0]).get_by_role("radio").first.focus()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("group", name=AREAS[0]).get_by_label("2,")).to_be_checked()
