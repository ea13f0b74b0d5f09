"""The end of an audit: more lines by the same seed, an opinion that the findings bear, a signature that follows it."""

import json
from datetime import date
from hashlib import sha256
from itertools import count

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test.utils import CaptureQueriesContext

from performance.audit import services
from performance.audit.models import AuditOpinion, SampleDraw
from performance.audit.population import blocking, completeness_of, duplicates_in, rows_of
from performance.audit.settings import LEAST
from performance.claims import putting_names as claims
from performance.claims.models import ClaimRun, Judged
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Incomplete, NotAllowed
from tests.database import owner
from tests.performance.audit.sheets import SUPPORTED, unsupported
from tests.performance.claims.factories import family_with_a_result

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tested(sampled, office, sample_of):
    """Return ``tested(how many fail)``: the run with its whole sample tested."""

    def test(failing=0):
        with acting_as(office.auditor):
            for number, line in enumerate(sample_of(sampled, office.auditor)):
                sheet = unsupported("No plan was shown") if number < failing else SUPPORTED
                services.record_test(line, sheet=sheet, by=office.auditor)
        return sampled

    return test


def close(run, by, level, reason="As found"):
    with acting_as(by):
        return services.pass_run(run, level=level, reason=reason, by=by)


def sign(run, by):
    with acting_as(by):
        return claims.sign_run(run, by=by)


class TestAnOpinion:
    def test_keeps_what_it_rests_on(self, tested, office):
        close(tested(failing=1), office.auditor, "limited")
        with acting_as(office.head), transaction.atomic():
            opinion = AuditOpinion.objects.visible_to(office.head).get()
        assert (opinion.level, opinion.lines, opinion.failed) == ("limited", 3, 1)
        assert opinion.estimate.words == "Every line was tested: 1 of 3 (33%) are not supported."

    def test_of_full_assurance_needs_no_reason_and_is_signed_on(self, tested, office):
        run = close(tested(), office.auditor, "full", reason="")
        assert sign(run, office.head).state == "signed"

    @pytest.mark.parametrize(("failing", "level"), [(0, "none"), (1, "limited"), (1, "none")])
    def test_may_stop_the_signature(self, tested, office, failing, level):
        run = close(tested(failing=failing), office.auditor, level)
        with pytest.raises(NotAllowed, match="not signed"):
            sign(run, office.head)
        refused = pytest.raises(IntegrityError, match="internal audit stops")
        with acting_as(office.head), refused, transaction.atomic():
            ClaimRun.objects.filter(pk=run.pk).update(state="signed", signed_by=office.head)

    def test_is_not_given_without_its_reason(self, tested, office):
        with pytest.raises(Incomplete):
            close(tested(), office.auditor, "substantial", reason=" ")

    def test_is_given_by_nobody_else_and_not_against_the_findings(self, tested, office, post):
        run, other = tested(failing=1), post(Role.AUDITOR)
        said = {"lines": 3, "always": 0, "always_failed": 0, "drawn": 3, "drawn_failed": 1, "failed": 1}
        for by, level, refusal in ((other, "limited", ProgrammingError), (office.auditor, "full", IntegrityError)):
            with acting_as(by), pytest.raises(refusal), transaction.atomic():
                AuditOpinion.objects.create(
                    scope_id=run.scope_id, run=run, level=level, reason="x", given_by=by, **said
                )

    def test_is_what_a_run_is_audited_with(self, tested, office):
        run = tested()
        refused = pytest.raises(IntegrityError, match="with an opinion")
        with acting_as(office.auditor), refused, transaction.atomic():
            ClaimRun.objects.filter(pk=run.pk).update(state="audited")


class TestMoreLines:
    @pytest.fixture
    def least(self, monkeypatch):
        monkeypatch.setattr("performance.audit.services.value_of", lambda setting, on: 1 if setting is LEAST else 10)

    def test_are_the_next_of_the_same_order(self, least, sampled, office, sample_of):
        before = [test.claim_id for test in sample_of(sampled, office.auditor)]
        with acting_as(office.auditor):
            drawing = services.extend_sample(sampled, more=10, why="A line failed", by=office.auditor)
        after = sample_of(sampled, office.auditor)
        assert len(before) == 2  # one of each stratum
        assert [test.claim_id for test in after][:2] == before
        assert [(test.place, test.round) for test in after] == [(1, 1), (2, 1), (3, 2)]
        assert [place.line.uid for place in drawing.places] == [str(test.claim.uid) for test in after]

    def test_are_none_where_all_are_in(self, sampled, office):
        with acting_as(office.auditor), pytest.raises(NotAllowed, match="already"):
            services.extend_sample(sampled, more=50, why="A line failed", by=office.auditor)

    def test_are_added_by_the_auditor_who_drew(self, least, sampled, post):
        other = post(Role.AUDITOR)
        with acting_as(other), pytest.raises(NotAllowed, match="who drew the sample"):
            services.extend_sample(sampled, more=10, why="A line failed", by=other)
        with acting_as(other), transaction.atomic():
            assert SampleDraw.objects.visible_to(other).count() == 1


def told(ask, *args, by, **more):
    with acting_as(by), transaction.atomic():
        return ask(*args, **more)


def alike(run) -> tuple[str, str]:
    """Return two people whose codes in a run begin with the same eight digits."""
    seen: dict[str, str] = {}
    for who in map(str, count()):
        code = sha256(f"{run.uid}:{who}".encode()).hexdigest()[:8]
        if code in seen:
            return seen[code], who
        seen[code] = who
    raise AssertionError


def put_in_two_families(run, *people: str) -> None:
    """Have each person be the first of a family of a run, as only the owner of the tables can."""
    with transaction.atomic():
        rows = Judged.objects.filter(run=run).order_by("pk")[: len(people)]
        cases = {row.pk: json.loads(row.case) for row in rows}
    with owner(connection.settings_dict["NAME"]) as cursor:
        for person, (pk, case) in zip(people, cases.items(), strict=True):
            case["household"]["members"][0]["id"] = person
            cursor.execute('update performance_judged set "case" = %s where id = %s', [json.dumps(case), pk])


class TestThePopulation:
    def test_has_every_result_of_every_family_and_no_name(self, sampled, families, office):
        with acting_as(office.auditor), transaction.atomic():
            rows = rows_of(sampled, user=office.auditor)
            whole = completeness_of(sampled)
            assert duplicates_in(sampled) == []
        assert {row.reference for row in rows} == {family.reference for family in families}
        assert {(row.route, row.said, row.claimed) for row in rows} >= {
            ("Crime, antisocial behaviour and education", "Yes", True),
        }
        assert (whole.attached, whole.judged, whole.claimed, whole.missing) == (3, 3, 3, 0)
        assert not any(family.name in str(row.cells) for row in rows for family in families)

    def test_misses_no_family_of_the_days_of_another_scheme(self, families, everything, prepare, office):
        for day in (date(2010, 3, 1), date(2014, 10, 14)):
            family_with_a_result(by=everything, attached_on=day)
        run = prepare()
        assert told(completeness_of, run, by=office.head)[:2] == (4, 4)

    def test_tells_one_person_from_another_by_all_of_who_they_are(self, sampled, office):
        put_in_two_families(sampled, *alike(sampled))
        assert told(duplicates_in, sampled, by=office.head) == []
        put_in_two_families(sampled, "one", "one")
        ((code, families),) = told(duplicates_in, sampled, by=office.head)
        assert (len(code), len(families)) == (16, 2)
        assert sum(code in row.people for row in told(rows_of, sampled, by=office.head, user=office.head)) >= 2

    def test_holds_what_was_frozen_of_some_families_at_a_time(self, sampled, office, monkeypatch):
        monkeypatch.setattr("performance.audit.population.AT_ONCE", 1)
        with acting_as(office.head), transaction.atomic(), CaptureQueriesContext(connection) as asked:
            judged = Judged.objects.visible_to(office.head).filter(run=sampled).values_list("pk", flat=True)
            found = dict(blocking(sampled, judged, user=office.head))
        assert {row for row, _ in found} == set(told(list, judged, by=office.head))
        assert sum('"performance_judged"."case"' in each["sql"] for each in asked) == 3

    def test_is_not_told_to_a_worker(self, sampled, post, charnwood):
        worker = post(Role.FSW, charnwood)
        refused = pytest.raises(ProgrammingError, match="no such run")
        with acting_as(worker), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select * from slf.run_population(%s, 0, null)", [sampled.pk])
