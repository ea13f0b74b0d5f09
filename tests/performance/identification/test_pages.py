"""The page of identification, its file and its API: lists and no way to a record."""

import csv

import pytest
from django.db import transaction
from django.urls import reverse

from performance.identification.models import IdentificationRun
from slf.access.acting import acting_as
from slf.access.models import View
from tests.performance.identification.factories import family_with, look, rows_of_a_stranger
from tests.performance.identification.test_identification import ATTACHED
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(officer, everything):
    family_with("asb", "work", "concern", by=everything, attached_on=ATTACHED)
    family_with("asb", "work", by=everything, attached_on=ATTACHED)
    family_with("asb", "work", by=everything)
    rows_of_a_stranger(by=everything)
    return look(officer)


def test_a_data_officer_reads_the_lists_and_takes_them_as_a_file(
    run, officer, signed_in, api, django_assert_max_num_queries
):
    client = signed_in(officer)
    with django_assert_max_num_queries(40):
        page = client.get(reverse("performance:identification")).content.decode()
    for said in ("Found is not supported", "Eligible and worked with", "asb.csv, line 50", "deleted for good on"):
        assert said in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "/families/" not in main
    filtered = client.get(run.get_absolute_url(), {"scheme": "P1", "locality": "melton"}).content.decode()
    assert "No family is on this list with this filter" in filtered
    assert client.get(run.get_absolute_url(), {"scheme": "P9"}).status_code == 404
    with acting_as(officer):
        told = (
            signed_in_recently(api(officer), officer)
            .get(reverse("api-identified", args=[run.uid]), {"place": "found"})
            .json()
        )
    assert [row["place"] for row in told["results"]] == ["found"]
    signed_in_recently(client, officer)
    answer = client.get(reverse("performance:identification_csv", args=[run.uid]))
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert sorted(row["List"] for row in rows) == sorted(
        ["Eligible and worked with", "One fact away", "Found, not worked with", "Found, not worked with"]
    )
    with acting_as(officer), transaction.atomic():
        looked = View.objects.filter(user=officer, what__endswith="as a file").get()
        assert len(looked.family_ids) == 3


def test_a_run_is_begun_once_however_often_the_button_is_pressed(officer, signed_in):
    client = signed_in(officer)
    first = client.post(reverse("performance:look_for_families"))
    again = client.post(reverse("performance:look_for_families"), follow=True)
    assert "running already" in again.content.decode()
    assert "Identification" in client.get(first.url).content.decode()
    with acting_as(officer), transaction.atomic():
        assert IdentificationRun.objects.count() == 1
