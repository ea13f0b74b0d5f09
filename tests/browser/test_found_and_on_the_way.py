"""A data officer looks for families a scheme is for; a senior reads how far a family is. Each on their own pages."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from performance.identification.models import IdentificationRun
from performance.monitoring import services
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work import services as work
from tests.browser.looking import LAPTOP, check, press
from tests.performance.claims.factories import (
    CLAIM_ON,
    confirm_everything,
    family_with_a_result,
    files_that_cover_everything,
)
from tests.performance.identification.factories import family_with, rows_of_a_stranger

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(committed, post, everything, charnwood, settings):
    """Data officer and senior, with files received and the rules confirmed."""
    settings.SERVICE_DATE = CLAIM_ON.isoformat()

    def make():
        people = {Role.DATA: post(Role.DATA), Role.SENIOR: post(Role.SENIOR, charnwood)}
        confirm_everything(by=people[Role.DATA], second=everything)
        return people

    made = committed(make)
    files_that_cover_everything(by=everything)
    return made


def test_one_finds_and_another_follows(people, everything, charnwood, device, line, committed):
    family_with("asb", "work", by=everything)
    rows_of_a_stranger(by=everything)
    family = family_with_a_result(by=everything, locality=charnwood)
    officer, senior = device(), device()
    officer.sign_in(people[Role.DATA])
    page = officer.page(LAPTOP)
    page.goto(f"{line.url}{reverse('performance:identification')}")
    check(page)
    press(page, "Look again now")
    page.wait_for_url("**/identification/*-*/")
    with acting_as(people[Role.DATA]):
        run = committed(lambda: IdentificationRun.objects.select_related("job").latest("pk"))
        work.run(run.job.uid)
    page.reload()
    expect(page.get_by_role("heading", name="Found, not worked with")).to_be_visible()
    check(page)

    work.run(services.work_out_by_night().uid)
    senior.sign_in(people[Role.SENIOR])
    page = senior.page(LAPTOP)
    page.goto(f"{line.url}{reverse('performance:monitoring')}")
    check(page)
    page.get_by_role("link", name=family.reference).first.click()
    expect(page.get_by_text("School attendance has been good for three terms.").first).to_be_visible()
    check(page)
