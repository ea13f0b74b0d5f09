"""Two people at the same moment, each on a connection of their own."""

import pytest

from referrals.intake.rules import DECIDE_WITHIN
from slf.access.acting import acting_as
from slf.policy.models import SettingValue
from slf.policy.services import confirm, take_back
from slf.web.errors import Conflict, NotAllowed
from tests.at_once import at_once
from tests.slf.policy.factories import keeper, proposal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def as_keeper(name, verb):
    by = keeper(name)

    def act():
        with acting_as(by):
            return verb(by)

    return act


def test_two_who_propose_at_once_leave_one_proposal():
    given = at_once(
        *(as_keeper(name, lambda by: proposal(DECIDE_WITHIN, 7, by=by.username)) for name in ("ann", "bob"))
    )
    assert [type(one) for one in given if isinstance(one, Exception)] == [Conflict]
    assert SettingValue.objects.waiting().count() == 1


def test_one_who_confirms_while_another_takes_back_is_first_or_told_so():
    row = proposal(DECIDE_WITHIN, 7)
    given = at_once(
        as_keeper("ann", lambda by: confirm(row, by=by)), as_keeper("bob", lambda by: take_back(row, by=by))
    )
    assert [type(one) for one in given if isinstance(one, Exception)] == [NotAllowed]
