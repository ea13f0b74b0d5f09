"""A run as a whole: nothing in it is lost, altered or claimed twice, whoever may see its families by now."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from families.hub.models import FeedFile, FeedRow
from families.hub.rules import State as RowState
from families.merging.services import merge_people
from families.people.models import Family
from performance.audit import services as audit
from performance.audit.models import AuditTest
from performance.claims import services, whole_run
from performance.claims.frozen import doubts_about_files, judge_again
from performance.claims.models import Claim, ClaimedPerson, ClaimRun, Judged
from performance.claims.putting_names import certify_run, sign_run
from performance.claims.rules import State
from performance.claims.submission import submission_rows
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import NotAllowed
from slf.work import services as work
from slf.work.models import Job
from slf.work.services import promise
from tests.at_once import at_once
from tests.database import owner
from tests.factories import MembershipFactory
from tests.performance.audit.sheets import SUPPORTED
from tests.performance.claims.factories import CLAIM_ON, fact, family_with_a_result

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(run) -> ClaimRun:
    with transaction.atomic():
        return ClaimRun.objects.get(pk=run.pk)


def closed_to_the_office(family, *, named, by) -> None:
    with acting_as(by), transaction.atomic():
        restrict_family(Family.objects.get(pk=family.pk), to=[(named, Role.FSW)], by=by)


@pytest.fixture
def audited(prepare, office, review, everything):
    """Return ``(run, family)``: a run passed by internal audit, and the one family it claims for."""
    family = family_with_a_result(by=everything)
    run = review(prepare())
    with acting_as(office.auditor):
        audit.draw_sample(run, by=office.auditor)
        with transaction.atomic():
            (test,) = AuditTest.objects.filter(run=run).select_related("run")
        audit.record_test(test, sheet=SUPPORTED, by=office.auditor)
        audit.pass_run(run, level="full", by=office.auditor)
    return run, family


class TestAFamilyRestrictedSince:
    @pytest.fixture
    def run(self, audited, post, charnwood, everything):
        run, family = audited
        closed_to_the_office(family, named=post(Role.FSW, charnwood), by=everything)
        return run

    def test_is_hidden_from_the_office(self, run, office):
        with acting_as(office.head), transaction.atomic():
            assert not Claim.objects.visible_to(office.head).filter(run=run).exists()

    def test_stays_in_the_claim_that_is_signed_and_submitted(self, run, office):
        with acting_as(office.head), transaction.atomic():
            sign_run(run, by=office.head)
        with acting_as(office.sro), transaction.atomic():
            (line,) = submission_rows(certify_run(run, by=office.sro))
        assert line[3:5] == ("Crime, antisocial behaviour and education", 1400)

    def test_is_let_go_of_with_the_rest(self, run, office):
        with acting_as(office.data):
            services.withdraw_run(run, reason="Made by mistake", by=office.data)
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute("select bool_or(live) from performance_claimedperson")
            assert cursor.fetchone() == (False,)


class TestWhatIsSigned:
    @pytest.mark.parametrize(
        "change",
        [
            """update performance_judged set "case" = replace("case", '"unauthorised":3', '"unauthorised":9')""",
            "update performance_judged set judgement = judgement || ' '",
            "update performance_judged set reason = 'Because'",
            "update performance_claim set amount = amount + 1",
            "update performance_claimedperson set slot = 'another'",
            "delete from performance_claimedperson where id = (select max(id) from performance_claimedperson)",
            "update performance_claimrun set rules = rules || ' '",
            "update performance_claimrun set shared = shared || ' '",
        ],
    )
    def test_is_what_was_frozen(self, audited, office, change):
        run, _ = audited
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute(change)
            assert cursor.rowcount
        with acting_as(office.head), pytest.raises(NotAllowed, match="not what was frozen"):
            sign_run(run, by=office.head)

    @pytest.mark.parametrize(
        "change",
        [
            "update performance_claimrun set rules = ''",
            "update performance_claimrun set prepared_by_id = signed_by_id",
            "update performance_audittest set place = 1",
            "update performance_claimedperson set live = false",
            *(f"delete from {table}" for table in ("performance_claimrun", "performance_audittest",
                                                   "performance_claimedperson")),
        ],
    )  # fmt: skip
    def test_is_out_of_the_applications_hands(self, audited, office, change):
        with acting_as(office.data), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


class TestWithdrawing:
    @pytest.fixture
    def run(self, office, everything):
        family_with_a_result(by=everything)
        with acting_as(office.data):
            return services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON)

    def test_waits_while_families_are_being_judged(self, run, office):
        with acting_as(office.data), pytest.raises(NotAllowed, match="still being judged"):
            services.withdraw_run(run, reason="Made by mistake", by=office.data)
        assert fresh(run).state == State.PREPARING

    def test_ends_a_run_whose_job_gave_up_even_for_another_officer(self, run, office, post):
        with acting_as(office.data), transaction.atomic():
            Job.objects.filter(pk=run.job_id).update(state="failed", finished_at=run.created_at)
        other = post(Role.DATA)
        with acting_as(other):
            services.withdraw_run(run, reason="Made by mistake", by=other)
        assert fresh(run).state == State.WITHDRAWN

    def test_belongs_to_who_may_write_the_run(self, audited, post, charnwood):
        run, _ = audited
        stranger = post(Role.MANAGER, charnwood)
        for asked in (whole_run.fingerprint, whole_run.lines_of, whole_run.is_being_judged, whole_run.let_go_of_people):
            with acting_as(stranger), pytest.raises(ProgrammingError, match="no such run"), transaction.atomic():
                asked(run)

    def test_whether_somebody_is_claimed_for_is_told_to_the_office_only(self, post, charnwood):
        stranger = post(Role.FSW, charnwood)
        with acting_as(stranger), pytest.raises(ProgrammingError, match="only who prepares"), transaction.atomic():
            whole_run.already_claimed("P1", [1])


class TestPreparing:
    def test_a_day_to_come_is_refused(self, office):
        with acting_as(office.data), pytest.raises(NotAllowed, match="still to come"):
            services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON + timedelta(days=400))

    def test_by_two_at_once_makes_one_run(self, office, post):
        def preparing(by):
            def verb():
                with acting_as(by):
                    return services.prepare_run("P1", by=by, claim_on=CLAIM_ON)

            return verb

        with acting_as(office.data), transaction.atomic():
            services.claims_office()
        given = at_once(preparing(office.data), preparing(post(Role.DATA)))
        assert sorted(type(each).__name__ for each in given) == ["AlreadyThere", "ClaimRun"]
        assert len({getattr(each, "run", each).pk for each in given}) == 1  # the second is led to the first one's run

    def test_a_person_of_two_families_is_claimed_for_once(self, prepare, claims, everything):
        first, second = family_with_a_result(by=everything), family_with_a_result(by=everything)
        with transaction.atomic():
            shared = first.memberships.get(part="parent").person
            MembershipFactory(family=second, person=shared, period=(date(2012, 1, 1), None))
        assert [claim.family_id for claim in claims(prepare())] == [first.pk]

    @pytest.mark.parametrize("claimed_before", [True, False])
    def test_a_person_entered_twice_is_claimed_for_once(self, prepare, claims, everything, claimed_before):
        first = family_with_a_result(by=everything)
        if claimed_before:
            before = prepare(claim_on=CLAIM_ON - timedelta(days=1))
            assert [claim.family_id for claim in claims(before)] == [first.pk]
        second = family_with_a_result(by=everything)
        with transaction.atomic():
            one, again = (family.memberships.get(part="parent").person for family in (first, second))
            merge_people(again, into=one, reason="She says so herself", by=everything, on=CLAIM_ON)
        assert [claim.family_id for claim in claims(prepare())] == ([] if claimed_before else [first.pk])

    def test_what_is_written_of_both_entries_is_of_one_person(self, prepare, claims, everything):
        family = family_with_a_result(by=everything)
        with transaction.atomic():
            child = family.memberships.get(part="child")
            since = {"period": (date(2012, 1, 1), None), "person__born_on": child.person.born_on}
            again = MembershipFactory(family=family, part="child", person__given_names="Again", **since).person
        merging = {"into": again, "reason": "The school says so", "by": everything, "on": CLAIM_ON}
        with transaction.atomic():
            merge_people(child.person, **merging)
        run = prepare()
        assert [claim.family_id for claim in claims(run)] == [family.pk]
        with transaction.atomic():
            case = Judged.objects.get(run=run).case
        assert str(child.person.uid) not in case or str(again.uid) in case
        assert case.count('"parenting":false') == 1

    def test_odd_letters_in_a_name_are_judged_again_to_the_same_answer(self, prepare, everything):
        family = family_with_a_result(by=everything)
        with transaction.atomic():
            person = family.memberships.get(part="child").person
            person.given_names = "Zoë\N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT OVERRIDE} Jo"
            person.save(update_fields=["given_names"])
        run = prepare()
        with transaction.atomic():
            row = Judged.objects.get(run=run)
        assert judge_again(row, run).canonical == row.judgement
        assert "Zoë Jo" in row.case


class TestAFactThatComesIn:
    def test_after_the_run_was_prepared_is_in_none_of_its_judgements(self, office, everything):
        family = family_with_a_result(by=everything)
        with acting_as(office.data):
            run = services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON)
        child = family_child(family)
        late = fact(family, child, "exclusion_fixed", date(2014, 6, 2), date(2014, 6, 3), by=everything)
        with acting_as(office.data):
            work.run(run.job.uid)
        with transaction.atomic():
            assert str(late.uid) not in Judged.objects.get(run=run).case


def family_child(family):
    with transaction.atomic():
        return family.memberships.get(part="child").person


class TestAFile:
    @pytest.fixture
    def offences(self, office) -> FeedFile:
        with transaction.atomic():
            return FeedFile.objects.get(feed="offences")

    def answer_of(self, run) -> str:
        with transaction.atomic():
            return Judged.objects.get(run=run).case

    def test_that_was_not_loaded_searched_nothing_and_is_named(self, prepare, everything, office, offences):
        family_with_a_result(by=everything)
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute("delete from families_feedrow where file_id = %s", [offences.pk])
        run = prepare()
        assert f"file:{offences.uid}" not in run.shared
        assert doubts_about_files(run) == ["offences.csv was not loaded to its end, so its silence proves nothing."]

    def test_with_rows_left_over_is_named(self, prepare, everything, offences):
        with transaction.atomic():
            for number, state in enumerate((RowState.UNMATCHED, RowState.FAILED, RowState.FAILED), start=3):
                FeedRow.objects.create(
                    scope=offences.scope, file=offences, number=number, line=number, raw={}, state=state
                )
        assert doubts_about_files(prepare()) == [
            "offences.csv: 2 rows could not be read.",
            "offences.csv: 1 row matched nobody the service knows.",
        ]

    def test_of_some_localities_speaks_for_families_of_those(self, prepare, everything, offences, charnwood, melton):
        families = [family_with_a_result(by=everything, locality=locality) for locality in (charnwood, melton)]
        with transaction.atomic():
            FeedFile.objects.filter(pk=offences.pk).update(whole_county=False, searched_localities=["charnwood"])
        run = prepare()
        assert f"file:{offences.uid}" not in [fact["id"] for fact in json.loads(run.shared)["facts"]]
        with transaction.atomic():
            here, elsewhere = (Judged.objects.get(run=run, family=family) for family in families)
        assert f"file:{offences.uid}" in here.case
        assert f"file:{offences.uid}" not in elsewhere.case
        assert judge_again(here, run).canonical == here.judgement

    def test_whose_area_nobody_stated_searched_nothing(self, prepare, everything, offences):
        family_with_a_result(by=everything)
        with transaction.atomic():
            FeedFile.objects.filter(pk=offences.pk).update(whole_county=False)
        run = prepare()
        assert f"file:{offences.uid}" not in run.shared
        assert f"file:{offences.uid}" not in self.answer_of(run)

    def test_that_is_being_loaded_is_waited_for(self, office, everything, offences):
        with owner(connection.settings_dict["NAME"]) as cursor:
            cursor.execute("delete from families_feedrow where file_id = %s", [offences.pk])
        with acting_as(everything), transaction.atomic():
            job = promise("hub.load", by=everything, file=str(offences.uid))
            FeedFile.objects.filter(pk=offences.pk).update(job=job)
        with acting_as(office.data), pytest.raises(NotAllowed, match=r"Still being loaded: offences\.csv"):
            services.prepare_run("P1", by=office.data, claim_on=CLAIM_ON)

    def test_that_arrived_after_the_day_is_not_of_the_claim(self, prepare, everything, offences):
        with transaction.atomic():
            FeedFile.objects.filter(pk=offences.pk).update(received_on=CLAIM_ON + timedelta(days=1))
        assert f"file:{offences.uid}" not in prepare().shared


def test_claimed_people_are_those_of_the_household(audited):
    _, family = audited
    with transaction.atomic():
        claimed = set(ClaimedPerson.objects.values_list("person_id", flat=True))
        assert claimed == set(family.memberships.values_list("person_id", flat=True))
