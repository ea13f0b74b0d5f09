"""The same verbs for programs, under the same rules."""

import pytest
from django.db import transaction
from django.urls import reverse

from performance.audit.models import AuditTest
from performance.claims.models import ClaimRun
from performance.claims.rules import State
from slf.access.acting import acting_as
from slf.access.models import View
from tests.performance.audit.sheets import posted
from tests.performance.claims.factories import family_with_a_result, sign_off_warnings
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(charnwood, everything):
    return family_with_a_result(by=everything)


@pytest.fixture
def run(family, prepare):
    return prepare()


@pytest.fixture
def program(api):
    """Return ``program(user)``: a client whose person signed in just now."""
    return lambda user: signed_in_recently(api(user), user)


def act(client, run, verb, body=None):
    with acting_as(None):
        return client.post(f"/api/v1/claim-runs/{run.uid}/{verb}/", body or {}, format="json")


def read(client, address):
    with acting_as(None):
        return client.get(f"/api/v1/{address}")


class TestAVerb:
    @pytest.mark.parametrize("verb", ["draw-sample", "pass", "sign", "certify", "submit", "withdraw"])
    def test_wants_a_person_who_signed_in_just_now(self, run, office, api, verb):
        theirs = {"sign": office.head, "certify": office.sro, "withdraw": office.data, "submit": office.data}
        answer = act(api(theirs.get(verb, office.auditor)), run, verb)
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
        assert "Prove that it is you" in answer.json()["detail"]
        assert answer.json()["type"] == "urn:slf:problem:prove-first"
        assert answer.json()["address"] == reverse("account_reauthenticate")

    def test_wants_somebody_who_is_signed_in(self, run):
        from rest_framework.test import APIClient

        assert act(APIClient(), run, "sign").status_code in {401, 403}

    def test_that_signed_in_an_hour_ago_is_too_long_ago(self, run, office, api):
        stale = signed_in_recently(api(office.head), office.head, seconds_ago=3600)
        assert act(stale, run, "sign").status_code == 403

    def test_is_one_persons_job(self, run, office, program):
        assert act(program(office.data), run, "draw-sample").status_code == 403
        assert act(program(office.auditor), run, "sign").status_code == 403

    @pytest.mark.parametrize(("verb", "body"), [("sign", {"declared": False}), ("sign", {}), ("withdraw", {})])
    def test_wants_its_answer(self, run, office, program, verb, body):
        person = office.head if verb == "sign" else office.data
        assert act(program(person), run, verb, body).status_code == 400

    def test_out_of_turn_is_a_conflict(self, run, office, program):
        answer = act(program(office.head), run, "sign", {"declared": True})
        assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


class TestAClaim:
    def test_goes_from_prepared_to_submitted(self, run, office, program):
        data, auditor, head = program(office.data), program(office.auditor), program(office.head)
        word = {"locality": "charnwood", "agreed": True}
        assert act(program(office.manager), run, "review", word).json()["state"] == "reviewed"
        (of,) = read(auditor, f"claim-runs/{run.uid}/localities/").json()
        assert (of["locality"], of["lines"], of["review"]["reviewed_by"]) == ("charnwood", 1, str(office.manager))
        sign_off_warnings(run, by=office.head)
        assert act(auditor, run, "draw-sample").json()["state"] == "sampled"
        with transaction.atomic():
            uid = AuditTest.objects.get(run=run).uid
        with acting_as(None):
            assert auditor.patch(f"/api/v1/audit-tests/{uid}/", posted(), format="json").status_code == 200
        assert act(auditor, run, "pass", {"level": "full"}).json()["state"] == "audited"
        assert act(head, run, "sign", {"declared": True}).json()["signed_by"] == str(office.head)
        assert act(program(office.sro), run, "certify", {"declared": True}).json()["state"] == "certified"
        assert act(data, run, "submit").json()["submitted_on"] == "2014-10-15"

    def test_is_listed_with_its_family_for_each_of_its_people(self, run, family, office, program):
        told = {office.data: ("judged", "claims"), office.auditor: ("claims",), office.head: ("judged", "claims")}
        for person, parts in told.items():
            for part in parts:
                answer = read(program(person), f"claim-runs/{run.uid}/{part}/")
                assert [row["family"] for row in answer.json()["results"]] == [family.reference]

    def test_is_read_page_by_page_and_so_logged(self, everything, prepare, office, program):
        first, _ = (family_with_a_result(by=everything) for _ in range(2))
        run = prepare()
        answer = read(program(office.data), f"claim-runs/{run.uid}/judged/?page_size=1")
        assert [row["family"] for row in answer.json()["results"]] == [first.reference]
        with acting_as(office.data), transaction.atomic():
            assert View.objects.get(what__startswith="Judgements listed").family_ids == [first.pk]

    def test_is_prepared_once_for_a_day(self, run, office, program):
        with acting_as(None):
            body = {"scheme": "P1", "claim_on": "2014-10-15"}
            answer = program(office.data).post("/api/v1/claim-runs/", body, format="json")
        assert (answer.status_code, answer.json()["uid"]) == (200, str(run.uid))

    def test_withdrawn_may_be_prepared_again(self, run, office, program, prepare):
        assert act(program(office.data), run, "withdraw", {"reason": "Made by mistake"}).json()["state"] == "withdrawn"
        again = prepare()
        with transaction.atomic():
            assert ClaimRun.objects.get(pk=again.pk).state == State.PREPARED
