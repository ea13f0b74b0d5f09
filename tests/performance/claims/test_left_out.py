"""What may not be used for a claim on the day it is prepared is in no claim, and the run says so."""

import json

import pytest
from django.db import transaction
from django.urls import reverse

from performance.claims.frozen import judge_again
from performance.claims.models import Judged
from tests.families.register.factories import close_basis, close_gateway
from tests.performance.claims.factories import family_with_a_result

pytestmark = pytest.mark.django_db(transaction=True)


def judged(run) -> Judged:
    with transaction.atomic():
        return Judged.objects.select_related("run").get(run=run)


def kinds_in(run, *, of_the_record: bool = False) -> set[str]:
    facts = json.loads(judged(run).case)["facts"]
    return {fact["kind"] for fact in facts if fact["id"].startswith("record:") is of_the_record}


def close_schools(purpose="claim") -> None:
    with transaction.atomic():
        close_gateway("schools", "education", purpose)


class TestARunPreparedWithoutAGateway:
    @pytest.fixture
    def run(self, everything, prepare):
        family_with_a_result(by=everything)
        close_schools()
        return prepare()

    def test_uses_no_fact_that_came_by_it_and_claims_nothing_by_it(self, run, claims):
        assert kinds_in(run) == {"asb_intervention", "benefit_spell"}
        assert claims(run) == []

    def test_says_what_was_left_out_and_why_on_its_page_and_to_programs(self, run, office, signed_in, api):
        text = " ".join(signed_in(office.data).get(run.get_absolute_url()).content.decode().split())
        sentence = "There is no gateway today by which Schools and academies shares school attendance and exclusion"
        assert f"School attendance for a term: 6. {sentence}" in text
        (told,) = api(office.data).get(reverse("api-claim-run", args=[run.uid])).json()["left_out"]
        assert (told["kind"], told["agency"], told["number"]) == ("attendance_term", "schools", 6)

    def test_rests_on_no_silence_of_a_file_that_came_by_it(self, everything, prepare):
        family_with_a_result(by=everything)
        with transaction.atomic():
            close_gateway("csp", "asb", "claim")
        shared = json.loads(prepare().shared)
        assert not [fact for fact in shared["facts"] if fact["value"]["for"] == "asb_intervention"]
        assert any("may not be used for a claim" in doubt for doubt in shared["files"])


class TestARunPreparedWithoutALawfulBasis:
    def test_uses_no_fact_of_the_category(self, everything, prepare, claims):
        family_with_a_result(by=everything)
        with transaction.atomic():
            close_basis("asb", "claim")
        run = prepare()
        assert "asb_intervention" not in kinds_in(run)

    def test_uses_nothing_of_the_familys_record_and_says_so(self, everything, prepare):
        family_with_a_result(by=everything)
        with transaction.atomic():
            close_basis("concern", "claim")
        run = prepare()
        assert kinds_in(run, of_the_record=True) == set()
        assert any("What the service itself found" in doubt for doubt in json.loads(run.shared)["files"])


class TestARunPreparedWhileAllWasWell:
    @pytest.fixture
    def run(self, everything, prepare):
        family_with_a_result(by=everything)
        return prepare()

    def test_says_that_nothing_was_left_out(self, run, office, signed_in):
        assert "Left out" not in signed_in(office.data).get(run.get_absolute_url()).content.decode()

    def test_never_changes_when_the_gateway_ends(self, run, claims):
        (claim,) = claims(run)
        close_schools()
        row = judged(run)
        assert judge_again(row, row.run).canonical == row.judgement
        assert claims(run) == [claim]

    def test_is_as_it_was_when_the_gateway_for_working_with_the_family_had_ended(self, everything, prepare, claims):
        family_with_a_result(by=everything)
        close_schools("support")
        assert len(claims(prepare())) == 1
