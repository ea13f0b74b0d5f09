"""Notes that cannot be lost: killed browsers, a lost line, an ended session, a shared device."""

import os
import random
import time

import pytest
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect

from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.drafts.models import Draft
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Mum opened the door before I knocked. The kitchen was warm and Alfie was drawing at the table. "
OFFLINE = "No connection: your note is kept safe on this device"
SIGNED_OUT = "You are signed out: your note is kept safe"
TAIL_SECONDS = 1.0
TWO_LINES = 90
SEALED = """async () => {
  const database = await new Promise((done) => (indexedDB.open("slf-drafts").onsuccess = (e) => done(e.target.result)));
  const asked = database.transaction("sealed").objectStore("sealed").getAll();
  return await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
}"""


@pytest.fixture
def phone(device, worker):
    phone = device()
    phone.sign_in(worker)
    return phone


@pytest.fixture
def writing(phone, line, jacksons):
    """A page on which a note is being written."""
    return open_note(phone, line, jacksons)


def open_note(device, line, family):
    page = device.page()
    page.goto(f"{line.url}{reverse('casework:my_families')}")
    page.get_by_role("button", name=f"Record a visit with {family.name}").click()
    page.locator("form[data-ready]").wait_for()
    return page


def box(page):
    return page.get_by_label("What happened?")


def status(page):
    return page.locator("[data-status]:not(form)").first


def is_saved(page) -> None:
    expect(page.locator('p[data-status="saved"]')).to_be_visible(timeout=15_000)


def notes_of(user) -> list[str]:
    with acting_as(user), transaction.atomic():
        return [draft.content.get("note", [""])[0] for draft in Draft.objects.order_by("pk")]


class TestTyping:
    def test_is_on_the_server_within_a_second_of_a_pause(self, writing, worker):
        box(writing).press_sequentially("Ellie was at school.", delay=15)
        time.sleep(TAIL_SECONDS + 0.5)
        assert notes_of(worker) == ["Ellie was at school."]
        expect(status(writing)).to_contain_text("Draft saved")

    def test_is_sealed_on_the_device_within_a_quarter_of_a_second(self, writing, line):
        line.cut()
        box(writing).press_sequentially("A", delay=0)
        writing.wait_for_timeout(250)
        copies = writing.evaluate(SEALED)
        assert len(copies) == 1
        assert set(copies[0]) == {"owner", "uid", "writer", "seq", "key", "iv", "body"}

    def test_leaves_nothing_on_the_device_once_the_server_has_it(self, writing):
        box(writing).press_sequentially("Kept there, gone here.")
        is_saved(writing)
        writing.wait_for_timeout(300)
        assert writing.evaluate(SEALED) == []

    def test_is_announced_when_the_state_changes_and_not_at_each_save(self, writing):
        writing.evaluate("""() => {
          window.spoken = 0;
          const spoken = document.querySelector("[data-spoken]");
          new MutationObserver(() => (window.spoken += 1)).observe(spoken, { childList: true });
        }""")
        for word in ("One ", "two ", "three "):
            box(writing).press_sequentially(word)
            is_saved(writing)
        assert writing.evaluate("window.spoken") == 1

    def test_in_two_places_at_once_keeps_both(self, writing, phone, line, jacksons, worker):
        other = open_note(phone, line, jacksons)
        box(writing).press_sequentially("From the first page.")
        is_saved(writing)
        box(other).press_sequentially("From the second page.")
        expect(status(other)).to_contain_text("second copy")
        assert set(notes_of(worker)) == {"From the first page.", "From the second page."}


class TestAPageMadeTooEarly:
    def test_shows_what_the_server_took_in_while_it_was_on_its_way(self, writing, worker):
        box(writing).press_sequentially("Written and ")
        is_saved(writing)

        def early(route) -> None:
            page = route.fetch()
            with acting_as(worker), transaction.atomic():
                Draft.objects.update(content={"note": ["Written and recovered."]}, revision=F("revision") + 1)
            route.fulfill(response=page)

        writing.context.route(writing.url, early, times=1)
        writing.reload()
        expect(box(writing)).to_have_value("Written and recovered.")


class TestAKilledBrowser:
    @pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.soak)])
    def test_costs_at_most_the_last_second(self, kills, phone, line, jacksons, worker):
        """Kills at random moments; SLF_SEED makes the same ones again."""
        seed = int(os.environ.get("SLF_SEED", time.time_ns() % 10**6))
        print(f"Killing the browser {kills} times, SLF_SEED={seed}")  # noqa: T201
        chance = random.Random(seed)
        kept = ""
        for _ in range(kills):
            page = open_note(phone, line, jacksons)
            found = box(page).input_value()
            assert found.startswith(kept), f"SLF_SEED={seed}"
            kept = self.type_until_killed(phone, page, found, chance)
            phone.restart()
            phone.sign_in(worker)
        page = open_note(phone, line, jacksons)
        assert box(page).input_value().startswith(kept), f"SLF_SEED={seed}"

    def type_until_killed(self, phone, page, before: str, chance: random.Random) -> str:
        """Type on until a random moment, kill, and return what may not be missing afterwards."""
        box(page).evaluate("element => element.setSelectionRange(element.value.length, element.value.length)")
        box(page).focus()
        typed, acknowledged, moments = before, before, [(time.monotonic(), before)]
        until = time.monotonic() + chance.uniform(0.2, 3.5)
        while time.monotonic() < until:
            letter = WORDS[len(typed) % len(WORDS)]
            page.keyboard.type(letter)
            typed += letter
            moments.append((time.monotonic(), typed))
            if page.evaluate("document.querySelector('p[data-status]').dataset.status") == "saved":
                acknowledged = typed
            page.wait_for_timeout(chance.choice([5, 20, 60, 400]))
        killed = time.monotonic()
        phone.kill()
        older = [text for moment, text in moments if killed - moment >= TAIL_SECONDS]
        return max([acknowledged, *older[-1:]], key=len)


class TestALostLine:
    def test_is_said_and_the_note_arrives_when_it_is_back(self, writing, line, worker):
        box(writing).press_sequentially("Before. ")
        is_saved(writing)
        line.cut()
        box(writing).press_sequentially("During. ")
        expect(status(writing)).to_have_text(OFFLINE)
        assert notes_of(worker) == ["Before. "]
        line.mend()
        is_saved(writing)
        assert notes_of(worker) == ["Before. During. "]

    def test_and_a_kill_on_top_is_recovered_on_the_next_page(self, writing, phone, line, worker):
        line.cut()
        box(writing).press_sequentially("Only the device has this.")
        expect(status(writing)).to_have_text(OFFLINE)
        phone.kill()
        line.mend()
        phone.restart()
        phone.sign_in(worker)
        page = phone.page()
        page.goto(line.url)
        notice = page.locator("[data-notice=recovered]")
        expect(notice).to_contain_text("1 unsent note recovered")
        assert notice.bounding_box()["height"] < TWO_LINES
        notice.get_by_role("link").click()
        expect(box(page)).to_have_value("Only the device has this.")

    def test_does_not_take_the_form_away_when_it_is_sent(self, writing, line, worker):
        box(writing).press_sequentially("Still here.")
        line.cut()
        writing.get_by_role("button", name="Save visit").click()
        expect(status(writing)).to_have_text(OFFLINE)
        expect(box(writing)).to_have_value("Still here.")

    def test_leaves_a_page_to_start_a_note_on(self, phone, line, worker):
        page = phone.page()
        page.goto(line.url)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller")
        line.cut()
        page.goto(f"{line.url}/casework/families/")
        expect(page.get_by_role("heading", name="There is no connection")).to_be_visible()
        page.get_by_label("Which family?").fill("Jacksons")
        page.get_by_label("What happened, and who was seen?").press_sequentially("Begun on the train.")
        expect(status(page)).to_have_text(OFFLINE)
        page.wait_for_timeout(300)
        line.mend()
        page.get_by_role("link", name="Open this note").wait_for(timeout=15_000)
        page.get_by_role("link", name="Open this note").click()
        expect(page.get_by_role("heading", name="Which family is this note about?")).to_be_visible()
        expect(page.get_by_text("You wrote: Jacksons")).to_be_visible()
        assert notes_of(worker) == ["Begun on the train."]


class TestAnEndedSession:
    def test_is_said_and_the_same_form_comes_back_after_signing_in(self, writing, phone, worker):
        box(writing).press_sequentially("Before the coffee. ")
        is_saved(writing)
        phone.sign_out()
        box(writing).press_sequentially("After it.")
        expect(status(writing)).to_contain_text(SIGNED_OUT)
        phone.sign_in(worker)
        writing.reload()
        writing.locator("form[data-ready]").wait_for()
        expect(box(writing)).to_have_value("Before the coffee. After it.")

    def test_leaves_somebody_who_types_on_where_they_are(self, writing, phone, worker):
        phone.sign_out()
        box(writing).press_sequentially("All of this is typed after signing out.", delay=30)
        expect(status(writing)).to_contain_text(SIGNED_OUT)
        expect(box(writing)).to_have_value("All of this is typed after signing out.")
        phone.sign_in(worker)
        writing.reload()
        writing.locator("form[data-ready]").wait_for()
        expect(box(writing)).to_have_value("All of this is typed after signing out.")


class TestANoteThrownAway:
    def test_right_after_typing_stays_away(self, writing, worker):
        box(writing).press_sequentially("Not this one.", delay=0)
        writing.locator("summary", has_text="Throw this note away").click()
        box(writing).press_sequentially(" Nor this.", delay=0)
        writing.get_by_role("button", name="Throw this note away").click()
        writing.get_by_role("heading", name="My day").wait_for()
        writing.wait_for_timeout(1500)
        writing.reload()
        expect(writing.get_by_text("Second copy")).to_have_count(0)
        expect(writing.locator("[data-notice]")).to_have_count(0)
        with acting_as(worker), transaction.atomic():
            assert not Draft.objects.unsent().exists()


class TestASharedDevice:
    def test_shows_one_persons_note_to_nobody_else(
        self, writing, phone, line, jacksons, worker, committed, post, charnwood
    ):
        line.cut()
        box(writing).press_sequentially("For Ann's eyes.")
        expect(status(writing)).to_have_text(OFFLINE)
        phone.kill()
        line.mend()
        phone.restart()
        colleague = committed(lambda: post(Role.FSW, charnwood, username="ben"))
        committed(lambda: give(FamilyFactory(household=True, name="The Millers"), colleague))
        phone.sign_in(colleague)
        page = phone.page()
        page.goto(line.url)
        page.wait_for_timeout(800)
        assert page.locator("[data-notice]").count() == 0
        assert notes_of(colleague) == []
        assert "Ann's eyes" not in str(page.evaluate(SEALED))
        phone.sign_in(worker)
        page.goto(line.url)
        expect(page.locator("[data-notice=recovered]")).to_contain_text("1 unsent note recovered")
        assert "For Ann's eyes." in notes_of(worker)

    def test_saves_nothing_of_a_page_left_open_in_the_next_persons_name(
        self, writing, phone, committed, post, charnwood, worker
    ):
        colleague = committed(lambda: post(Role.FSW, charnwood, username="ben"))
        phone.sign_in(colleague)
        box(writing).press_sequentially("Typed after Ben signed in.")
        expect(status(writing)).to_contain_text(SIGNED_OUT)
        assert notes_of(colleague) == []
