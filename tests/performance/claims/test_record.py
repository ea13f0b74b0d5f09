"""What workers recorded becomes facts: a family assessed, planned and better is claimed for under P2 and SF."""

import json
from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from casework.provenance.models import Provenance, ProvenanceKeptFrom
from performance.audit.frame import STANDS_FOR_PROGRESS, frame_of
from performance.claims import services
from performance.claims.checking import Places, checks_of
from performance.claims.frozen import judge_again
from performance.claims.models import Claim, Judged, SchoolTerm
from performance.claims.whole_run import ask
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import NotAllowed
from slf.work import services as work
from tests.performance.claims.factories import confirm_everything
from tests.performance.claims.recorded import Work
from tests.performance.pbr.later import terms_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(post, charnwood, everything):
    class People:
        worker, senior = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        data, head = post(Role.DATA), post(Role.HEAD)

    return People


@pytest.fixture
def run(people, settings):
    """Return ``run(scheme, day)``: the rules confirmed, a run prepared and judged on that day."""

    def make(scheme: str, day: date):
        settings.SERVICE_DATE = day.isoformat()
        confirm_everything(by=people.data, second=people.head, scheme=scheme)
        with acting_as(people.data):
            made = services.prepare_run(scheme, by=people.data, claim_on=day)
            job = work.run(made.job.uid)
            with transaction.atomic():
                job.refresh_from_db()
                assert job.state == "done", job.error
                made.refresh_from_db()
        return made

    return make


def row_of(run, *, by) -> Judged:
    with acting_as(by), transaction.atomic():
        return Judged.objects.visible_to(by).select_related("run").prefetch_related("claims").get(run=run)


def facts_of(row: Judged, kind: str) -> list[dict]:
    return [fact for fact in json.loads(row.case)["facts"] if fact["kind"] == kind]


def states(row: Judged, run, *, by) -> dict[int, str]:
    with acting_as(by), transaction.atomic():
        told = checks_of(row, run, Places(by, [row.family_id]))["sustained_progress"].told
    return {each.number: each.state for each in told}


@pytest.fixture
def calendar(transactional_db):
    """The school calendar of those years, which the service does not come with."""
    with transaction.atomic():
        SchoolTerm.objects.bulk_create(
            (SchoolTerm(name=t.name, starts_on=t.starts_on, ends_on=t.ends_on) for t in terms_of(2017)),
            ignore_conflicts=True,
        )


@pytest.fixture
def expanded(people, settings, calendar):
    """A family of the expanded programme, better since March 2017, seen so in September."""
    family = Work(settings, people.worker, people.senior, date(2017, 1, 9))
    family.begin("health", "domestic_violence")
    family.assess(date(2017, 1, 20))
    family.plan(date(2017, 2, 1))
    family.visit(date(2017, 2, 10))
    family.review(date(2017, 3, 1))
    return family


@pytest.fixture
def later(people, settings):
    """A family of Supporting Families, closed on 1 February 2024 with all needs met."""
    family = Work(settings, people.worker, people.senior, date(2023, 1, 9))
    family.begin("health", "relationships", "housing")
    family.assess(date(2023, 1, 20))
    family.plan(date(2023, 2, 1))
    family.visit(date(2023, 3, 10))
    family.close(date(2024, 2, 1))
    return family


class TestTheExpandedProgramme:
    def test_claims_for_a_family_assessed_planned_and_better(self, expanded, people, run):
        expanded.review(date(2017, 9, 15))
        made = run("P2", date(2018, 4, 16))
        row = row_of(made, by=people.data)
        (claim,) = row.claims.all()
        assert (claim.component, claim.amount, row.answer) == ("sustained_progress", 800, "met")
        assert (made.version.scheme, made.version.number) == ("P2", 2)
        found = states(row, made, by=people.data)
        assert {number: found[number] for number in (11, 12, 13, 16, 25, 27)} == dict.fromkeys(
            (11, 12, 13, 16, 25, 27), "passed"
        )
        assert judge_again(row, made).canonical == row.judgement

    def test_claims_for_the_same_family_once(self, expanded, people, run):
        """P2-A-3-REP"""
        expanded.review(date(2017, 9, 15))
        run("P2", date(2018, 4, 16))
        with acting_as(people.data):
            again = services.prepare_run("P2", by=people.data, claim_on=date(2018, 4, 15))
            work.run(again.job.uid)
        assert list(row_of(again, by=people.data).claims.all()) == []

    def test_claims_nothing_before_somebody_saw_that_it_lasted(self, expanded, people, run):
        row = row_of(run("P2", date(2018, 4, 16)), by=people.data)
        assert json.loads(row.judgement)["results"]["sustained_progress"]["answer"] == "not_known"

    def test_claims_nothing_where_a_goal_was_lost_again(self, expanded, people, run):
        expanded.review(date(2017, 6, 1), "worse")
        expanded.review(date(2017, 9, 15))
        row = row_of(run("P2", date(2018, 4, 16)), by=people.data)
        assert json.loads(row.judgement)["results"]["sustained_progress"]["answer"] != "met"

    def test_says_nothing_of_what_is_kept_from_somebody(self, expanded, people, run):
        with acting_as(people.worker), transaction.atomic():
            told = {"family_id": expanded.family.pk}
            marks = Provenance.objects.create(
                about="need", entry=expanded.needs[0].uid, marked_by=people.worker, marked_on=date(2017, 3, 1), **told
            )
            ProvenanceKeptFrom.objects.create(provenance=marks, person=expanded.parent, **told)
        row = row_of(run("P2", date(2018, 4, 16)), by=people.data)
        assert [fact["value"]["need"] for fact in facts_of(row, "problem_identified")] == ["domestic_violence"]
        assert "health" not in {code for fact in facts_of(row, "plan") for code in fact["value"]["problems"]}

    def test_claims_by_a_decision_of_somebody_named_and_says_their_grade(self, expanded, people, run):
        expanded.review(date(2017, 6, 1), "same")
        for need in expanded.needs:
            expanded.is_worth_the_goal(need, date(2017, 10, 2))
        made = run("P2", date(2018, 4, 16))
        row = row_of(made, by=people.data)
        assert [claim.component for claim in row.claims.all()] == ["sustained_progress"]
        told = facts_of(row, "equivalent_progress")
        assert {fact["value"]["grade"] for fact in told} == {"Senior family support worker"}
        assert "They walk" not in row.case
        assert states(row, made, by=people.data)[25] == "passed"
        with acting_as(people.data), transaction.atomic():
            assert [line["always"][0] for line in frame_of(made)] == [STANDS_FOR_PROGRESS]

    def test_is_told_what_the_record_says_by_nobody_else(self, expanded, people, run):
        made = run("P2", date(2018, 4, 16))
        with acting_as(people.worker), transaction.atomic(), pytest.raises(ProgrammingError, match="no such run"):
            ask("select * from slf.record_for_claim(%s, %s, true)", made.pk, [expanded.family.pk])


class TestSupportingFamilies:
    def test_claims_six_months_after_the_closing_for_what_was_seen_to_hold(self, later, people, run):
        """SF-8: eligibility itself by evidence with a date."""
        later.ask_after(date(2024, 8, 6))
        made = run("SF", date(2024, 9, 10))
        row = row_of(made, by=people.data)
        assert [claim.component for claim in row.claims.all()] == ["sustained_progress"]
        found = states(row, made, by=people.data)
        assert (found[1], found[11]) == ("passed", "passed")
        assert len(facts_of(row, "problem_identified")) == 3

    @pytest.mark.parametrize("stands", ["partly", "worse", "unknown"])
    def test_claims_nothing_where_less_holds_or_nobody_knows(self, later, people, run, stands):
        later.ask_after(date(2024, 8, 6), stands)
        row = row_of(run("SF", date(2024, 9, 10)), by=people.data)
        assert list(row.claims.all()) == []

    def test_is_not_offered_for_a_day_of_another_scheme(self, later, people, settings):
        with acting_as(people.data), pytest.raises(NotAllowed, match="was claimed for from 1 April 2015"):
            services.prepare_run("P2", by=people.data, claim_on=date(2024, 2, 1))


class TestARunOfAnotherScheme:
    def test_judges_no_family_that_was_attached_under_this_one(self, expanded, people, run, settings):
        made = run("SF", date(2023, 1, 10))
        with acting_as(people.data), transaction.atomic():
            assert not Judged.objects.visible_to(people.data).filter(run=made).exists()
            assert not Claim.objects.visible_to(people.data).filter(run=made).exists()
