from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.cases.models import Case
from casework.chronology.sources import chronology
from families.facts.models import Fact
from families.needs.models import Need
from families.sharing.models import Agreement
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.words import day_in_words
from tests.casework.plans.factories import agreed
from tests.casework.stars.factories import ReadingFactory
from tests.casework.visits.factories import SightingFactory, VisitFactory, give
from tests.factories import FamilyFactory
from tests.referrals.triage.access_rows import accepted

pytestmark = pytest.mark.django_db
START = date(2013, 2, 1)


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def worker(post, charnwood, family):
    worker = post(Role.FSW, charnwood)
    give(family, worker)
    return worker


def fact(family, day, *, by, **more):
    period = (day, day + timedelta(days=1))
    person = family.memberships.filter(part="child").first().person
    given = {
        "kind": "exclusion_fixed", "source": "feed", "agency": "schools", "source_name": "Attendance file, row 2",
        "period": period, **more,
    }  # fmt: skip
    return Fact.objects.create(
        family=family, person=person, recorded_on=day, recorded_by=by, source_key=f"{family.pk}:{day}", **given
    )


def a_life(family, everything, *, length):
    """A story with something of every kind, ``length`` times over."""
    Case.objects.create(family=family, opened_on=START, attached_on=START, opened_by=everything)
    Agreement.objects.create(family=family, state="given", said_on=START, how="in_person", recorded_by=everything)
    Need.objects.create(family=family, kind="housing", started_on=START, ended_on=date(2014, 1, 1), source="Referral")
    agreed(family)
    ReadingFactory(family=family)
    for n in range(length):
        SightingFactory(
            visit=VisitFactory(family=family, happened_on=START + timedelta(days=n)),
            person=family.memberships.first().person,
        )
        fact(family, START + timedelta(days=n), by=everything)


def page(client, family, **asked):
    return client.get(reverse("casework:chronology", args=[family.uid]), asked)


class TestTheChronology:
    def test_tells_everything_in_one_order(self, family, everything, worker, signed_in):
        a_life(family, everything, length=2)
        answer = page(signed_in(worker), family)
        days = [entry.on for entry in answer.context["page"]]
        assert days == sorted(days, reverse=True)
        assert {choice["value"] for choice in answer.context["kinds"] if choice["number"]} == {
            "", "contact", "decision", "need", "star", "plan", "evidence",
        }  # fmt: skip

    def test_says_who_was_seen_and_what_was_met(self, family, everything, worker, signed_in):
        a_life(family, everything, length=1)
        text = page(signed_in(worker), family).content.decode()
        assert "Poor or overcrowded housing, homelessness" in text
        assert ": seen" in text
        assert "Attendance file, row 2" in text

    def test_narrows_to_one_kind_in_one_click_and_says_how_many_before_it(self, family, everything, worker, signed_in):
        a_life(family, everything, length=3)
        answer = page(signed_in(worker), family, kind="contact")
        chosen = next(choice for choice in answer.context["kinds"] if choice["chosen"])
        assert {entry.kind for entry in answer.context["page"]} == {"contact"}
        assert chosen["number"] == len(answer.context["page"]) == 3

    def test_narrows_to_one_person_and_some_days_and_keeps_that_for_every_kind(
        self, family, everything, worker, signed_in
    ):
        a_life(family, everything, length=1)
        child = fact(family, date(2014, 3, 3), by=everything).person
        fact(family, date(2014, 6, 2), by=everything)
        asked = {"person": child.uid, "since_day": 1, "since_month": 6, "since_year": 2014}
        answer = page(signed_in(worker), family, **asked)
        assert [(entry.on, entry.kind) for entry in answer.context["page"]] == [(date(2014, 6, 2), "evidence")]
        assert all(f"person={child.uid}&since_day=1" in choice["href"] for choice in answer.context["kinds"])

    def test_says_what_is_wrong_with_the_days_and_shows_everything(self, family, everything, worker, signed_in):
        fact(family, date(2014, 3, 3), by=everything)
        asked = {"until_day": 31, "until_month": 2, "until_year": 2014}
        answer = page(signed_in(worker), family, **asked)
        assert "The last day must be a real date" in answer.content.decode()
        assert {entry.kind for entry in answer.context["page"]} == {"decision", "evidence"}

    def test_prints_what_is_shown_as_one_document(self, family, everything, worker, signed_in):
        fact(family, date(2014, 3, 3), by=everything)
        paper = signed_in(worker).get(reverse("casework:print_chronology", args=[family.uid]), {"kind": "evidence"})
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")

    def test_takes_a_kind_that_is_none_for_everything(self, family, worker, signed_in):
        assert page(signed_in(worker), family, kind="' or 1=1").status_code == 200

    def test_begins_with_the_referral_it_came_from(self, family, worker, signed_in):
        accepted(family)
        told = [entry.title for entry in page(signed_in(worker), family).context["page"]]
        assert "Referral accepted" in told
        assert any(title.startswith("Referred by ") for title in told)

    def test_leads_to_the_referral_those_who_may_open_it(self, family, worker, signed_in, post, charnwood):
        referral = accepted(family)
        address = reverse("referrals:triage", args=[referral["uid"]])
        assert address not in page(signed_in(worker), family).content.decode()
        assert address in page(signed_in(post(Role.SENIOR, charnwood)), family).content.decode()

    def test_marks_what_was_corrected(self, family, everything, worker, signed_in):
        first = fact(family, START, by=everything)
        fact(family, START + timedelta(days=3), by=everything, supersedes=first)
        assert page(signed_in(worker), family).content.decode().count("Corrected later") == 1

    def test_says_what_a_fact_says_in_the_words_of_the_evidence(self, family, everything, worker, signed_in):
        value, year = {"possible": 140, "attended": 100}, (START, START + timedelta(days=90))
        fact(family, START, by=everything, kind="attendance_term", value=value, period=year)
        (entry,) = page(signed_in(worker), family, kind="evidence").context["page"]
        assert entry.detail[0].startswith(f"{day_in_words(START)} to ")
        assert entry.detail[1:] == ("Possible sessions: 140", "Attended sessions: 100")

    def test_of_500_entries_costs_as_many_queries_as_one_of_10(
        self, family, everything, worker, signed_in, django_assert_max_num_queries
    ):
        long = FamilyFactory(household=True)
        give(long, worker)
        a_life(family, everything, length=5)
        a_life(long, everything, length=250)
        client = signed_in(worker)
        page(client, family)
        with django_assert_max_num_queries(100) as short_story:
            page(client, family)
        with django_assert_max_num_queries(len(short_story)):
            assert page(client, long).context["page"].paginator.count > 500

    def test_is_turned_page_by_page_and_of_another_kind_begins_at_the_first(
        self, family, everything, worker, signed_in
    ):
        a_life(family, everything, length=60)
        client = signed_in(worker)
        first, second = (page(client, family, kind="", page=number) for number in (1, 2))
        told = [*first.context["page"], *second.context["page"]]
        assert first.context["page"].has_next()
        assert [entry.on for entry in told] == sorted((entry.on for entry in told), reverse=True)
        assert not any("page=" in choice["href"] for choice in second.context["kinds"])
        assert not second.context["form"].is_bound

    def test_is_not_for_those_who_see_only_the_card(self, family, post, charnwood, signed_in):
        assert page(signed_in(post(Role.FSW, charnwood)), family).status_code == 404


class TestTheChronologyForPrograms:
    def test_is_the_same_story(self, family, everything, worker, api):
        a_life(family, everything, length=1)
        told = api(worker).get(reverse("api-chronology", args=[family.uid])).json()
        assert {entry["kind"] for entry in told} == {"contact", "decision", "need", "star", "plan", "evidence"}


class TestTheLatest:
    def test_are_those_the_whole_chronology_begins_with(self, family, everything, worker):
        a_life(family, everything, length=6)
        Need.objects.create(
            family=family, kind="poverty", started_on=START, ended_on=date(2014, 10, 1), source="Referral"
        )
        with acting_as(worker):
            whole = chronology(family, user=worker)
            assert chronology(family, user=worker, most=4) == whole[:4]
