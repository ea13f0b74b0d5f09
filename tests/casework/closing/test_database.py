"""What the database refuses of a closing, whoever asks and however."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.cases.models import Case
from casework.closing.models import Closing
from casework.closing.services import close_case, confirm_closing, take_back_closing
from casework.plans.models import Plan
from casework.plans.services import start_plan
from casework.visits.models import Visit
from families.needs.models import Need
from referrals.allocation.models import Allocation
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import Conflict
from tests.casework.closing.factories import EARLIER, MISTAKE, TODAY, closed, proposed, told
from tests.casework.visits.factories import VisitFactory
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=1)


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def at_its_end():
    """Have the database look now at what it looks at when a transaction ends."""
    run("set constraints all immediate")
    run("set constraints all deferred")


def close_with(family, by, outcomes):
    with transaction.atomic():
        close_case(family, told(), by=by, on=TODAY, outcomes=outcomes)
        at_its_end()


def write(family, by, **more):
    """Write a closing past the service."""
    case = Case.objects.get(family=family)
    with acting_as(by), transaction.atomic():
        return Closing.objects.create(family=family, case=case, **vars(told()) | more)


def decided(by, **more):
    return {"state": "closed", "decided_by": by, "decided_on": TODAY, **more}


class TestTheDatabase:
    def test_closes_no_case_without_a_closing(self, family):
        with pytest.raises(ProgrammingError, match="closed by its closing"):
            run("update casework_case set closed_on = %s", TODAY)

    def test_opens_no_case_again_without_taking_its_closing_back(self, family, senior):
        closed(family, senior)
        with pytest.raises(ProgrammingError, match="closed by its closing"):
            run("update casework_case set closed_on = null")

    def test_closes_no_case_with_which_something_goes_on(self, family, senior):
        with pytest.raises(IntegrityError, match="what goes on ends before its case"):
            write(family, senior, **decided(senior))

    def test_closes_no_case_while_nobody_has_said_what_became_of_an_open_need(self, family, senior, monkeypatch):
        need = Need.objects.create(family=family, kind="housing", started_on=EARLIER, source="Visit")
        with acting_as(senior):
            with monkeypatch.context() as silent:
                silent.setattr("casework.closing.services.closing.say_outcomes", lambda *said, **by: None)
                with pytest.raises(Conflict, match="found while this was decided") as refused:
                    close_with(family, senior, {need.pk: "partly"})
            assert "became of each need" in str(refused.value.__cause__)
            assert Case.objects.get().closed_on is None
            close_with(family, senior, {need.pk: "partly"})
            assert Case.objects.get().closed_on == TODAY

    def test_takes_a_closing_from_before_that_was_asked_as_it_is(self, family, senior):
        closing = closed(family, senior)
        at_its_end()
        Need.objects.create(family=family, kind="housing", started_on=EARLIER, source="Visit")
        with acting_as(senior), transaction.atomic():
            Closing.objects.get(pk=closing.pk).save()
            at_its_end()
            take_back_closing(closing, because=MISTAKE, by=senior, on=TODAY)
            at_its_end()

    @pytest.mark.parametrize("role", [Role.FSW, Role.HEAD])
    def test_lets_nobody_close_who_may_not(self, family, post, charnwood, role):
        somebody = post(role, None if role is Role.HEAD else charnwood)
        with pytest.raises(ProgrammingError, match="not yours to close"):
            write(family, somebody, **decided(somebody))

    def test_lets_nobody_write_another_name(self, family, senior, worker):
        with pytest.raises(ProgrammingError, match="not yours to close"):
            write(family, senior, **decided(worker))

    def test_lets_nobody_confirm_their_own(self, family, senior, worker):
        closing = proposed(family, worker)
        with pytest.raises((IntegrityError, ProgrammingError)), acting_as(worker), transaction.atomic():
            Closing.objects.filter(pk=closing.pk).update(state="closed", decided_by=worker, decided_on=TODAY)

    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_closing set reached = 'Something else'",
            "update casework_closing set reason = 'moved'",
            "update casework_closing set state = 'proposed', decided_by_id = null, decided_on = null",
            "update casework_closing set closes_on = closes_on - 1",
        ],
    )
    def test_holds_what_was_said(self, family, senior, sql):
        closed(family, senior)
        with pytest.raises((IntegrityError, ProgrammingError)), acting_as(senior):
            run(sql)

    def test_deletes_nothing(self, family, senior):
        closed(family, senior)
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("delete from casework_closing")

    def test_takes_no_case_away(self, family):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run("delete from casework_case")

    def test_keeps_one_closing_of_a_case_at_a_time(self, family, senior, worker):
        proposed(family, worker)
        with pytest.raises(IntegrityError, match="one_at_a_time"):
            write(family, worker, state="proposed", proposed_by=worker, proposed_on=TODAY)

    def test_gives_nobody_a_family_whose_case_is_closed(self, family, worker, senior):
        closed(family, senior)
        with pytest.raises(IntegrityError, match="case of the family is closed"), transaction.atomic():
            Allocation.objects.create(family=family, worker=worker, period=(TODAY, None), allocated_by=senior)
        with pytest.raises(IntegrityError, match="case of the family is closed"), transaction.atomic():
            Allocation.objects.update(period=(EARLIER, LATER))

    def test_begins_and_resumes_no_plan_of_a_closed_case(self, family, senior, everything):
        start_plan(family, by=everything, on=TODAY)
        closed(family, senior)
        with pytest.raises(IntegrityError, match="case of the family is closed"), transaction.atomic():
            Plan.objects.create(family=family, number=2, started_on=TODAY, started_by=everything)
        with pytest.raises(IntegrityError, match="a version of a plan is written"):
            run("update casework_plan set state = 'draft', ended_on = null")

    def test_keeps_a_contact_after_the_closing_without_the_case(self, family, senior):
        case = Case.objects.get()
        closed(family, senior, closes_on=EARLIER)
        assert VisitFactory(family=family, case=case, happened_on=EARLIER).case_id == case.pk
        late = VisitFactory(family=family, case=case, happened_on=TODAY)
        assert Visit.objects.get(pk=late.pk).case is None

    def test_takes_no_closing_back_where_another_case_is_open(self, family, senior, everything):
        closing = closed(family, senior)
        Case.objects.create(family=family, opened_on=TODAY, opened_by=everything)
        with pytest.raises(IntegrityError, match="another case was opened"), acting_as(senior), transaction.atomic():
            Closing.objects.filter(pk=closing.pk).update(
                state="taken_back", taken_back_by=senior, taken_back_on=TODAY, taken_back_because=MISTAKE
            )

    def test_holds_a_closing_to_a_case_of_its_own_family(self, family, senior):
        case, other = Case.objects.get(), FamilyFactory()
        with pytest.raises(IntegrityError, match="own family"), acting_as(senior), transaction.atomic():
            Closing.objects.create(family=other, case=case, **vars(told()) | decided(senior))

    def test_lets_a_family_move_to_another_audience(self, family, senior, everything):
        closed(family, senior)
        scope = restrict_family(family, to=[(everything, Role.SENIOR)], by=everything)
        assert set(Closing.objects.values_list("scope_id", flat=True)) == {scope.pk}

    def test_shows_another_locality_nothing(self, family, senior, post, melton):
        closed(family, senior)
        with acting_as(post(Role.SENIOR, melton)):
            assert not Closing.objects.exists()

    def test_keeps_every_version(self, family, senior, worker):
        closing = proposed(family, worker)
        closing = closed_by_confirming(closing, senior)
        with acting_as(senior), transaction.atomic():
            take_back_closing(closing, because=MISTAKE, by=senior, on=TODAY)
        assert list(closing.events.order_by("pgh_id").values_list("state", flat=True)) == [
            "proposed", "closed", "taken_back",
        ]  # fmt: skip
        closes = Case.pgh_event_model.objects.order_by("pgh_id").values_list("closed_on", flat=True)
        assert list(closes) == [None, TODAY, None]


def closed_by_confirming(closing, senior):
    with acting_as(senior), transaction.atomic():
        return confirm_closing(closing, by=senior, on=TODAY)
