"""The demonstration county is made whole, by the verbs people use and under what PostgreSQL asks of each."""

import pytest
from django.db import transaction

from families.people.models import Family
from performance.demo.county import make_county
from slf.access.acting import acting_as
from slf.accounts.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FEW = 12
"""A small county: what one family has several times, and a file without a row, come up in it alone."""


def test_is_made_once_and_leaves_no_builder_behind():
    with acting_as(None):
        made = make_county(total=FEW, password="a long enough password")
        assert make_county(total=FEW, password="a long enough password") == 0
        builder = User.objects.get(username="demo.builder")
    with transaction.atomic():
        assert Family.objects.count() >= made * 0.9  # not those that are closed to named people
    assert (builder.is_active, builder.posts.filter(period__isempty=False).count()) == (False, 0)
