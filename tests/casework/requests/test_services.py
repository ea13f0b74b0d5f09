"""Requests to services: asked, offered, started, ended; what is not to be had; and the figures of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.requests import services
from casework.requests.figures import Narrowed, behind, figures
from casework.requests.models import ServiceRequest
from casework.requests.rules import Waits, WrongRequest
from slf.access.acting import acting_as
from slf.access.models import Scope
from slf.access.rules import Role
from slf.access.services import move_family, scope_for
from slf.web.errors import Conflict, NotForYou
from tests.casework.around.factories import SINCE, TODAY, asked, people
from tests.casework.closing.factories import closed, worked
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


def missed(made, by, how="unavailable", reason="none_here", closed_on=TODAY):
    with in_the_name_of(by):
        return services.not_met(made, how=how, reason=reason, closed_on=closed_on, words="No.", by=by, on=TODAY)


def started(made, by, day=TODAY):
    with in_the_name_of(by):
        return services.start(made, started_on=day, by=by, on=TODAY)


class TestARequest:
    def test_again_is_the_same_and_otherwise_told(self, family, worker):
        assert asked(family, worker) == asked(family, worker)
        with pytest.raises(Conflict, match="asked for already"):
            asked(family, worker, words="Somebody else.")

    def test_waits_until_it_starts_and_ends_with_an_outcome(self, family, worker):
        made = asked(family, worker)
        with in_the_name_of(worker):
            services.offer(made, offered_on=SINCE + timedelta(days=10), by=worker, on=TODAY)
            with pytest.raises(WrongRequest, match="The day before it"):
                services.start(made, started_on=SINCE + timedelta(days=9), by=worker, on=TODAY)
            held = services.start(made, started_on=SINCE + timedelta(days=20), by=worker, on=TODAY)
            assert held.waited(TODAY) == 20
            done = services.end(held, closed_on=TODAY, reason="helped", words="Calmer.", by=worker, on=TODAY)
        assert (done.because, done.waited(TODAY)) == ("It helped", 20)

    def test_is_not_met_with_a_reason_of_the_list(self, family, worker):
        made = asked(family, worker)
        with pytest.raises(WrongRequest, match="reason"):
            missed(made, worker, reason="because")
        assert missed(made, worker) == missed(made, worker)
        with pytest.raises(Conflict, match="not available here"):
            started(made, worker)

    def test_is_not_of_who_does_not_work_with_the_family_nor_of_a_closed_case(self, family, worker, manager, senior):
        with pytest.raises(NotForYou):
            asked(family, manager)
        made = asked(family, worker)
        closed(family, senior)
        with pytest.raises(NotForYou):
            missed(made, worker)

    @pytest.mark.parametrize(
        "sql",
        [
            "delete from casework_servicerequest", "update casework_servicerequest set words = 'No'",
            "update casework_servicerequest set asked_on = asked_on - 1",
            "update casework_servicerequest set state = 'asked', closed_on = null, closed_by_id = null, reason = ''",
        ],
    )  # fmt: skip
    def test_stays_as_it_was_asked_and_closed(self, family, worker, sql):
        missed(asked(family, worker), worker)
        refused = pytest.raises((IntegrityError, ProgrammingError))
        with refused, acting_as(worker), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_is_closed_on_the_day_it_was_offered_or_later(self, family, worker):
        made = asked(family, worker)
        with in_the_name_of(worker):
            services.offer(made, offered_on=TODAY, by=worker, on=TODAY)
        day = TODAY - timedelta(days=1)
        closed = {"state": "declined", "closed_on": day, "closed_by": worker, "reason": "full"}
        with pytest.raises(IntegrityError, match="days_in_order"), in_the_name_of(worker), transaction.atomic():
            ServiceRequest.objects.filter(pk=made.pk).update(**closed)
        with pytest.raises(WrongRequest, match="The day before it"):
            missed(made, worker, how="declined", reason="full", closed_on=day)

    def test_is_for_people_of_the_family_and_shown_to_its_locality_alone(self, family, worker, post, melton):
        with pytest.raises(IntegrityError, match="people of the family"):
            asked(family, worker, person=people(FamilyFactory(household=True))[0])
        asked(family, worker)
        with acting_as(post(Role.SENIOR, melton)):
            assert list(ServiceRequest.objects.all()) == []


def test_every_figure_is_how_long_its_list_is(family, worker, senior, everything):
    missed(asked(family, worker), worker)
    started(asked(family, worker, "A place in the nursery"), worker)
    asked(family, worker, "Furniture", need="poverty")
    asked(hidden := worked(worker), worker, "Furniture", need="poverty")
    named = [("user", worker.pk, Role.FSW), ("user", senior.pk, Role.SENIOR)]
    move_family(hidden, to=scope_for(Scope.Kind.RESTRICTED, name="Two people", members=named), by=everything)
    with acting_as(senior):
        found = figures(senior, Narrowed())
        for each in found:
            for figure in (*each.figures, *each.reasons):
                told = dict(pair.split("=") for pair in figure.href.split("?")[1].split("&"))
                assert figure.number == behind(senior, Narrowed(**told)).count(), figure.label
        by_need = {each.need: each for each in found}
    health = by_need["health"]
    assert [figure.number for figure in health.figures] == [2, 0, 1, 1, 0]
    assert [(figure.label, figure.number) for figure in health.reasons] == [("There is no such service here", 1)]
    assert (health.waits, by_need["poverty"].waits) == (Waits(1, 35, 35), Waits(1, 35, 35))
