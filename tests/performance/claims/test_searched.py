"""A search of some localities speaks for a family on the days on which it was with one of them."""

from datetime import date

import pytest
from django.db import transaction

from casework.transfers.services import accept_transfer
from performance.claims.assembly import Near, searched_for, stays_of
from performance.pbr.rules import Fact, Period
from tests.casework.transfers.factories import MOVED, TODAY, offered
from tests.factories import FamilyFactory

COVERED = Period(date(2013, 1, 1), date(2014, 12, 31))
SEARCH = Fact("file:1", "records_checked", None, COVERED, {}, "A file", date(2015, 1, 5))
LEFT, CAME = date(2014, 8, 31), date(2014, 9, 1)
STAYS = [("charnwood", Period(date.min, LEFT)), ("melton", Period(CAME, None))]


def said(*localities, stays=STAYS):
    return [(fact.id, fact.period) for fact in searched_for([Near(localities, SEARCH)], stays)]


class TestASearchOfSomeLocalities:
    def test_speaks_for_the_days_before_the_family_left(self):
        assert said("charnwood") == [("file:1:0", Period(date(2013, 1, 1), LEFT))]

    def test_speaks_for_the_days_since_it_came(self):
        assert said("melton") == [("file:1:0", Period(CAME, date(2014, 12, 31)))]

    def test_is_as_it_was_for_a_family_that_stayed(self):
        assert said("charnwood", stays=[("charnwood", Period(date.min, None))]) == [("file:1", COVERED)]

    def test_says_nothing_of_a_family_elsewhere(self):
        assert said("blaby") == []

    def test_of_both_speaks_twice_under_two_names(self):
        assert [name for name, _ in said("charnwood", "melton")] == ["file:1:0", "file:1:1"]


@pytest.mark.django_db
def test_a_family_was_with_its_first_locality_before_it_was_known(charnwood, everything):
    with transaction.atomic():
        family = FamilyFactory()
    accept_transfer(offered(family), by=everything, on=TODAY)
    assert stays_of([family.pk], by=everything)[family.pk] == [
        ("charnwood", Period(date.min, date(2014, 9, 30))),
        ("melton", Period(MOVED, None)),
    ]
