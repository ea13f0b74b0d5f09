"""Two people at the same moment, each on a connection of their own."""

import pytest

from families.register.models import Gateway
from families.register.services import propose
from slf.access.acting import acting_as
from slf.clock import today
from slf.web.errors import Conflict
from tests.at_once import at_once
from tests.families.register.factories import SOURCED, in_force, keeper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HOUSING = {"agency": "housing", "purpose": "support", "category": "housing", "law": "Housing Act 1996 section 213"}


def test_two_who_replace_the_same_row_at_once_are_told_who_was_first():
    earlier = in_force(Gateway, **(HOUSING | SOURCED))

    def instead(by):
        def verb():
            with acting_as(by):
                return propose(Gateway, by=by, starts=today(), replaces=earlier, **(HOUSING | SOURCED))

        return verb

    given = at_once(*(instead(keeper(name)) for name in ("ann", "bob")))
    assert [type(one) for one in given if isinstance(one, Exception)] == [Conflict]
    assert earlier.replacements.count() == 1
