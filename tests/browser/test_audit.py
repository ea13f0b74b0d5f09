"""The auditor's sheet: thirty lines by keyboard, one page a line, and the pack of one taken along."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import expect

from performance.audit import services as audit
from performance.audit.models import AuditTest
from performance.claims import services
from performance.claims.reviewing import localities_of, review_claims
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work import services as work
from tests.browser.looking import LAPTOP, check
from tests.performance.claims.factories import (
    CLAIM_ON,
    confirm_everything,
    family_with_a_result,
    files_that_cover_everything,
)
from tests.slf.accounts.recently import signed_in_recently

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LINES = 30
ONE_LINE = ("Tab", "Space", "Tab", "Tab", "Space", "Tab", "Tab", "Space", "Enter")
"""From the sheet: three answers, over the notes between them, and sent from the last."""


@pytest.fixture
def auditor(committed, post, everything, charnwood, monkeypatch):
    """Return the auditor of a run of thirty lines, all of them in the sample."""

    def make():
        data, manager, auditor = post(Role.DATA), post(Role.MANAGER), post(Role.AUDITOR)
        confirm_everything(by=data, second=everything)
        return data, manager, auditor

    data, manager, auditor = committed(make)
    for _ in range(LINES):
        family_with_a_result(by=everything)
    files_that_cover_everything(by=everything)
    with acting_as(data):
        run = services.prepare_run("P1", by=data, claim_on=CLAIM_ON)
        work.run(run.job.uid)
    with acting_as(manager), transaction.atomic():
        for each in localities_of(run, by=manager):
            run = review_claims(run, locality=each.locality, agreed=True, by=manager)
    monkeypatch.setattr("performance.audit.services.value_of", lambda setting, on: 100)
    with acting_as(auditor):
        audit.draw_sample(run, seed="7 3 5", by=auditor)
    return auditor, run


@pytest.fixture
def page(device, line, auditor):
    client = Client()
    client.force_login(auditor[0], backend="django.contrib.auth.backends.ModelBackend")
    signed_in_recently(client, auditor[0])
    laptop = device()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": line.url}
    laptop.context.add_cookies([cookie])
    return laptop.page(LAPTOP)


class TestTheSheet:
    def test_of_thirty_lines_is_filled_by_keyboard_and_a_pack_taken(self, page, line, auditor):
        _, run = auditor
        page.goto(f"{line.url}/performance/claims/{run.uid}/sample/")
        expect(page.get_by_text("7 3 5").first).to_be_visible()
        check(page)
        page.get_by_role("button", name="Test the next line").click()
        check(page)
        with page.expect_download() as started:
            page.get_by_role("link", name="with the case and judgement (ZIP)").click()
        assert started.value.suggested_filename.endswith(".zip")
        page.goto(f"{page.url}#sheet")
        for number in range(1, LINES + 1):
            expect(page.get_by_text(f"Line {number} of {LINES}, {number - 1} tested.")).to_be_visible()
            page.wait_for_load_state()  # only then does the next key start at the sheet
            for key in ONE_LINE:
                page.keyboard.press(key)
        expect(page.get_by_role("button", name="Give your opinion")).to_be_visible()
        with transaction.atomic():
            assert AuditTest.objects.filter(run=run, result="passed").count() == LINES
        page.goto(f"{line.url}/performance/claims/{run.uid}/population/")
        check(page)
