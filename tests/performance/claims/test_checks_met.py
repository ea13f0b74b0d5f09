"""The checks where a run meets them: a line that one keeps out, a run that one stops, pages and API."""

from html import unescape

import pytest
from django.db import transaction
from django.urls import reverse

from performance.claims import judging
from performance.claims.checking import Places, checks_of
from performance.claims.checks import CHECKS, Checked, State, kept_out
from performance.claims.models import Judged
from performance.claims.putting_names import sign_run
from performance.claims.rules import State as RunState
from slf.access.acting import acting_as
from slf.web.errors import NotAllowed
from tests.performance.claims.factories import already, family_with_a_result
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)
RESULT = "crime_asb_education"


@pytest.fixture
def family(charnwood, everything):
    return family_with_a_result(by=everything)


def line_of(run, *, by):
    with acting_as(by), transaction.atomic():
        row = Judged.objects.visible_to(by).select_related("run").get(run=run)
        return checks_of(row, run, Places(by, [row.family_id]))[RESULT]


class TestALine:
    def test_that_is_claimed_shows_what_passed_and_what_nobody_knows(self, family, prepare, claims, office):
        run = prepare()
        line = line_of(run, by=office.data)
        states = {each.number: each.state for each in line.told}
        assert len(claims(run)) == 1
        assert not line.keeps_out
        assert states[4] == states[26] == states[27] == "passed"
        assert states[13] == "warns"
        assert states[11] == "not_asked"

    def test_that_a_check_blocks_is_not_claimed(self, family, prepare, claims, monkeypatch):
        def one_blocks(line):
            assert kept_out(line) == []
            return [Checked(CHECKS[0], State.BLOCKS, "Made for the test")]

        monkeypatch.setattr(judging, "beforehand", one_blocks)
        assert claims(prepare()) == []

    def test_leads_to_the_evidence_only_who_may_open_it(self, family, prepare, office):
        run = prepare()
        of_data, of_auditor = (line_of(run, by=person) for person in (office.data, office.auditor))
        evidence = reverse("families:evidence", args=[family.uid])
        assert next(each.href for each in of_data.told if each.number == 1) == evidence
        assert next(each.href for each in of_auditor.told if each.number == 1) == ""


class TestARun:
    @pytest.fixture
    def unconfirmed(self):
        return ("P1-C-5-5",)

    def test_outside_a_window_that_somebody_confirmed_is_not_signed(self, family, prepare, office):
        run = prepare()
        already(run, RunState.AUDITED)
        with acting_as(office.head), pytest.raises(NotAllowed, match="the claim window P1-C-5-5 have no source"):
            sign_run(run, by=office.head)


class TestPagesAndApi:
    def test_say_the_same(self, family, prepare, office, signed_in):
        run = prepare()
        client = signed_in_recently(signed_in(office.data), office.data)
        with acting_as(None):
            (row,) = client.get(reverse("api-judged", args=[run.uid])).json()["results"]
            page = unescape(client.get(reverse("performance:judged", args=[row["uid"]])).content.decode())
            of_run = client.get(reverse("api-run-checks", args=[run.uid])).json()
            on_run = client.get(run.get_absolute_url()).content.decode()
        told = next(each for each in row["checks"] if each["component"] == RESULT)
        asked = [each for each in told["checks"] if each["state"] != "not_asked"]
        assert all(f"{each['number']}. {each['asks']}" in page for each in asked)
        assert "the result was found in data only." in page
        assert [each["number"] for each in of_run] == [20, 22, 23, 24]
        assert "Internal audit has not passed this run." in on_run
