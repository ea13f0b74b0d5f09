"""Today's visits on a phone without a connection: taken along, written, sent once, and gone when they should be."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from casework.visits.models import Visit
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.browser.looking import SMALLEST, TOO_WIDE, barriers, check
from tests.casework.diary.factories import PlannedVisitFactory
from tests.factories import lives

pytestmark = pytest.mark.django_db(transaction=True)
PIN = "4 blue hens"
KEPT = """async () => {
  const database = await new Promise((done) => (indexedDB.open("slf-drafts").onsuccess = (e) => done(e.target.result)));
  const asked = database.transaction("device").objectStore("device").get("at-hand");
  const taken = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  if (!taken) return null;
  const secret = taken.secret.extractable;
  return { names: Object.keys(taken).sort(), secret, text: new TextDecoder().decode(taken.body), tries: taken.tries };
}"""


@pytest.fixture
def planned(committed, worker, jacksons):
    def make():
        lives(jacksons.memberships.filter(part="parent").first(), address="4 Mill Lane")
        return PlannedVisitFactory(family=jacksons, due_on=date(2014, 10, 15), due_at=time(15, 30))

    return committed(make)


@pytest.fixture
def phone(device, worker, planned):
    phone = device()
    phone.sign_in(worker)
    return phone


@pytest.fixture
def taken(phone, line):
    """The page on which today's visits were taken along."""
    page = phone.page()
    take(page, line)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller")
    return page


def take(page, line) -> None:
    page.goto(f"{line.url}{reverse('casework:at_hand')}")
    page.get_by_label("Choose a PIN for today").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_role("button", name="Take today's visits along").click()
    expect(page.get_by_text("1 visit is kept encrypted on this device until midnight.")).to_be_visible()


def unlock(page, pin=PIN) -> None:
    page.get_by_label("Your PIN for today").fill(pin)
    page.get_by_role("button", name="Open today's visits").click()


def offline_page(phone, line):
    page = phone.page()
    page.goto(f"{line.url}/casework/families/")
    expect(page.get_by_role("heading", name="There is no connection")).to_be_visible()
    return page


def is_gone(page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate(KEPT) is None


class TestTodaysVisits:
    def test_are_read_and_written_without_a_connection_and_sent_once(self, taken, phone, line, worker, jacksons):
        kept = taken.evaluate(KEPT)
        assert kept["secret"] is False
        assert not {"pin", "key", "bundle"} & set(kept["names"])
        assert "Jackson" not in kept["text"]
        check(taken)
        phone.context.set_offline(True)
        page = offline_page(phone, line)
        assert "Jackson" not in page.content()
        unlock(page)
        stop = page.locator(".slf-hand__stop")
        expect(stop.get_by_role("heading", name="The Jacksons")).to_be_visible()
        expect(stop).to_contain_text("4 Mill Lane")
        stop.get_by_role("button", name="Write the visit").click()
        page.locator("form.slf-note[data-ready]").first.wait_for()
        assert stop.locator('[data-how]:checked, [name="nobody"]:checked').count() == 0
        assert barriers(page) == []
        page.set_viewport_size({"width": SMALLEST, "height": 700})
        assert page.evaluate(TOO_WIDE) == []
        stop.get_by_role("button", name="Save visit").click()
        expect(stop.get_by_text("Say who was seen, or that nobody was")).to_be_visible()
        stop.locator('[data-how="seen"]').first.check(force=True)
        stop.get_by_label("What happened?").press_sequentially("Alfie showed me his drawing.")
        stop.get_by_role("button", name="Save visit").click()
        expect(stop).to_contain_text("Written, and kept on this device")
        expect(stop.locator("p[data-status]")).to_contain_text("kept safe on this device")
        phone.kill()
        phone.restart()
        phone.sign_in(worker)
        for _ in range(2):
            page = phone.page()
            page.goto(line.url)
            page.wait_for_timeout(1200)
        with acting_as(worker), transaction.atomic():
            visit = Visit.objects.get()
            assert (visit.note, visit.family, visit.planned.state) == ("Alfie showed me his drawing.", jacksons, "done")

    def test_open_after_the_phone_ended_the_browser_and_go_when_the_line_is_back(self, taken, phone, line, worker):
        phone.kill()
        line.cut()
        phone.restart()
        page = offline_page(phone, line)
        unlock(page)
        page.get_by_role("button", name="Write the visit").click()
        page.locator("form.slf-note[data-ready]").first.wait_for()
        page.get_by_label("Nobody was seen").check()
        page.locator(".slf-hand__stop").get_by_label("What happened?").fill("Nobody opened.")
        page.get_by_role("button", name="Save visit").click()
        phone.sign_in(worker)
        line.mend()
        expect(page.get_by_text("Saved as a visit.")).to_be_visible(timeout=15_000)
        with acting_as(worker), transaction.atomic():
            assert Visit.objects.get().note == "Nobody opened."


class TestTheyAreGone:
    """One walk: each way by which they go, taken along again in between."""

    def test_after_wrong_pins_at_a_press_at_midnight_and_with_whoever_took_them(
        self, taken, phone, line, committed, post, charnwood, worker
    ):
        for more in ("4 more tries", "3 more tries", "2 more tries", "1 more try"):
            unlock(taken, "not this one")
            expect(taken.locator("[data-hand-wrong]")).to_contain_text(more)
        unlock(taken, "nor this")
        expect(taken.get_by_text("Too many wrong PINs")).to_be_visible()
        is_gone(taken)
        take(taken, line)
        taken.get_by_role("button", name="Wipe from this device").click()
        expect(taken.get_by_text("Nothing is on this device any more.")).to_be_visible()
        is_gone(taken)
        take(taken, line)
        line.cut()
        tomorrow = phone.page()
        tomorrow.clock.set_fixed_time(timezone.now() + timedelta(days=1))
        tomorrow.goto(f"{line.url}/casework/families/")
        expect(tomorrow.get_by_text("their day is over")).to_be_visible()
        is_gone(tomorrow)
        line.mend()
        tomorrow.close()
        take(taken, line)
        taken.get_by_role("button", name="Sign out").click()
        taken.wait_for_url("**/login/**")
        is_gone(taken)
        self.with_whoever_took_them(taken, phone, line, worker, committed, post, charnwood)

    def with_whoever_took_them(self, page, phone, line, worker, committed, post, charnwood):
        colleague = committed(lambda: post(Role.FSW, charnwood, username="ben"))
        phone.sign_in(worker)
        take(page, line)
        phone.sign_in(colleague)
        page.goto(f"{line.url}{reverse('casework:at_hand')}")
        expect(page.get_by_label("Your PIN for today")).to_be_hidden()
        is_gone(page)
        phone.sign_in(worker)
        take(page, line)
        worker.set_password("another-one-42")
        committed(worker.save)
        page.goto(f"{line.url}/offline/")
        expect(page.get_by_text("what you may see has changed")).to_be_visible()
        is_gone(page)
