"""Two people at once: minutes are finished once; of two who invite somebody, nobody is put out again."""

import pytest
from django.db import transaction

from casework.around.models import TeamMember
from casework.meetings.models import Invitee, Meeting
from casework.meetings.services import Invited, change_meeting, finish_minutes, seen_of
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.at_once import at_once
from tests.casework.around.factories import SINCE, TODAY, joined, minuted, people, planned
from tests.casework.closing.factories import worked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def make(function):
    with transaction.atomic():
        return function()


@pytest.fixture
def both(post, charnwood, everything):
    """A worker, and a senior who works with families too."""
    worker, senior = make(lambda: (post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)))
    return worker, senior


@pytest.fixture
def family(both):
    return make(lambda: worked(both[0]))


def named(by, verb):
    def act():
        with acting_as(by), transaction.atomic():
            return verb()

    return act


def told_otherwise(given):
    return [one for one in given if isinstance(one, Conflict)]


class TestMinutes:
    def test_are_finished_once_and_the_second_is_told(self, family, both):
        meeting = make(lambda: minuted(planned(family, both[0]), both[0]))
        given = at_once(*(named(by, lambda by=by: finish_minutes(meeting, by=by, on=TODAY)) for by in both))
        assert len(told_otherwise(given)) == 1
        assert make(lambda: Meeting.objects.get().state) == "finished"


class TestTwoWhoInvite:
    def test_are_told_that_the_other_did_and_nobody_is_put_out_again(self, family, both):
        worker, _ = both
        meeting = make(lambda: planned(family, worker))
        more = make(lambda: [joined(family, worker, name) for name in ("Bo Lane", "Cy Mann")])
        those = make(lambda: (people(family), list(TeamMember.objects.filter(name="Ann Hall"))))
        seen = make(lambda: seen_of(Meeting.objects.get()))
        plan = {"day": meeting.day, "starts_at": meeting.starts_at, "place": meeting.place, "purpose": meeting.purpose}

        def inviting(by, member):
            wanted = Invited(those[0], [*those[1], member], [worker])
            return named(by, lambda: change_meeting(meeting, invited=wanted, seen=seen, by=by, **plan))

        given = at_once(*(inviting(by, member) for by, member in zip(both, more, strict=True)))
        assert len(told_otherwise(given)) == 1
        out = make(lambda: Invitee.objects.filter(is_withdrawn=True).count())
        assert out == 0

    def test_who_bring_one_person_into_the_team_bring_them_once(self, family, both):
        given = at_once(*(named(by, lambda by=by: joined(family, by, part=f"As {by} says")) for by in both))
        assert len(told_otherwise(given)) == 1
        assert make(lambda: TeamMember.objects.filter(from_on=SINCE).count()) == 1
