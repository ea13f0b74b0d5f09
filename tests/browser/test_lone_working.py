"""A worker arms the alarm, comes back with the word for duress; whoever answers sees it and closes it."""

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from casework.lone_working.models import Outing
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.browser.looking import LAPTOP, check, press

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_alarm_is_armed_raised_unnoticed_and_answered(device, committed, post, charnwood, line, worker):
    phone = device()
    phone.sign_in(worker)
    mine = phone.page(LAPTOP)
    mine.goto(f"{line.url}/casework/lone-working/word/")
    check(mine)
    mine.get_by_label("Your word").fill("kettle")
    press(mine, "Keep it")
    expect(mine.get_by_text("Your word is kept")).to_be_visible()
    check(mine)
    press(mine, "Arm the alarm")
    expect(mine.locator(".govuk-error-summary")).to_be_visible()
    check(mine)
    mine.get_by_label("Where do you go?").fill("12 Church Gate, Loughborough")
    mine.get_by_label("Which telephone do you have with you?").fill("07700 900123")
    later = timezone.localtime() + timezone.timedelta(hours=1)
    mine.get_by_label("When are you back?").fill(f"{later:%H:%M}")
    press(mine, "Arm the alarm")
    expect(mine.get_by_role("heading", name="You are out")).to_be_visible()
    check(mine)
    mine.locator("[name=message]").fill("Put the kettle on")
    press(mine, "I am out safe")
    expect(mine.get_by_text("You are back. Nobody waits for you any more.")).to_be_visible()

    laptop = device()
    laptop.sign_in(committed(lambda: post(Role.MANAGER, charnwood)))
    theirs = laptop.page(LAPTOP)
    theirs.goto(f"{line.url}/casework/lone-working/roster/")
    check(theirs)
    theirs.goto(line.url)
    theirs.get_by_role("link", name=str(worker)).first.click()
    expect(theirs.get_by_text("Do not ring them", exact=False)).to_be_visible()
    check(theirs)
    press(theirs, "I answer it")
    theirs.get_by_role("link", name="They are safe: close the alarm").click()
    check(theirs)
    theirs.get_by_label("How did it end?").fill("The police went there. She is safe.")
    press(theirs, "Close the alarm")
    expect(theirs.get_by_text("Nobody is late")).to_be_visible()
    check(theirs)
    with acting_as(worker), transaction.atomic():
        assert Outing.objects.get().outcome.startswith("The police")
