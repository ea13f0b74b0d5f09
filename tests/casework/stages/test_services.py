"""Steps up and down, the stage a case is at, what became of each need, and the checks after a closing."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from casework.cases.models import Case
from casework.chronology.sources import chronology
from casework.closing.models import SustainmentCheck
from casework.closing.outcomes import needs_to_say, record_check
from casework.closing.rules import WrongClosing, check_days
from casework.closing.services import close_case, confirm_closing, propose_closing, take_back_closing
from casework.stages.facts import standing_of
from casework.stages.models import CareStep
from casework.stages.rules import WrongStep
from casework.stages.services import acknowledge_step, go_on, step_case
from casework.transitions.rules import Stage
from families.needs.models import Need
from slf.access.rules import Role
from slf.access.services import move_family, shared_scope
from slf.web.errors import Conflict, NotForYou
from tests.at_once import acting
from tests.casework.closing.factories import MISTAKE, TODAY, answers, closed, told, worked
from tests.casework.plans.factories import agreed
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def family(worker):
    return worked(worker, name="The Jacksons")


@pytest.fixture
def needs(family):
    day = date(2014, 9, 1)
    return [
        Need.objects.create(family=family, kind=kind, started_on=day, source="Referral")
        for kind in ("housing", "poverty", "education")
    ]


def stage(family, user):
    with acting(user):
        return standing_of(family, user=user, on=TODAY)


class TestBeforeACase:
    def test_only_its_agreement_and_a_worker_are_missing(self, worker, senior):
        said = [one.text for one in stage(FamilyFactory(locality=worker.posts.get().locality), senior).lacks]
        assert said == ["The family has agreed to be worked with", "Somebody works with the family"]


def step(family, by, **other):
    said = {"way": "up", "happened_on": TODAY, "whom": "First Response", "reason": "Bruises.", "then": "held"}
    with acting(by):
        return step_case(family, by=by, on=TODAY, **said | other)


class TestTheStage:
    def test_follows_from_the_record_and_says_what_is_missing_where(self, family, worker):
        stands = stage(family, worker)
        assert (stands.stage, [lack.text for lack in stands.lacks]) == (Stage.BEGUN, ["The assessment is signed off"])
        assert stands.lacks[0].href == reverse("casework:assessments", args=[family.uid])

    def test_is_not_passed_by_a_plan_without_an_assessment(self, family, worker):
        agreed(family, goals=1)
        assert stage(family, worker).stage is Stage.BEGUN

    def test_stands_on_the_page_of_the_family_and_of_its_case(self, family, worker, signed_in):
        for page in (family.get_absolute_url(), reverse("casework:case", args=[family.uid])):
            text = signed_in(worker).get(page).content.decode().lower()
            assert "getting to know the family" in text
            assert "the assessment is signed off" in text


class TestAStepUp:
    def test_holds_the_case_until_who_stands_above_says_that_it_goes_on(self, family, worker, senior):
        made = step(family, worker)
        assert stage(family, worker).stage is Stage.HELD
        assert step(family, worker) == made
        with acting(worker):
            acknowledge_step(made, who="Jo Hall", acknowledged_on=TODAY, by=worker, on=TODAY)
            with pytest.raises(NotForYou):
                go_on(made, because="They are done.", by=worker, on=TODAY)
        with acting(senior):
            go_on(made, because="They are done.", by=senior, on=TODAY)
            with pytest.raises(Conflict):
                go_on(made, because="Again.", by=senior, on=TODAY)
        assert stage(family, worker).stage is Stage.BEGUN

    def test_of_one_day_to_one_team_is_said_once_and_whoever_says_otherwise_is_told(self, family, worker):
        step(family, worker)
        for other in ({"then": "goes_on"}, {"reason": "He was seen alone."}):
            with pytest.raises(Conflict, match="says otherwise"):
                step(family, worker, **other)

    def test_is_of_those_who_work_here_and_not_of_a_partner_the_family_is_shared_with(
        self, family, worker, post, charnwood, everything
    ):
        made, provider = step(family, worker), post(Role.ESF, charnwood)
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        family.refresh_from_db()
        with acting(provider):
            assert Case.objects.visible_to(provider).filter(family=family).exists()
            assert not CareStep.objects.visible_to(provider).exists()
            assert "Bruises." not in str(chronology(family, user=provider))
        with pytest.raises(NotForYou):
            step(family, provider, whom="Another team", then="goes_on")
        with acting(worker):
            assert CareStep.objects.visible_to(worker).get() == made

    def test_closes_nothing_by_itself(self, family, worker):
        step(family, worker, then="closes")
        assert Case.objects.get(family=family).closed_on is None

    def test_is_refused_where_the_case_is_not_open_and_held_once(self, family, worker, senior):
        step(family, worker)
        with pytest.raises(WrongStep, match="held already"):
            step(family, worker, whom="Another team")
        with pytest.raises(WrongStep):
            step(family, worker, way="down", then="held")

    def test_is_told_in_the_chronology(self, family, worker, signed_in):
        step(family, worker)
        page = signed_in(worker).get(reverse("casework:chronology", args=[family.uid])).content.decode()
        assert "Stepped up to children" in page

    def test_the_database_lets_nobody_change_its_words_or_answer_twice(self, family, worker):
        made = step(family, worker)
        for change in (
            {"reason": "x"},
            {"whom": "x"},
            {"went_on_on": TODAY, "went_on_because": "x", "went_on_by": worker},
        ):
            with pytest.raises(DatabaseError), in_the_name_of(worker), transaction.atomic():
                CareStep.objects.filter(pk=made.pk).update(**change)


class TestWhatBecameOfEachNeed:
    def test_is_said_of_every_one_before_a_case_closes(self, family, needs, worker, senior):
        with acting(senior), pytest.raises(WrongClosing, match=r"housing.*; Poverty.*; Lack of education"):
            close_case(family, told(), by=senior, on=TODAY)
        with acting(worker), pytest.raises(WrongClosing):
            propose_closing(family, told(), by=worker, on=TODAY, outcomes={needs[0].pk: "met"})

    def test_ends_what_is_met_or_not_wanted_and_leaves_the_rest_open(self, family, needs, senior):
        said = dict(zip((need.pk for need in needs), ("met", "partly", "not_wanted"), strict=True))
        with acting(senior):
            closing = close_case(family, told(), by=senior, on=TODAY, outcomes=said)
            assert [need.kind for need in needs_to_say(family, on=TODAY)] == ["poverty"]
            take_back_closing(closing, because=MISTAKE, by=senior, on=TODAY)
            assert len(needs_to_say(family, on=TODAY)) == 3

    def test_is_asked_of_a_need_found_after_the_proposal(self, family, needs, worker, senior):
        said = {need.pk: "met" for need in needs}
        with acting(worker):
            closing = propose_closing(family, told(), by=worker, on=TODAY, outcomes=said)
        later = Need.objects.create(family=family, kind="health", started_on=TODAY, source="Visit")
        with acting(senior):
            with pytest.raises(WrongClosing, match="Health"):
                confirm_closing(closing, by=senior, on=TODAY)
            confirm_closing(closing, by=senior, on=TODAY, outcomes={later.pk: "not_met"})
        assert Need.objects.get(pk=later.pk).ended_on is None

    def test_is_asked_by_the_form_which_keeps_what_was_said(self, family, needs, senior, signed_in):
        browser, page = signed_in(senior), reverse("casework:close_case", args=[family.uid])
        first = {f"need_{needs[0].uid}": "met"}
        answer = browser.post(page, answers() | first)
        assert answer.status_code == 400
        assert "Say what became of this need: Poverty" in answer.content.decode()
        rest = {f"need_{need.uid}": "partly" for need in needs[1:]}
        assert browser.post(page, answers() | first | rest).status_code == 302
        page = browser.get(reverse("casework:case", args=[family.uid])).content.decode()
        assert "Partly met" in page

    def test_is_read_by_programs(self, family, needs, senior, api):
        said = {"reason": "reached", "asked_by": "family", "family_says": "Fine.", "reached": "School."}
        address = f"/api/v1/families/{family.uid}/case/close/"
        assert api(senior).post(address, said, format="json").status_code == 422
        said["outcomes"] = [{"need": str(need.uid), "outcome": "met"} for need in needs]
        assert api(senior).post(address, said, format="json").status_code == 201


class TestTheChecksAfterwards:
    @pytest.fixture
    def closing(self, family, senior):
        return closed(family, senior)

    def make(self, check, by, **other):
        said = {"stands": "holds", "consent": "agreed", "asked": "Mum", "words": "School every day."}
        with acting(by):
            return record_check(check, by=by, on=TODAY, checked_on=TODAY, **said | other)

    def test_are_set_when_a_case_is_closed_and_called_off_when_that_is_taken_back(self, closing, senior):
        days = [(check.months, check.due_on) for check in closing.checks.all()]
        assert days == [(3, date(2015, 1, 15)), (6, date(2015, 4, 15)), (12, date(2015, 10, 15))]
        with acting(senior):
            take_back_closing(closing, because=MISTAKE, by=senior, on=TODAY)
        assert {check.state for check in closing.checks.all()} == {"called_off"}

    def test_show_on_my_day_when_they_are_due_and_open_no_case(self, closing, senior, signed_in, settings):
        settings.SERVICE_DATE = "2015-01-10"
        panels = {panel.title: panel.items for panel in signed_in(senior).get("/").context["panels"]}
        (item,) = panels["Closed families to ask after"]
        day = {"checked_on_day": "10", "checked_on_month": "1", "checked_on_year": "2015"}
        said = {"stands": "worse", "consent": "agreed", "asked": "Mum", "words": "They are behind with the rent."}
        assert signed_in(senior).post(item.href, day | said).status_code == 302
        assert Case.objects.get().closed_on == TODAY
        assert SustainmentCheck.objects.get(months=3).state == "made"

    def test_are_made_once_by_who_closes_cases_with_consent(self, closing, worker, senior, manager):
        check = closing.checks.first()
        with pytest.raises(WrongClosing, match="not known"):
            self.make(check, senior, consent="refused")
        with pytest.raises(NotForYou):
            self.make(check, worker)
        assert self.make(check, senior) == self.make(check, senior)
        with pytest.raises(Conflict):
            self.make(check, manager, words="Another.")
        with pytest.raises(Conflict):
            self.make(check, senior, stands="worse")

    def test_the_database_makes_none_without_a_closing_and_changes_none_made(self, closing, senior, worker):
        check = self.make(closing.checks.first(), senior)
        with pytest.raises(DatabaseError), in_the_name_of(senior), transaction.atomic():
            SustainmentCheck.objects.filter(pk=check.pk).update(words="x")
        with pytest.raises(DatabaseError), in_the_name_of(worker), transaction.atomic():
            SustainmentCheck.objects.create(family=closing.family, closing=closing, months=1, due_on=TODAY)


def test_a_month_that_is_too_short_ends_the_time():
    assert check_days(date(2014, 11, 30), (3, 0, 12, 3)) == [(3, date(2015, 2, 28)), (12, date(2015, 11, 30))]
    assert check_days(date(2014, 8, 31), (4,)) == [(4, date(2014, 12, 31))]
