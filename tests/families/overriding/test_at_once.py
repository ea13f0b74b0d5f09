"""Two seniors show the same to the same person at the same moment: it is there once."""

import pytest
from django.db import transaction

from families.overriding.models import Override
from families.overriding.rules import Occasion
from families.overriding.services import show_all_the_same
from slf.access.rules import Role
from tests.at_once import at_once, in_the_name_of
from tests.factories import FamilyFactory
from tests.families.overriding.access_rows import SHOWN, WHY, left_out

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_two_seniors_show_it_once(everything, post, charnwood):
    with transaction.atomic():
        family = FamilyFactory(household=True)
        left_out(family)
        seniors = [post(Role.SENIOR, charnwood) for _ in range(2)]

    def showing(by):
        said = {"agency": "health", "kind": "homelessness", "occasion": Occasion.COURT, "reason": WHY}
        return in_the_name_of(by)(lambda: show_all_the_same(family, **said, shown_to=SHOWN[family.uid], by=by))

    first, second = at_once(*map(showing, seniors))
    assert first == second
    with transaction.atomic():
        assert Override.objects.count() == 1
