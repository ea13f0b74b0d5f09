"""The data office's pages on the smallest phone and under axe: files, one file, sending one, evidence."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from families.hub.models import FeedFile
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.browser.looking import LONG, SMALLEST, TOO_WIDE, barriers
from tests.factories import MembershipFactory
from tests.families.hub.factories import ATTENDANCE, as_csv, load, send_again

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
def addresses(data):
    """The pages, with a file that came twice and holds a row of each state, the name of a school without end."""
    pupil = MembershipFactory(part="child", person__upn=ATTENDANCE["UPN"], person__born_on="2000-09-01")
    first, corrected = ATTENDANCE | {"School": LONG}, ATTENDANCE | {"School": LONG, "Attended sessions": "99"}
    sent = [first, corrected, ATTENDANCE | {"UPN": "Z1"}, ATTENDANCE | {"Term": LONG}]
    with acting_as(data):
        load(as_csv(sent), by=data)
        send_again(as_csv(sent), by=data)
        with transaction.atomic():
            file = FeedFile.objects.get().get_absolute_url()
            evidence = reverse("families:evidence", args=[pupil.family.uid])
    return [reverse("families:feed_files"), reverse("families:send_feed_file"), file, f"{file}?state=unmatched",
            f"{file}?state=failed", evidence, "/"]  # fmt: skip


@pytest.fixture
def page(chromium, data, live_server):
    client = Client()
    client.force_login(data, backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context(base_url=live_server.url, viewport={"width": LAPTOP, "height": 844})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


class TestThePagesOfTheDataOffice:
    def test_have_no_barrier_and_fit_the_smallest_phone(self, page, addresses):
        wrong = {}
        for address in addresses:
            for width in (LAPTOP, SMALLEST):
                page.set_viewport_size({"width": width, "height": 844})
                assert page.goto(address).status == 200, address
                if found := [*barriers(page), *page.evaluate(TOO_WIDE)]:
                    wrong[address, width] = found
        assert wrong == {}

    def test_ask_in_which_localities_an_agency_searched_only_when_it_was_not_the_county(self, page, data):
        page.goto(reverse("families:send_feed_file"))
        page.get_by_label("In some localities only").check()
        assert page.get_by_label("Melton", exact=True).is_visible()
        page.get_by_role("button", name="Send the file").click()
        assert page.get_by_role("link", name="Select the localities it searched").is_visible()
        assert barriers(page) == []
        page.get_by_label("In the whole county").check()
        assert not page.get_by_label("Melton", exact=True).is_visible()
