import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from families.facts.models import Fact
from performance.audit import services as audit
from performance.audit.models import AuditTest
from performance.claims import services
from performance.claims.frozen import freeze_scheme, judge_again, judgement_in_words, thaw_scheme, whole_case
from performance.claims.models import ClaimedPerson, ClaimRun, Judged
from performance.claims.putting_names import certify_run, sign_run, submit_run
from performance.claims.rules import State
from performance.pbr.schemes import load
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import give_post
from slf.web.errors import Incomplete, NotAllowed, NotForYou
from tests.performance.audit.sheets import SUPPORTED, unsupported
from tests.performance.claims.factories import CLAIM_ON, already, family_with_a_result

pytestmark = pytest.mark.django_db(transaction=True)


def judged(run):
    with transaction.atomic():
        return list(Judged.objects.filter(run=run).select_related("family", "run").order_by("pk"))


class TestPreparingARun:
    def test_judges_every_attached_family_and_claims_what_was_earned(self, prepare, claims, everything):
        earned, still_out = family_with_a_result(by=everything), family_with_a_result(by=everything, improved=False)
        run = prepare()
        assert run.state == State.PREPARED
        assert {(row.family_id, row.answer) for row in judged(run)} == {(earned.pk, "met"), (still_out.pk, "met")}
        (claim,) = claims(run)
        assert (claim.family_id, claim.component, claim.amount) == (earned.pk, "crime_asb_education", 1400)

    def test_says_why_for_each(self, prepare, everything):
        family_with_a_result(by=everything)
        (row,) = judged(prepare())
        trace = judgement_in_words(row, row.run)["trace"]
        assert {"rule", "question", "answer", "reason", "facts", "source", "grade"} <= set(trace[0])

    def test_twice_for_one_day_is_refused(self, prepare, office, everything):
        prepare()
        with acting_as(office.data), pytest.raises(NotAllowed, match="There is a run for 15 October 2014"):
            services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON)


class TestARuleThatNobodyConfirmed:
    @pytest.fixture
    def unconfirmed(self):
        return ("P1-M-2013-CAE",)

    def test_lets_nothing_be_claimed_that_it_decides(self, prepare, claims, everything):
        family_with_a_result(by=everything)
        assert claims(prepare()) == []


class TestAFrozenRun:
    def test_gives_the_same_answer_when_judged_again_though_facts_have_changed(self, prepare, everything):
        family = family_with_a_result(by=everything)
        run = prepare()
        with transaction.atomic():
            old = Fact.objects.filter(family=family, kind="attendance_term").last()
            Fact.objects.create(
                family=family, person=old.person, kind=old.kind, period=old.period, source="feed", agency=old.agency,
                value=old.value | {"unauthorised": 120}, source_name="A correction", about_key=old.about_key,
                source_key="corrected", recorded_on=CLAIM_ON, recorded_by=everything, supersedes=old,
            )  # fmt: skip
        (row,) = judged(run)
        again = judge_again(row, run)
        assert (again.canonical, again.digest) == (row.judgement, row.digest)

    def test_is_judged_the_same_by_the_command_from_its_file(self, prepare, everything, tmp_path, capsys):
        family_with_a_result(by=everything)
        (row,) = judged(prepare())
        file = tmp_path / "case.json"
        file.write_text(json.dumps(whole_case(row, row.run)))
        call_command("judge", str(file))
        again = json.loads(capsys.readouterr().out)
        assert again["digest"] == f"sha256:{row.digest}"

    @pytest.mark.parametrize("table", ["performance_judged", "performance_claim"])
    @pytest.mark.parametrize("change", ["update {} set family_id = family_id", "delete from {}"])
    def test_cannot_be_changed_by_the_application(self, prepare, everything, table, change):
        family_with_a_result(by=everything)
        prepare()
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change.format(table))

    def test_keeps_the_rules_as_they_were(self):
        scheme = load("P1").confirming({"P1-R-ALL": "A letter"})
        assert thaw_scheme(freeze_scheme(scheme)).digest == scheme.digest


class TestASecondClaimForTheSamePeople:
    def test_is_not_made(self, prepare, claims, everything):
        family_with_a_result(by=everything)
        assert len(claims(prepare())) == 1
        assert claims(prepare(date(2014, 10, 14))) == []

    def test_is_refused_by_the_database(self, prepare, claims, everything):
        family_with_a_result(by=everything)
        (claim,) = claims(prepare())
        with transaction.atomic():
            person = ClaimedPerson.objects.filter(claim=claim).first()
        again = {"family_id": person.family_id, "claim_id": claim.pk, "person_id": person.person_id}
        with pytest.raises(IntegrityError, match="performance_claimed_once"), transaction.atomic():
            ClaimedPerson.objects.create(**again, scheme="P1", slot="result")

    def test_may_be_made_after_the_first_run_is_withdrawn(self, prepare, claims, everything, office):
        family_with_a_result(by=everything)
        first = prepare()
        with acting_as(office.data):
            services.withdraw_run(first, reason="Made by mistake", by=office.data)
        assert len(claims(prepare())) == 1


class TestAuditAndSignature:
    @pytest.fixture
    def run(self, prepare, everything):
        for _ in range(2):
            family_with_a_result(by=everything)
        return prepare()

    @pytest.fixture
    def sampled(self, run, office, review):
        with acting_as(office.auditor):
            return audit.draw_sample(review(run), by=office.auditor)

    def sample_of(self, run):
        with transaction.atomic():
            return list(AuditTest.objects.filter(run=run).select_related("run"))

    def record(self, run, result, by, note=""):
        with acting_as(by):
            for test in self.sample_of(run):
                found = SUPPORTED if result == "passed" else unsupported("Missing")
                audit.record_test(test, sheet=found, note=note, by=by)

    def test_are_by_five_people_from_frozen_to_submitted(self, sampled, office):
        self.record(sampled, "passed", office.auditor)
        with acting_as(office.auditor):
            audit.pass_run(sampled, level="full", by=office.auditor)
        with acting_as(office.head):
            sign_run(sampled, by=office.head)
        with acting_as(office.sro):
            certify_run(sampled, by=office.sro)
        with acting_as(office.data):
            run = submit_run(sampled, by=office.data)
        people = (run.prepared_by, run.audited_by, run.signed_by, run.certified_by)
        assert (run.state, *people) == ("submitted", office.data, office.auditor, office.head, office.sro)
        assert run.reviewed_at

    def test_nobody_submits_what_claims_nothing(self, prepare, office):
        run = prepare()
        already(run, State.CERTIFIED)
        with acting_as(office.data), pytest.raises(NotAllowed, match="nothing to submit"):
            submit_run(run, by=office.data)

    def test_a_preparer_draws_no_sample(self, run, office, review):
        with acting_as(office.data), pytest.raises(NotForYou):
            audit.draw_sample(review(run), by=office.data)

    def test_an_auditor_signs_nothing(self, sampled, office):
        self.record(sampled, "passed", office.auditor)
        with acting_as(office.auditor):
            audit.pass_run(sampled, level="full", by=office.auditor)
            with pytest.raises(NotForYou):
                sign_run(sampled, by=office.auditor)

    def test_the_database_refuses_two_parts_for_one_person(self, sampled, office):
        auditor = office.auditor
        self.record(sampled, "passed", auditor)
        with acting_as(auditor):
            audit.pass_run(sampled, level="full", by=auditor)
        give_post(auditor, role=Role.HEAD, locality=None, by=office.head, starts_on=date(2012, 4, 1))
        with acting_as(auditor), pytest.raises(IntegrityError, match="different_people"), transaction.atomic():
            ClaimRun.objects.filter(pk=sampled.pk).update(state=State.SIGNED, signed_by=auditor)

    @pytest.mark.parametrize(
        ("who", "column", "named"),
        [
            ("data", "audited_by_id", "head"),
            ("data", "signed_by_id", "head"),
            ("head", "withdrawn_by_id", "data"),
            ("data", "signed_by_id", "data"),
            ("head", "audited_by_id", "head"),
            ("auditor", "audited_by_id", None),
            ("head", "certified_by_id", "sro"),
            ("head", "certified_by_id", "head"),
            ("auditor", "submitted_by_id", "data"),
        ],
    )
    def test_the_database_takes_nobodys_name_but_of_who_may(self, sampled, office, who, column, named):
        statement = f"update performance_claimrun set {column} = %s"
        refused = pytest.raises(ProgrammingError, match="their own name")
        with acting_as(getattr(office, who)), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [named and getattr(office, named).pk])

    @pytest.mark.parametrize(
        ("who", "change"),
        [
            ("data", "state = 'audited', audited_at = now()"),
            ("head", "state = 'signed', signed_at = now()"),
            ("data", "state = 'signed', signed_at = now()"),
            ("auditor", "state = 'prepared'"),
            ("data", "state = 'paid'"),
            ("data", "state = 'part_paid'"),
            ("data", "state = 'submitted', submitted_on = now()"),
            ("sro", "state = 'certified', certified_at = now()"),
            ("auditor", "reviewed_at = now()"),
            ("data", "seed = 'one that draws what I like'"),
            ("data", "digest = 'another'"),
            ("head", "state = 'withdrawn', withdrawn_because = 'Because'"),
        ],
    )
    def test_the_database_lets_nobody_take_anothers_step(self, sampled, office, who, change):
        refused = pytest.raises(ProgrammingError, match=r"not yours|with its step")
        with acting_as(getattr(office, who)), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update performance_claimrun set {change}")

    @pytest.mark.parametrize("who", ["data", "head"])
    @pytest.mark.parametrize("change", ["result = 'passed'", "note = 'The register has come'", "tested_at = now()"])
    def test_the_database_lets_nobody_say_what_an_auditor_found(self, sampled, office, who, change):
        self.record(sampled, "failed", office.auditor, note="No register was shown")
        refused = pytest.raises(ProgrammingError, match="who drew the sample")
        with acting_as(getattr(office, who)), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update performance_audittest set {change}")

    def test_the_database_lets_no_finding_change_once_the_run_is_passed(self, sampled, office):
        self.record(sampled, "passed", office.auditor)
        with acting_as(office.auditor):
            audit.pass_run(sampled, level="full", by=office.auditor)
            refused = pytest.raises(ProgrammingError, match="who drew the sample")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("update performance_audittest set result = 'failed', note = 'No'")

    def test_a_finding_changes_with_a_reason_and_the_first_one_stays(self, sampled, office):
        self.record(sampled, "failed", office.auditor, note="No register was shown")
        with pytest.raises(Incomplete):
            self.record(sampled, "passed", office.auditor, note="No register was shown")
        self.record(sampled, "passed", office.auditor, note="The register has come")
        with acting_as(office.head), transaction.atomic():
            test, _ = AuditTest.objects.for_list().filter(run=sampled)
            found = [(finding.said, finding.note) for finding in test.findings()]
        assert found == [
            (
                "Evidence does not support the claim",
                "Evidence of the result: Missing. No register was shown",
            ),
            ("Evidence supports the claim", "The register has come"),
        ]

    def test_another_auditor_passes_nothing(self, sampled, office, post):
        self.record(sampled, "passed", office.auditor)
        other = post(Role.AUDITOR)
        with acting_as(other), pytest.raises(NotForYou, match="who drew the sample"):
            audit.pass_run(sampled, level="full", by=other)

    def test_an_untested_sample_passes_nothing(self, sampled, office):
        with acting_as(office.auditor), pytest.raises(Incomplete):
            audit.pass_run(sampled, level="full", by=office.auditor)

    def test_a_failed_test_stops_the_run(self, sampled, office):
        self.record(sampled, "failed", office.auditor, note="No register was shown")
        with acting_as(office.auditor), pytest.raises(NotAllowed, match="limited or no assurance"):
            audit.pass_run(sampled, level="full", by=office.auditor)
        with acting_as(office.auditor):
            audit.pass_run(sampled, level="limited", reason="A register is missing", by=office.auditor)
        with acting_as(office.head), pytest.raises(NotAllowed, match="not supported by its evidence"):
            sign_run(sampled, by=office.head)

    def test_a_run_not_audited_is_not_signed(self, run, office):
        with acting_as(office.head), pytest.raises(NotAllowed):
            sign_run(run, by=office.head)
