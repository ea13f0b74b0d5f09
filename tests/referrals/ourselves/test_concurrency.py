"""The button pressed twice at the same moment, each on a connection of its own."""

import pytest

from referrals.ourselves.models import OwnReferral
from tests.at_once import at_once
from tests.referrals.intake.factories import in_the_name_of
from tests.referrals.ourselves.factories import send_own

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_the_same_sent_twice_at_once_is_one_referral(everything):
    first, second = at_once(send_own, send_own)
    assert first == second
    with in_the_name_of(everything):
        assert OwnReferral.objects.count() == 1
