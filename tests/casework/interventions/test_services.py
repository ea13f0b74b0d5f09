"""Help to a family: begun by the catalogue, delivered, ended; an incentive and a sanction agreed first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.interventions.catalogue import Narrowed, behind, figures
from casework.interventions.models import Help, HelpSession
from casework.interventions.rules import WrongHelp
from casework.interventions.services import going_on, strike_session
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, NotForYou
from tests.casework.closing.factories import closed
from tests.casework.interventions.factories import BEGAN, REWARD, SANCTION, TODAY, begun, ended, held, method, people
from tests.casework.plans.factories import agreed
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
MISTAKE = "It was another day, and another family."


class TestBeginning:
    def test_takes_the_dose_of_the_catalogue_unless_another_is_meant(self, family, worker):
        first, second = begun(family, worker), begun(family, worker, "Talking as a family", sessions=2, weeks=3)
        assert ((first.sessions, first.weeks), (second.sessions, second.weeks)) == ((10, 12), (2, 3))

    def test_again_is_the_same_and_otherwise_told(self, family, worker):
        assert begun(family, worker) == begun(family, worker)
        with pytest.raises(Conflict, match="goes on already"):
            begun(family, worker, words="Something else.")

    @pytest.mark.parametrize("name", [REWARD, SANCTION])
    def test_of_an_incentive_or_sanction_takes_goal_and_agreement(self, family, worker, name):
        goal = agreed(family).goals.first()
        for missing, field in (
            ({}, "goal"), ({"goal": goal}, "agreed_by"), ({"goal": goal, "agreed_by": people(family)}, "agreed_on"),
        ):  # fmt: skip
            with pytest.raises(WrongHelp) as wrong:
                begun(family, worker, name, **missing)
            assert wrong.value.field == field
        made = begun(family, worker, name, goal=goal, agreed_by=people(family), agreed_on=BEGAN)
        assert set(made.was_agreed_by) == set(people(family))

    def test_is_not_of_a_method_that_is_over_nor_for_nobody(self, family, worker):
        for wrong, field in (({"begun_on": TODAY + timedelta(days=1)}, "begun_on"), ({"people": []}, "people")):
            with pytest.raises(WrongHelp) as refused:
                begun(family, worker, **wrong)
            assert refused.value.field == field

    def test_is_not_for_who_does_not_work_with_the_family_or_a_closed_case(self, family, worker, manager, senior):
        with pytest.raises(NotForYou):
            begun(family, manager)
        closed(family, senior)
        with pytest.raises(NotForYou):
            begun(family, worker)


class TestASession:
    def test_counts_towards_what_is_meant(self, family, worker):
        made = begun(family, worker, sessions=2)
        held(made, worker, TODAY - timedelta(days=7))
        held(made, worker)
        found = going_on(family, by=worker)[0]
        assert (found.dose.words, found.dose.is_reached) == ("2 of 2 sessions", True)

    def test_is_within_the_days_and_of_somebody(self, family, worker):
        made = begun(family, worker)
        for day, who in ((BEGAN - timedelta(days=1), None), (TODAY + timedelta(days=1), None), (TODAY, [])):
            with pytest.raises(WrongHelp):
                held(made, worker, day, **({} if who is None else {"people": who}))

    def test_struck_out_stays_and_counts_no_more(self, family, worker):
        session = held(begun(family, worker), worker)
        with in_the_name_of(worker):
            strike_session(session, because=MISTAKE, by=worker, on=TODAY)
            strike_session(session, because=MISTAKE, by=worker, on=TODAY)
        assert (going_on(family, by=worker)[0].delivered, HelpSession.objects.count()) == (0, 1)


class TestTheEnd:
    def test_is_said_once_with_a_result(self, family, worker):
        made = begun(family, worker)
        held(made, worker)
        with pytest.raises(WrongHelp, match="There was a session"):
            ended(made, worker, TODAY - timedelta(days=1))
        assert ended(made, worker).became == "Finished as it was meant"
        with pytest.raises(Conflict):
            ended(made, worker, result="family")


class TestTheDatabase:
    @pytest.mark.parametrize(
        "sql",
        [
            "delete from casework_help", "delete from casework_helpsession", "update casework_help set words = 'No'",
            "update casework_helpsession set happened_on = happened_on - 1", "delete from casework_helpperson",
            "update casework_method set name = 'Mine'", "delete from casework_method",
        ],
    )  # fmt: skip
    def test_changes_nothing_that_was_said(self, family, worker, sql):
        held(begun(family, worker), worker)
        refused = pytest.raises((IntegrityError, ProgrammingError))
        with refused, acting_as(worker), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_takes_people_of_the_family_alone(self, family, worker):
        other = FamilyFactory(household=True)
        with pytest.raises(IntegrityError, match="people of the family"):
            begun(family, worker, people=people(other))

    def test_shows_another_locality_nothing(self, family, worker, post, melton):
        held(begun(family, worker), worker)
        with acting_as(post(Role.SENIOR, melton)):
            assert [*Help.objects.all(), *HelpSession.objects.all()] == []


def test_every_figure_is_how_long_its_list_is(family, worker, senior):
    first, second = begun(family, worker, sessions=1), begun(family, worker, people=people(family, "child"))
    held(first, worker)
    ended(second, worker, result="family")
    with acting_as(senior):
        found = figures(senior, Narrowed())
        for each in found:
            for figure in each.figures:
                asked = dict(pair.split("=") for pair in figure.href.split("?")[1].split("&"))
                assert figure.number == behind(senior, Narrowed(**asked)).count(), figure.label
        told = {figure.label: figure.number for figure in found[0].figures}
    assert told == {"Begun": 2, "Going on": 1, "All sessions delivered": 1, "The family stopped it": 1}
    assert (found[0].method, found[0].families) == (method(), 1)
