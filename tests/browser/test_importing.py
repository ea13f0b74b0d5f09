"""A list from its file to its report, at a laptop and on the smallest phone, under axe."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casework.importing.models import ImportFile
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work.services import run
from tests.browser.looking import LONG, SMALLEST, TOO_WIDE, barriers
from tests.casework.importing.factories import CASE, DONNA, LIST, TYLER, as_book, as_csv, tried

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("everything"),
]
LAPTOP = 1280


@pytest.fixture
def data(post, charnwood):
    return post(Role.DATA)


@pytest.fixture
def page(chromium, data, live_server):
    client = Client()
    client.force_login(data, backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context(base_url=live_server.url, viewport={"width": LAPTOP, "height": 844})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


def do(data, which: str) -> None:
    """Do what the workers do."""
    with acting_as(data):
        with transaction.atomic():
            job = getattr(ImportFile.objects.get(), which).uid
        run(job)


def send(page, upload) -> None:
    page.goto(reverse("casework:imports"))
    page.get_by_role("link", name="Send the first list").click()
    page.get_by_label("Whose list is it?").select_option("charnwood")
    page.get_by_label("What does the locality call this list?").fill(LIST)
    page.get_by_label("The file").set_input_files(
        {"name": upload.name, "mimeType": "application/octet-stream", "buffer": upload.read()}
    )
    page.get_by_role("button", name="Send and try it").click()


@pytest.mark.parametrize("width", [LAPTOP, SMALLEST])
def test_a_list_is_sent_tried_confirmed_and_made(page, data, charnwood, width):
    page.set_viewport_size({"width": width, "height": 844})
    bad = TYLER | {"Family reference": "CH-015", "Date of birth": "29/02/2013"}
    send(page, as_book([DONNA, TYLER, bad], [CASE]))
    do(data, "check_job")
    page.reload()
    assert page.get_by_text("there is no such day").is_visible()
    assert page.get_by_text("nothing in the service has changed").is_visible()
    page.get_by_role("button", name="Make these").click()
    do(data, "make_job")
    page.goto(page.url)
    assert page.get_by_role("button", name="Download the report").is_visible()
    assert barriers(page) == []
    assert page.evaluate(TOO_WIDE) == []


def test_the_pages_have_no_barrier_and_fit_the_smallest_phone(page, data, charnwood):
    long = {"Surname": LONG[:100], "School": LONG[:100]}
    with acting_as(data):
        file = tried(as_csv(DONNA | long, TYLER | {"Postcode": LONG}), locality=charnwood, by=data)
    names = ["imports", "send_import", "import_columns"]
    wrong = {}
    for address in [*(reverse(f"casework:{name}") for name in names), file.get_absolute_url()]:
        for width in (LAPTOP, SMALLEST):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.goto(address).status == 200, address
            if found := [*barriers(page), *page.evaluate(TOO_WIDE)]:
                wrong[address, width] = found
    assert wrong == {}
