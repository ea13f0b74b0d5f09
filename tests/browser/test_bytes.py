"""What "Record a visit" costs on a bad signal: counted on the line, served as in production."""

import pytest
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect

from slf.access.acting import acting_as
from slf.drafts.services import start_draft
from tests.browser.line import Line

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, REPEAT = 100 * 1024, 10 * 1024


@pytest.fixture
def line(settings, tmp_path, worker):
    """A line to a service whose files are named after their content, compressed, and kept by browsers."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "slf.web.static_files.HashedFiles"}}
    call_command("collectstatic", "--noinput", verbosity=0)
    service = LiveServerThread("localhost", static_handler=lambda application: application)
    service.daemon = True
    service.start()
    service.is_ready.wait()
    line = Line(service.port)
    yield line
    line.close()
    service.terminate()


class TestRecordingAVisitOnABadSignal:
    def test_loads_100_kilobytes_the_first_time_and_10_after_that(self, device, line, worker, jacksons, committed):
        def make():
            with acting_as(worker):
                return start_draft("visit", by=worker, family=jacksons)

        address = f"{line.url}{committed(make).get_absolute_url()}"
        phone = device()
        phone.sign_in(worker)
        first, repeat = (self.load(phone, line, address) for _ in range(2))
        print(f"Record a visit: {first:,} bytes the first time, {repeat:,} again")  # noqa: T201
        assert first <= FIRST
        assert repeat <= REPEAT

    def load(self, phone, line, address) -> int:
        """Open the page on the device until everything has settled, service worker included; return the bytes."""
        before = line.received
        page = phone.page()
        page.goto(address)
        page.locator("form[data-ready]").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_timeout(1500)
        expect(page.get_by_role("button", name="Save visit")).to_be_visible()
        page.close()
        return line.received - before
