"""A list is asked to be taken back, and the manager decides, at a laptop and on the smallest phone, under axe."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework.taking_back.models import TakingBack
from families.needs.services import find_need
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from slf.work.services import run
from tests.browser.looking import LONG, SMALLEST, TOO_WIDE
from tests.browser.test_importing import LAPTOP, barriers
from tests.casework.importing.factories import CASE, DONNA, as_book, made

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("everything"),
]
OTHER = {"Family reference": "CH-015", "Given names": "Kim", "Surname": LONG[:80], "Date of birth": "01/02/1990"}


@pytest.fixture
def people(post, charnwood):
    with transaction.atomic():
        return {"data": post(Role.DATA), "manager": post(Role.MANAGER, charnwood)}


@pytest.fixture
def page_of(chromium, people, live_server):
    contexts = []

    def page_of(name, width):
        client = Client()
        client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": 844})
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        contexts.append(context)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


@pytest.fixture
def file(people, charnwood, everything):
    with acting_as(people["data"]):
        file = made(as_book([DONNA, DONNA | OTHER], [CASE]), locality=charnwood, by=people["data"])
    with transaction.atomic():
        family = Family.objects.get(name="Palmer family")
        find_need(family, kind="crime", evidence="Seen", source="A visit", by=everything, on=today())
    return file


def looks_right(page) -> list:
    return [*barriers(page), *page.evaluate(TOO_WIDE)]


@pytest.mark.parametrize("width", [LAPTOP, SMALLEST])
def test_a_list_is_taken_back_by_two_people(page_of, people, file, width):
    office = page_of("data", width)
    office.goto(file.get_absolute_url())
    office.get_by_role("link", name="Ask for what it made to be taken back").click()
    office.get_by_role("button", name="Ask for it").click()
    assert office.get_by_text("Say why it is to be taken back").first.is_visible()
    assert looks_right(office) == []
    office.get_by_label("Why is it to be taken back?").fill("The wrong file")
    office.get_by_role("button", name="Ask for it").click()
    assert office.get_by_text("The wrong file").is_visible()

    manager = page_of("manager", width)
    manager.goto("/")
    manager.get_by_role("link", name=file.source).click()
    assert manager.get_by_text("A need", exact=True).is_visible()
    assert looks_right(manager) == []
    manager.get_by_role("button", name="Decide").click()
    assert manager.get_by_text("Choose what is decided").first.is_visible()
    assert looks_right(manager) == []
    manager.get_by_label("Take back what nobody has added to").check()
    manager.get_by_role("button", name="Decide").click()
    with acting_as(people["manager"]):
        with transaction.atomic():
            job = TakingBack.objects.select_related("job").get().job
        run(job.uid)
    manager.goto(reverse("casework:takings_back"))
    assert looks_right(manager) == []
    manager.get_by_role("link", name=file.source).click()
    assert manager.get_by_text("Families taken back").is_visible()
    office.goto(file.get_absolute_url())
    assert office.get_by_text("Kept, because something was added: 1.").is_visible()
    assert looks_right(office) == []
