"""A senior supervises a worker with fifteen families, by keyboard, in at most sixty interactions; both sign it."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from casework.cases.models import Case
from casework.supervision.models import Decision, SupervisionPart
from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check
from tests.casework.supervision.factories import SINCE
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FAMILIES, MOST, SLOW = 15, 60, 15_000


class Counted:
    """Somebody at the keyboard: each thing pressed or written is one interaction."""

    def __init__(self, page):
        self.page, self.number = page, 0

    def press(self, target, key: str = "Enter") -> None:
        target.focus()
        self.page.keyboard.press(key)
        self.number += 1

    def write(self, target, text: str) -> None:
        target.fill(text)
        self.number += 1


@pytest.fixture
def worker(committed, post, charnwood, everything):
    return committed(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def senior(committed, post, charnwood, everything):
    return committed(lambda: post(Role.SENIOR, charnwood))


@pytest.fixture
def families(committed, worker, everything):
    def make(number: int):
        made = FamilyFactory(household=True, name=f"The Jacksons {number:02}")
        Case.objects.create(family=made, opened_on=SINCE, opened_by=everything)
        give(made, worker)
        return made

    return committed(lambda: [make(number) for number in range(FAMILIES)])


@pytest.fixture
def sign_in(device):
    def make(user):
        theirs = device()
        theirs.sign_in(user)
        return theirs.page(LAPTOP)

    return make


def decided() -> int:
    with transaction.atomic():
        return Decision.objects.count()


def agree_an_action(mine: Counted, topic) -> None:
    """Agree on something without saying until when, read what is wrong, and say it."""
    check(mine.page)
    mine.press(topic.locator("summary").nth(1))
    mine.write(topic.get_by_label("What is to be done?"), "Ring the school nurse")
    mine.press(topic.get_by_role("button", name="Save"))
    expect(topic.locator(".govuk-error-message").first).to_be_visible()
    check(mine.page)
    for name, part in (("Day", "22"), ("Month", "10"), ("Year", "2035")):
        mine.write(topic.get_by_label(name), part)


def test_fifteen_families_take_sixty_interactions(sign_in, line, families, senior, worker):
    page = sign_in(senior)
    mine = Counted(page)
    page.goto(line.url)
    check(page)
    mine.press(page.locator(f'a[href*="supervision/begin/?worker={worker.uid}"]'))
    expect(page.get_by_role("heading", name="Begin a supervision")).to_be_visible()
    check(page)
    mine.press(page.get_by_role("button", name="Begin"))
    page.wait_for_url("**/casework/supervision/*-*/")
    check(page)
    topics = page.locator("details.slf-topic")
    assert topics.count() == FAMILIES
    for at in range(FAMILIES):
        topic = topics.nth(at)
        before = mine.number
        mine.press(topic.locator("summary").first)
        mine.press(topic.get_by_label("Continue as planned"), " ")
        if at == 0:
            agree_an_action(mine, topic)
            before = mine.number - 2  # what is agreed comes on top of what each family takes
        mine.press(topic.get_by_role("button", name="Save"))
        expect(page.get_by_text(f"{at + 1} of {FAMILIES} looked at")).to_be_visible()
        expect(topic.locator("summary").first).to_be_focused()
        assert mine.number - before <= 3
    assert decided() == FAMILIES
    mine.press(page.get_by_role("button", name="Sign", exact=True))
    expect(page.get_by_text("You have signed.", exact=False).first).to_be_visible(timeout=SLOW)
    assert mine.number <= MOST
    check(page)

    theirs = sign_in(worker)
    theirs.goto(line.url)
    theirs.get_by_role("link", name="Line supervision", exact=False).first.click()
    theirs.get_by_role("link", name="Open", exact=True).click()
    expect(theirs.get_by_label("How are you?")).to_be_visible()
    theirs.get_by_label("How are you?").fill("Tired, and safe.")
    expect(theirs.locator("[data-status=saved]")).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_label("How are you?")).to_have_value("Tired, and safe.")
    check(theirs)
    theirs.get_by_role("button", name="Save", exact=True).click()
    theirs.get_by_role("button", name="Sign", exact=True).click()
    both = "Both of you have signed."
    expect(theirs.get_by_text("It is settled once", exact=False).first).to_be_visible(timeout=SLOW)

    page.reload()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text(both, exact=False).first).to_be_visible(timeout=SLOW)
    with transaction.atomic():
        assert SupervisionPart.objects.get().is_settled
    for name in ("team", "drift"):
        page.goto(f"{line.url}/casework/{name}/")
        check(page)
    theirs.goto(f"{line.url}/families/{families[0].uid}/")
    expect(theirs.get_by_text("Decided in supervision: Continue as planned").first).to_be_visible()
    theirs.goto(f"{line.url}/casework/families/{families[0].uid}/supervision/")
    expect(theirs.get_by_role("heading", name="Decided in supervision")).to_be_visible()
    check(theirs)
