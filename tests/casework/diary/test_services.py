from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.cases.services import HandoverNote, allocate_family
from casework.chronology.sources import chronology
from casework.diary.models import PlannedVisit
from casework.diary.rules import Planned
from casework.diary.services import cancel_visit, move_visit, note_no_access, plan_visit
from casework.visits.contact import last_contacts
from casework.visits.models import Visit
from casework.visits.services import record_visit
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict, DomainError, NotAllowed
from tests.at_once import acting
from tests.casework.closing.factories import closed
from tests.casework.diary.factories import TODAY, PlannedVisitFactory
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
VISIT = Planned("home", TODAY, time(15, 30))


def plan(family, by, what=VISIT, **more):
    with acting(by):
        return plan_visit(family, what, by=by, on=TODAY, **more)


def record(family, by, **more):
    with acting(by):
        given = {"kind": "home", "happened_on": TODAY, "note": "They were in.", "sightings": [], **more}
        return record_visit(family, by=by, **given)


class TestPlanning:
    def test_twice_the_same_is_one_visit(self, family, worker):
        assert plan(family, worker) == plan(family, worker)

    def test_a_series_makes_a_row_for_each_day(self, family, worker):
        made = plan(family, worker, every="fortnight", until=date(2014, 12, 1))
        assert [row.due_on for row in made] == [TODAY + timedelta(weeks=2 * n) for n in range(4)]
        assert len({row.series for row in made}) == 1

    def test_is_of_whoever_works_with_the_family_so_that_it_goes_to_the_next_worker(
        self, family, worker, senior, post, charnwood
    ):
        plan(family, worker, worker=worker)
        following = post(Role.FSW, charnwood)
        with acting(senior):
            allocate_family(family, worker=following, by=senior, on=TODAY, note=HandoverNote("Ring before ten."))
        with acting(following):
            assert PlannedVisit.objects.visible_to(following).of_worker(following, on=TODAY).count() == 1

    def test_is_refused_once_the_case_is_closed_and_what_was_planned_is_cancelled(self, family, worker, senior):
        [planned] = plan(family, worker)
        closed(family, senior)
        planned.refresh_from_db()
        assert (planned.state, planned.because) == ("cancelled", "The case was closed")
        with pytest.raises(DomainError):
            plan(family, senior)
        with pytest.raises(IntegrityError, match="case of the family is closed"), transaction.atomic():
            PlannedVisitFactory(family=family)


class TestWhatBecomesOfIt:
    def test_its_visit_notes_it_as_done_and_no_other_does(self, family, worker):
        [planned] = plan(family, worker)
        visit = record(family, worker, planned=planned.uid)
        planned.refresh_from_db()
        assert (planned.state, planned.settled_by, planned.visit) == ("done", worker, visit)
        assert record(family, worker, planned=planned.uid).planned is None

    def test_a_visit_of_another_family_leaves_it_alone(self, family, worker):
        other = PlannedVisitFactory()
        assert record(family, worker, planned=other.uid).planned is None

    def test_no_access_is_no_contact_and_stands_in_the_chronology(self, family, worker):
        [planned] = plan(family, worker)
        with acting(worker):
            note_no_access(planned, reason="nobody_in", said="I left a card.", by=worker, on=TODAY)
            assert not Visit.objects.exists()
            told = [entry for entry in chronology(family, user=worker) if entry.title.startswith("No access")]
        assert [(entry.detail, entry.text) for entry in told] == [(("Nobody answered the door",), "I left a card.")]

    def test_one_of_a_series_is_cancelled_or_the_rest_with_it(self, family, worker):
        first, second, third, *_ = plan(family, worker, every="week", until=date(2014, 11, 12))
        with acting(worker):
            cancel_visit(second, reason="family", by=worker, on=TODAY)
            cancel_visit(third, reason="family", by=worker, on=TODAY, rest=True)
            cancel_visit(third, reason="family", by=worker, on=TODAY, rest=True)
        assert list(PlannedVisit.objects.open()) == [first]

    def test_what_is_settled_is_neither_moved_nor_settled_again(self, family, worker, senior):
        [planned] = plan(family, worker)
        with acting(worker):
            cancel_visit(planned, reason="family", by=worker, on=TODAY)
        with acting(senior), pytest.raises(Conflict, match="noted as “cancelled”"):
            cancel_visit(planned, reason="unwell", by=senior, on=TODAY)
        with acting(worker), pytest.raises(Conflict):
            move_visit(planned, Planned("home", TOMORROW), by=worker, on=TODAY)

    def test_nobody_is_met_before_the_day(self, family, worker):
        [planned] = plan(family, worker, Planned("home", TOMORROW))
        with acting(worker), pytest.raises(NotAllowed, match="later day"):
            note_no_access(planned, reason="nobody_in", by=worker, on=TODAY)


class TestTheNextVisit:
    def test_that_was_agreed_is_planned_and_once(self, family, worker):
        record(family, worker, next_visit_on=TOMORROW)
        record(family, worker, kind="phone", next_visit_on=TOMORROW)
        assert [row.due_on for row in PlannedVisit.objects.open()] == [TOMORROW]

    def test_is_the_one_in_the_diary_and_none_once_that_is_cancelled(self, family, worker):
        record(family, worker, next_visit_on=TODAY + timedelta(days=7))
        planned = PlannedVisit.objects.get()
        with acting(worker):
            move_visit(planned, Planned("home", TOMORROW), by=worker, on=TODAY)
            assert last_contacts([family.pk], user=worker)[0][family.pk].next_visit_on == TOMORROW
            cancel_visit(planned, reason="family", by=worker, on=TODAY)
            assert last_contacts([family.pk], user=worker)[0][family.pk].next_visit_on is None


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_plannedvisit set state = 'done', settled_by_id = slf.acting_user(), settled_on = due_on",
            "update casework_plannedvisit set family_id = family_id + 1",
            "update casework_plannedvisit set due_on = due_on + 1, state = 'cancelled', reason = 'family', "
            "settled_by_id = slf.acting_user(), settled_on = due_on",
        ],
    )
    def test_refuses_what_never_happens_to_one(self, family, sql):
        PlannedVisitFactory(family=family)
        with pytest.raises(IntegrityError):
            run(sql)

    def test_takes_none_away(self, family):
        PlannedVisitFactory(family=family)
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("delete from casework_plannedvisit")

    def test_takes_no_visit_for_a_plan_of_another_family(self, family, everything):
        other = PlannedVisitFactory(family=FamilyFactory())
        with pytest.raises(IntegrityError, match="no visit planned with this family"), transaction.atomic():
            Visit.objects.create(
                family=family, kind="home", happened_on=TODAY, note="x", recorded_by=everything, planned=other
            )

    def test_shows_another_locality_nothing(self, family, post, melton):
        PlannedVisitFactory(family=family)
        with acting_as(post(Role.SENIOR, melton)):
            assert not PlannedVisit.objects.exists()
