"""Two at once: two who look call nobody twice; back just now and late just now do not cross; one answers."""

import pytest

from casework.lone_working import services
from casework.lone_working.models import AlarmCall, Outing
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.at_once import at_once, committed, in_the_name_of
from tests.casework.lone_working.factories import out, pass_by

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def people(post, charnwood, everything):
    return [post(Role.FSW, charnwood), post(Role.SENIOR, charnwood), post(Role.MANAGER, charnwood)]


def late(worker, charnwood) -> Outing:
    outing = out(worker, charnwood)
    committed(lambda: pass_by(outing, hours=2))
    return outing


def test_two_who_look_call_each_once_and_one_of_two_answers(people, charnwood):
    worker, senior, manager = people
    outing = late(worker, charnwood)
    with acting_as(None):
        assert sorted(at_once(lambda: services.look("beat"), lambda: services.look("worker"))) == [0, 1]
    given = at_once(
        in_the_name_of(senior)(lambda: services.answer_alarm(outing, by=senior)),
        in_the_name_of(manager)(lambda: services.answer_alarm(outing, by=manager)),
    )
    assert sorted(isinstance(one, Conflict) for one in given) == [False, True]
    with in_the_name_of(senior):
        assert AlarmCall.objects.count() == 2


def test_one_who_comes_back_while_it_is_looked_is_back_or_answered_and_never_lost(people, charnwood):
    worker, senior, _ = people
    outing = late(worker, charnwood)
    with acting_as(None):
        at_once(
            in_the_name_of(worker)(lambda: services.come_back(outing, message="", by=worker)),
            lambda: services.look("beat"),
        )
    with in_the_name_of(worker):
        assert Outing.objects.get().ended_at is not None
    with in_the_name_of(senior):
        assert services.late_for(senior).count() in {0, 1}
