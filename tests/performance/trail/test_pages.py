"""What internal audit, the office and an administrator see of the trail."""

import pytest
from django.db import transaction

from performance.home.trail import FAILED
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.work import services as work
from slf.work.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def ask(client, address: str, method: str = "get"):
    with acting_as(None):
        return getattr(client, method)(address)


def test_an_auditor_has_it_verified_and_reads_who_did(run, office, signed_in):
    client = signed_in(office.auditor)
    assert "Not verified yet" in ask(client, "/performance/trail/").content.decode()
    ask(client, "/performance/trail/verify/", "post")
    with acting_as(office.auditor):
        with transaction.atomic():
            job = Job.objects.get(kind="trail.verify")
        work.run(job.uid)
    page = ask(client, "/performance/trail/").content.decode()
    assert "everything was as it was written" in page
    assert str(office.auditor) in page


def test_who_has_to_look_reads_of_it_on_their_day(run, office, post, signed_in, past_the_service, found):
    admin = post(Role.ADMIN)
    past_the_service("update performance_claim set amount = 1")
    assert found()
    for user in (office.auditor, admin):
        assert FAILED in ask(signed_in(user), "/").content.decode()
    assert "Different: amount" in ask(signed_in(office.auditor), "/performance/trail/").content.decode()
    page = ask(signed_in(admin), "/performance/trail/").content.decode()
    assert "Tell internal audit" in page
    assert "Different: amount" not in page


def test_the_office_reads_what_happened_to_a_run(signed, office, signed_in, api):
    page = ask(signed_in(office.head), f"/performance/trail/{signed.uid}/").content.decode()
    assert all(said in page for said in ("Prepared, being reviewed", "Sample drawn", "Signed"))
    told = ask(api(office.data), f"/api/v1/claim-runs/{signed.uid}/trail/").json()["results"]
    assert [each["what"] for each in told][:2] == ["Being prepared", "Prepared, being reviewed"]
    assert all(after["previous"] for after in told[1:])


def test_a_program_of_the_auditor_reads_the_verifications(run, office, api, found):
    assert found() == []
    (check,) = ask(api(office.auditor), "/api/v1/trail-checks/").json()["results"]
    assert (check["holds"], check["by"], check["runs"]) == (True, "The service, by its clock", 1)
