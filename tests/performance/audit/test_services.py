"""An audit: the sample of a run over the wall, the auditor who drew it, and nobody else."""

import json
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from families.people.models import Family
from performance.audit import services
from performance.audit.frame import SELF_CERTIFIED, WARNED, open_own_samples, put_in_sample
from performance.audit.models import AuditTest, SampleDraw
from performance.audit.rules.drawing import draw
from performance.claims.models import Claim, ClaimRun, Judged
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import Incomplete, NotAllowed
from tests.at_once import at_once
from tests.performance.audit.sheets import SUPPORTED, unsupported
from tests.performance.claims.factories import family_with_a_result, seen

pytestmark = pytest.mark.django_db(transaction=True)


def run_sql(user, statement: str, *values) -> None:
    with acting_as(user), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def drawn(run, user) -> SampleDraw:
    with acting_as(user), transaction.atomic():
        return SampleDraw.objects.visible_to(user).get(run=run)


def record(test, user, sheet=SUPPORTED, **more):
    with acting_as(user):
        return services.record_test(test, sheet=sheet, by=user, **more)


class TestDrawing:
    def test_keeps_the_seed_the_frame_and_the_strata(self, sampled, office, families):
        drawing = drawn(sampled, office.head)
        assert (sampled.seed, drawing.seed, drawing.share, drawing.least) == ("7 3 5", "7 3 5", 10, 5)
        assert [(row.locality, row.lines, row.tested) for row in drawing.strata] == [
            ("Charnwood", 2, 2),
            ("Melton", 1, 1),
        ]

    def test_can_be_done_again_from_what_was_kept(self, sampled, office, sample_of):
        drawing = drawn(sampled, office.data)
        places = draw(drawing.seed, drawing.lines, share=drawing.share, least=drawing.least)
        tests = sample_of(sampled, office.auditor)
        assert [(str(test.claim.uid), test.place, test.locality) for test in tests] == [
            (place.line.uid, place.place, place.line.locality) for place in places
        ]

    def test_makes_a_seed_where_none_is_given(self, run, office):
        with acting_as(office.auditor):
            assert len(services.draw_sample(run, seed=" ", by=office.auditor).seed) == 16

    def test_by_two_auditors_at_once_is_done_once(self, run, office, post, sample_of):
        def drawing(auditor):
            def act():
                with acting_as(auditor):
                    return services.draw_sample(run, by=auditor)

            return act

        given = at_once(drawing(office.auditor), drawing(post(Role.AUDITOR)))
        assert sum(isinstance(each, NotAllowed) for each in given) == 1
        (done,) = (each for each in given if isinstance(each, ClaimRun))
        assert drawn(run, office.head).drawn_by_id == done.audited_by_id
        assert len(sample_of(run, done.audited_by)) == 3


class TestAFamilyClosedToNamedPeopleSince:
    @pytest.fixture
    def closed(self, run, families, post, charnwood, everything):
        named = post(Role.FSW, charnwood)
        with acting_as(everything), transaction.atomic():
            family = Family.objects.get(pk=families[0].pk)
            restrict_family(family, to=[(named, Role.FSW)], by=everything)
        return families[0]

    @pytest.fixture
    def tests(self, closed, sampled, office, sample_of):
        return {test.family_id: test for test in sample_of(sampled, office.auditor)}

    def test_is_in_the_frame_and_tested(self, closed, tests, office):
        assert tests[closed.pk].locality == "Charnwood"
        record(tests[closed.pk], office.auditor, unsupported("No plan was shown"))
        again = AuditTest.Result.FAILED
        assert record(tests[closed.pk], office.auditor, unsupported("No plan was shown")).result == again

    def test_is_open_to_the_auditor_who_drew_and_to_nobody_else(self, closed, tests, office, post, sampled, sample_of):
        for other in (office.data, office.head, post(Role.AUDITOR)):
            assert closed.pk not in {test.family_id for test in sample_of(sampled, other)}

    def test_opens_with_its_claim_and_evidence_alone(self, closed, tests, office):
        with acting_as(office.auditor), transaction.atomic():
            open_own_samples()
            assert Judged.objects.filter(family=closed.pk).exists()
            assert not Family.objects.filter(pk=closed.pk).exists()
        with acting_as(office.auditor), transaction.atomic():
            assert not Judged.objects.filter(family=closed.pk).exists()

    def test_keeps_a_run_from_passing_untested(self, closed, tests, sampled, office):
        for pk, test in tests.items():
            if pk != closed.pk:
                record(test, office.auditor)
        with acting_as(office.auditor), pytest.raises(Incomplete):
            services.pass_run(sampled, level="full", by=office.auditor)


class TestWhatIsAlwaysTested:
    """Of a decision that stands for progress: ``tests/performance/claims/test_record.py``."""

    @pytest.fixture
    def asked_for(self, monkeypatch):
        """Draw as little as may be: one of each stratum beside what is always tested."""
        monkeypatch.setattr("performance.audit.services.value_of", lambda setting, on: 1)

    def test_is_a_line_that_warned_and_work_the_county_certifies(
        self, families, asked_for, everything, melton, prepare, review, office, sample_of
    ):
        unseen = family_with_a_result(by=everything, locality=melton)
        at_work = family_with_a_result(by=everything, locality=melton, improved=False, works_from=date(2013, 9, 2))
        seen(at_work, by=everything)
        run = review(prepare())
        with acting_as(office.auditor):
            services.draw_sample(run, by=office.auditor)
        tests = sample_of(run, office.auditor)
        assert {test.family_id: test.why for test in tests[:2]} == {unseen.pk: WARNED, at_work.pk: SELF_CERTIFIED}
        assert [test.why for test in tests[2:]] == ["", ""]
        assert len(drawn(run, office.head).lines) == 5

    def test_rests_on_the_facts_that_were_used_alone(self, run, office):
        with transaction.atomic(), connection.cursor() as cursor:
            kept = {"facts": [{"id": "1", "kind": "equivalent_progress"}, {"id": "2", "kind": "employment_spell"}]}
            used = {"trace": [{"facts": ["1"]}, {"facts": []}]}
            cursor.execute("select kind from slf.facts_used(%s, %s)", [json.dumps(kept), json.dumps(used)])
            assert cursor.fetchall() == [("equivalent_progress",)]


class TestWhatPostgresqlRefuses:
    def test_another_seed_after_the_drawing(self, sampled, office):
        with pytest.raises(ProgrammingError, match="with its step"):
            run_sql(office.auditor, "update performance_claimrun set seed = 'another'")
        with pytest.raises(ProgrammingError, match="permission denied"):
            run_sql(office.auditor, "update performance_sampledraw set seed = 'another'")

    @pytest.mark.parametrize("who", ["auditor", "data", "head"])
    def test_a_line_that_was_not_drawn(self, sampled, office, who):
        person = getattr(office, who)
        add = """insert into performance_audittest (uid, run_id, claim_id, family_id, scope_id, place, round, locality,
            why, eligibility, eligibility_note, approach, approach_note, evidence, evidence_note, result, note)
            select gen_random_uuid(), run_id, id, family_id, scope_id, 9, 1, '', '', '', '', '', '', '', '', '', ''
            from performance_claim limit 1"""
        with pytest.raises(ProgrammingError, match="by its drawing"):
            run_sql(person, add)

    def test_lines_put_in_by_somebody_else(self, sampled, office, post):
        other = post(Role.AUDITOR)
        refused = pytest.raises(ProgrammingError, match="who drew the sample")
        with acting_as(other), refused, transaction.atomic():
            put_in_sample(sampled, [], number=1)

    def test_a_second_drawing_from_another_seed_or_frame(self, sampled, office):
        with acting_as(office.auditor), transaction.atomic():
            kept = SampleDraw.objects.visible_to(office.auditor).get(run=sampled)
        for change in ({"seed": "another"}, {"frame": "[]"}, {"share": 5}):
            again = {"seed": kept.seed, "frame": kept.frame, "share": 20} | change
            refused = pytest.raises(ProgrammingError, match="goes on in the same order")
            with acting_as(office.auditor), refused, transaction.atomic():
                SampleDraw.objects.create(
                    scope_id=kept.scope_id, run=sampled, round=2, least=kept.least, drawn_by=office.auditor, **again
                )

    def test_what_another_auditor_finds(self, sampled, office, post, sample_of):
        other = post(Role.AUDITOR)
        with pytest.raises(NotAllowed):
            record(sample_of(sampled, office.auditor)[0], other)
        with pytest.raises(ProgrammingError, match="who drew the sample"):
            run_sql(other, "update performance_audittest set evidence = 'supported', tested_by_id = %s", other.pk)

    def test_a_result_that_its_answers_do_not_give(self, sampled, office):
        said = "eligibility = 'supported', approach = 'supported', evidence = 'not_supported', evidence_note = 'No'"
        with pytest.raises(IntegrityError, match="result_follows"):
            run_sql(
                office.auditor,
                f"update performance_audittest set {said}, result = 'passed', tested_by_id = %s",
                office.auditor.pk,
            )

    def test_a_claim_in_two_places(self, sampled, office):
        with acting_as(office.auditor), transaction.atomic():
            kept = SampleDraw.objects.visible_to(office.auditor).get(run=sampled)
        with acting_as(office.auditor), pytest.raises(IntegrityError), transaction.atomic():
            put_in_sample(sampled, kept.places[:1], number=2)
        with acting_as(office.auditor), transaction.atomic():
            assert AuditTest.objects.count() == Claim.objects.count()
