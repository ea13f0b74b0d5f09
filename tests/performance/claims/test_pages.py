"""A claim from prepared to paid, on the pages its five people see."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from performance.audit.models import AuditTest
from performance.claims.models import ClaimRun, Judged
from performance.claims.rules import State
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from tests.performance.audit.sheets import posted, unsupported
from tests.performance.claims.factories import already, family_with_a_result, sign_off_warnings
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(charnwood, everything):
    return family_with_a_result(by=everything)


@pytest.fixture
def run(family, prepare):
    return prepare()


@pytest.fixture
def door(signed_in):
    """Return ``door(user)``: a client whose person signed in just now."""
    return lambda user: signed_in_recently(signed_in(user), user)


def ask(client, name, row, body=None, **more):
    address = reverse(f"performance:{name}", args=[row.uid, *more.values()])
    with acting_as(None):
        return client.post(address, body) if body is not None else client.get(address)


def state_of(run) -> str:
    with transaction.atomic():
        return ClaimRun.objects.get(pk=run.pk).state


def sampled(run) -> AuditTest:
    with transaction.atomic():
        return AuditTest.objects.get(run=run)


class TestTheFivePeople:
    def test_take_a_claim_from_prepared_to_submitted(self, run, office, door):
        data, auditor, head, sro = (door(each) for each in (office.data, office.auditor, office.head, office.sro))
        ask(door(office.manager), "review_claims", run, {"agreed": "yes"}, slug="charnwood")
        assert state_of(run) == State.REVIEWED
        sign_off_warnings(run, by=office.head)
        ask(auditor, "draw_sample", run, {})
        ask(auditor, "audit_test", sampled(run), posted())
        ask(auditor, "pass_run", run, {"level": "full"})
        assert state_of(run) == State.AUDITED
        ask(head, "sign_run", run, {})
        assert state_of(run) == State.AUDITED
        ask(head, "sign_run", run, {"declared": "on"})
        assert state_of(run) == State.SIGNED
        ask(sro, "certify_run", run, {"declared": "on"})
        assert state_of(run) == State.CERTIFIED
        ask(data, "submit_run", run, {})
        assert state_of(run) == State.SUBMITTED

    def test_see_the_same_families_and_claims(self, run, family, office, door):
        for person in (office.data, office.manager, office.auditor, office.head):
            answer = ask(door(person), "claim_run", run)
            opened = [] if person == office.auditor else [family.reference]  # nothing is sampled yet
            assert [row.reference for row in answer.context["page"]] == opened
            listed = ask(door(person), "claims", run)
            assert [claim.reference for claim in listed.context["page"]] == [family.reference]

    @pytest.mark.parametrize(
        "act", ["draw_sample", "pass_run", "sign_run", "certify_run", "submit_run", "withdraw_run"]
    )
    def test_prove_who_they_are_before_they_act(self, run, office, signed_in, act):
        theirs = {"sign_run": office.head, "certify_run": office.sro, "withdraw_run": office.data}
        person = theirs.get(act, office.data if act == "submit_run" else office.auditor)
        answer = ask(signed_in(person), act, run, {})
        assert answer.status_code == 302
        assert state_of(run) == State.PREPARED

    def test_are_offered_only_their_own_next_step(self, run, office, door):
        assert ask(door(office.data), "claim_run", run).context["actions"] == {"withdraw"}
        assert ask(door(office.auditor), "claim_run", run).context["actions"] == set()
        seen = ask(door(office.manager), "claim_run", run)
        assert [str(each.locality) for each in seen.context["to_review"]] == ["Charnwood"]
        assert ask(door(office.head), "claim_run", run).context["actions"] == set()


class TestTheAuditor:
    @pytest.fixture
    def test_row(self, run, office, door, review):
        review(run)
        ask(door(office.auditor), "draw_sample", run, {})
        return sampled(run)

    def test_reads_the_judgement_and_its_evidence_once_it_is_sampled(self, run, office, door, family, review):
        with transaction.atomic():
            row = Judged.objects.get(run=run)
        assert ask(door(office.auditor), "judged", row).status_code == 404
        review(run)
        ask(door(office.auditor), "draw_sample", run, {})
        with transaction.atomic():
            row = Judged.objects.get(run=run)
        answer = ask(door(office.auditor), "judged", row)
        assert answer.status_code == 200
        assert answer.context["same"]
        assert family.reference in answer.content.decode()

    def test_leaves_a_look_on_the_familys_record(self, test_row, office, door, family):
        ask(door(office.auditor), "audit_test", test_row)
        with transaction.atomic():
            assert View.objects.filter(user=office.auditor, family_id=family.pk, what__startswith="Audit test").exists()

    def test_says_why_evidence_does_not_support_a_claim(self, test_row, office, door):
        answer = ask(door(office.auditor), "audit_test", test_row, posted(unsupported(" ")))
        assert answer.context["form"].errors["evidence_note"] == ["Say what is missing or does not apply"]

    def test_is_told_that_what_was_found_is_saved(self, test_row, family, run, office, door):
        auditor = door(office.auditor)
        ask(auditor, "audit_test", test_row, posted())
        said = ask(auditor, "claim_run", run).content.decode()
        assert f"What you found about {family.reference} is saved." in said

    def test_passes_nothing_untested(self, test_row, run, office, door):
        assert ask(door(office.auditor), "pass_run", run, {"level": "full"}).status_code == 422
        assert state_of(run) == State.SAMPLED


class TestAJudgement:
    @pytest.fixture
    def row(self, run):
        with transaction.atomic():
            return Judged.objects.get(run=run)

    def test_downloaded_gives_the_same_digest_on_the_command_line(self, row, office, door, tmp_path):
        file = tmp_path / "case.json"
        file.write_bytes(ask(door(office.data), "case_file", row).content)
        said = StringIO()
        call_command("judge", str(file), stdout=said)
        assert json.loads(said.getvalue())["digest"] == f"sha256:{row.digest}"

    def test_says_who_each_question_is_about_and_where_it_was_recorded(self, row, office, door):
        steps = ask(door(office.data), "judged", row).context["found"]["trace"]
        assert any(step["who"] for step in steps)
        assert any("recorded on 22 December 2012" in line for step in steps for line in step["evidence"])

    def test_names_no_code_of_a_component_or_an_answer(self, row, office, door):
        page = ask(door(office.data), "judged", row).content.decode()
        for code in ("crime_asb_education", "progress_to_work", "not_known", "not_met"):
            assert f">{code}" not in page


class TestTheSubmissionFile:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_is_not_given_before_the_claim_is_certified(self, run, office, door, form):
        assert ask(door(office.data), "submission", run, form=form).status_code == 409

    def test_holds_a_row_a_claim_and_no_name(self, run, family, office, door):
        already(run, State.CERTIFIED)
        content = ask(door(office.data), "submission", run, form="csv").content.decode("utf-8-sig")
        assert family.reference in content
        assert family.name not in content
        assert content.count("\n") == 2


class TestPreparing:
    def test_the_same_day_twice_leads_to_the_first_and_says_who_has_done_it(self, run, office, post, door):
        second = door(post(Role.DATA))
        body = {"scheme": "P1", "claim_on_day": "15", "claim_on_month": "10", "claim_on_year": "2014"}
        with acting_as(None):
            answer = second.post("/performance/claims/new/", body)
        assert answer["Location"] == run.get_absolute_url()
        assert f"prepared by {office.data}" in ask(second, "claim_run", run).content.decode()

    @pytest.mark.parametrize("role", [Role.FSW, Role.SENIOR, Role.BUSINESS])
    def test_is_nobody_elses_job(self, role, post, charnwood, signed_in):
        with acting_as(None):
            assert signed_in(post(role, charnwood)).get("/performance/claims/").status_code == 403
