"""Progress worked out by night: what the worker reads, what went back, and a worker of the queue that dies."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from families.facts.models import Fact
from performance.monitoring import jobs, services, working_out
from performance.monitoring.models import Expected, Monitored
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.work import services as work
from tests.performance.claims.factories import CLAIM_ON, family_with_a_result

pytestmark = pytest.mark.django_db(transaction=True)


def by_night() -> dict:
    """Work out every family, as the night does; return what its job counted."""
    job = work.run(services.work_out_by_night().uid)
    with acting_as(job.asked_by), transaction.atomic():
        job.refresh_from_db()
        assert job.state == "done", job.error
        return job.result


@pytest.fixture
def family(officer, everything, charnwood):
    return family_with_a_result(by=everything, locality=charnwood)


def hold(family, worker, *, by) -> None:
    with acting_as(by), transaction.atomic():
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=by)


def row_of(family, user) -> Monitored:
    with acting_as(user), transaction.atomic():
        return Monitored.objects.visible_to(user).get(family=family)


def test_the_night_works_out_each_family_and_what_it_brings(family, officer, everything):
    assert by_night() == {"families": 1}
    row = row_of(family, officer)
    (together,) = [each for each in row.results if each["code"] == "crime_asb_education"]
    assert (together["answer"], together["earliest"]) == ("met", CLAIM_ON.isoformat())
    assert "good for three terms" in together["lines"][0]["said"]
    with acting_as(officer), transaction.atomic():
        coming = Expected.objects.visible_to(officer).get(component="crime_asb_education")
        assert (coming.amount, coming.window_to) == (Decimal("1400.00"), date(2015, 2, 28))


def test_a_worker_reads_it_and_the_forecast_says_when(family, officer, everything, post, charnwood, signed_in):
    by_night()
    worker, manager = post(Role.FSW, charnwood), post(Role.MANAGER, charnwood)
    address = reverse("performance:monitored", args=[family.uid])
    assert signed_in(worker).get(address).status_code == 404
    hold(family, worker, by=everything)
    page = signed_in(worker).get(address).content.decode()
    assert "School attendance has been good for three terms." in page
    assert signed_in(worker).get(reverse("performance:monitoring")).status_code == 403
    told = signed_in(manager).get(reverse("performance:monitoring")).content.decode()
    assert "1 October 2014 to 28 February 2015" in told
    assert "£1,400" in told


def test_what_went_back_waits_for_the_worker_until_it_is_read(family, officer, everything, post, charnwood, signed_in):
    by_night()
    with acting_as(officer), transaction.atomic():
        Monitored.objects.filter(family=family).update(went_back=["Work did not go on."], went_back_on=CLAIM_ON)
    worker = post(Role.FSW, charnwood)
    hold(family, worker, by=everything)
    client = signed_in(worker)
    assert "Work did not go on." in client.get(reverse("home")).content.decode()
    client.post(reverse("performance:read_what_went_back", args=[family.uid]))
    assert "Work did not go on." not in client.get(reverse("home")).content.decode()
    assert row_of(family, officer).read_by == worker


def test_a_step_back_is_found_the_night_after(family, officer, everything):
    by_night()
    with acting_as(everything), transaction.atomic():
        last = Fact.objects.filter(family=family, kind="attendance_term").order_by("-period").first()
        Fact.objects.create(
            family=family, person_id=last.person_id, kind=last.kind, period=last.period, source=last.source,
            agency=last.agency, value=last.value | {"unauthorised": 60}, source_name="Corrected",
            about_key=last.about_key, source_key=f"{last.source_key}:2", recorded_on=CLAIM_ON,
            recorded_by=everything, supersedes=last,
        )  # fmt: skip
        cases = list(working_out.attached_after(0, by=everything, on=CLAIM_ON))
    with acting_as(officer), transaction.atomic():
        working_out.work_out(cases, working_out.Book(by=officer, on=CLAIM_ON))
    row = row_of(family, officer)
    assert "School attendance was good and is not any more." in row.went_back
    assert row.went_back_on == CLAIM_ON
    assert not row.is_read


def test_a_worker_that_dies_leaves_each_family_to_be_worked_out_once(family, officer, everything, monkeypatch):
    second = family_with_a_result(by=everything)
    monkeypatch.setattr(working_out, "SIZE", 1)
    whole, calls = jobs.work_out, []

    def dies(cases, book):
        calls.append(cases)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(cases, book)

    monkeypatch.setattr(jobs, "work_out", dies)
    job = services.work_out_by_night()
    with pytest.raises(KeyboardInterrupt):
        work.run(job.uid)
    with acting_as(officer), transaction.atomic():
        assert Monitored.objects.count() == 1
    with acting_as(job.asked_by), transaction.atomic():
        type(job).objects.filter(pk=job.pk).update(heartbeat_at="2000-01-01T00:00:00Z")
    work.run(job.uid)
    with acting_as(officer), transaction.atomic():
        assert set(Monitored.objects.values_list("family_id", flat=True)) == {family.pk, second.pk}
    assert len(calls) == 3
