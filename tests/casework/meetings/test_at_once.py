"""Two people at once: minutes are finished once; of two who invite somebody, nobody is put out again."""

import pytest

from casework.around.models import TeamMember
from casework.meetings.models import Invitee, Meeting
from casework.meetings.services import Invited, change_meeting, finish_minutes, seen_of
from slf.web.errors import Conflict
from tests.at_once import at_once, committed, in_the_name_of
from tests.casework.around.factories import SINCE, TODAY, joined, minuted, people, planned

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def both(worker, senior):
    """A worker, and a senior who works with families too."""
    return worker, senior


def told_otherwise(given):
    return [one for one in given if isinstance(one, Conflict)]


class TestMinutes:
    def test_are_finished_once_and_the_second_is_told(self, family, both):
        meeting = committed(lambda: minuted(planned(family, both[0]), both[0]))
        given = at_once(*(in_the_name_of(by)(lambda by=by: finish_minutes(meeting, by=by, on=TODAY)) for by in both))
        assert len(told_otherwise(given)) == 1
        assert committed(lambda: Meeting.objects.get().state) == "finished"


class TestTwoWhoInvite:
    def test_are_told_that_the_other_did_and_nobody_is_put_out_again(self, family, both):
        worker, _ = both
        meeting = committed(lambda: planned(family, worker))
        more = committed(lambda: [joined(family, worker, name) for name in ("Bo Lane", "Cy Mann")])
        those = committed(lambda: (people(family), list(TeamMember.objects.filter(name="Ann Hall"))))
        seen = committed(lambda: seen_of(Meeting.objects.get()))
        plan = {"day": meeting.day, "starts_at": meeting.starts_at, "place": meeting.place, "purpose": meeting.purpose}

        def inviting(by, member):
            wanted = Invited(those[0], [*those[1], member], [worker])
            return in_the_name_of(by)(lambda: change_meeting(meeting, invited=wanted, seen=seen, by=by, **plan))

        given = at_once(*(inviting(by, member) for by, member in zip(both, more, strict=True)))
        assert len(told_otherwise(given)) == 1
        out = committed(lambda: Invitee.objects.filter(is_withdrawn=True).count())
        assert out == 0

    def test_who_bring_one_person_into_the_team_bring_them_once(self, family, both):
        given = at_once(*(in_the_name_of(by)(lambda by=by: joined(family, by, part=f"As {by} says")) for by in both))
        assert len(told_otherwise(given)) == 1
        assert committed(lambda: TeamMember.objects.filter(from_on=SINCE).count()) == 1
