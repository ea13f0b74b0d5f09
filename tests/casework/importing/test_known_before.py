"""A case in a later file than its people: the family was known before, and so was everybody of whom no day was told."""

from datetime import date

import pytest
from django.db import transaction

from casework.importing.services import confirm_list
from families.addresses.models import Home
from families.households.services import correct_stay
from families.people.models import Family, Membership
from slf.access.acting import acting_as
from slf.clock import today
from slf.work.services import run
from tests.at_once import Somebody, wait_for_a_lock
from tests.casework.importing.factories import CASE, DONNA, TYLER, as_csv

pytestmark = pytest.mark.django_db(transaction=True)
NO_DAY = {"Joined on": ""}
REFERRED, OPENED = date(2014, 1, 20), date(2014, 2, 14)


def since():
    with transaction.atomic():
        rows = Membership.objects.select_related("person")
        return {row.person.given_names: row.period.lower for row in rows}


def known_since():
    with transaction.atomic():
        return Family.objects.get().known_since


class TestACaseThatComesAfterItsPeople:
    def test_moves_back_since_when_the_family_and_its_people_are_known(self, bring):
        bring(as_csv(DONNA | NO_DAY, TYLER | NO_DAY))
        assert (known_since(), set(since().values())) == (today(), {today()})
        bring(as_csv(CASE, name="cases.csv"))
        assert (known_since(), set(since().values())) == (REFERRED, {REFERRED})
        with transaction.atomic():
            assert {home.period.lower for home in Home.objects.all()} == {REFERRED}

    def test_leaves_the_days_that_the_list_told(self, bring):
        bring(as_csv(DONNA | {"Joined on": "01/10/2014"}, TYLER | NO_DAY))
        bring(as_csv(CASE, name="cases.csv"))
        assert since() == {"Donna Louise": date(2014, 10, 1), "Tyler": REFERRED}

    def test_takes_nobody_back_before_their_birth(self, bring):
        bring(as_csv(DONNA | NO_DAY, TYLER | NO_DAY | {"Date of birth": "01/02/2014"}))
        bring(as_csv(CASE, name="cases.csv"))
        assert since() == {"Donna Louise": REFERRED, "Tyler": date(2014, 2, 1)}

    def test_leaves_what_somebody_put_right_meanwhile(self, bring, everything):
        bring(as_csv(DONNA | NO_DAY, TYLER | NO_DAY))
        with acting_as(everything), transaction.atomic():
            stay = Membership.objects.get(person__given_names="Tyler")
            correct_stay(stay, starts_on=date(2014, 9, 1), ends_on=None, words="Moved in then", by=everything)
        bring(as_csv(CASE, name="cases.csv"))
        assert since() == {"Donna Louise": REFERRED, "Tyler": date(2014, 9, 1)}

    def test_leaves_what_somebody_puts_right_at_that_moment(self, bring, dry, data, everything):
        bring(as_csv(DONNA | NO_DAY, TYLER | NO_DAY))
        file = dry(as_csv(CASE, name="cases.csv"))
        with acting_as(data), transaction.atomic():
            job = confirm_list(file, by=data).make_job
        making = Somebody(lambda: run(job.uid))
        with acting_as(everything), transaction.atomic():
            stay = Membership.objects.get(person__given_names="Tyler")
            correct_stay(stay, starts_on=date(2014, 9, 1), ends_on=None, words="Moved in then", by=everything)
            making.start()
            wait_for_a_lock(making)
        making.ended()
        assert since() == {"Donna Louise": REFERRED, "Tyler": date(2014, 9, 1)}

    def test_moves_nothing_forward(self, bring):
        bring(as_csv(DONNA))
        bring(as_csv(CASE, name="cases.csv"))
        assert (known_since(), since()) == (date(2013, 1, 7), {"Donna Louise": date(2013, 1, 7)})

    def test_moves_further_back_with_an_earlier_one(self, bring):
        bring(as_csv(DONNA | NO_DAY))
        bring(as_csv(CASE, name="cases.csv"))
        earlier = {"Case opened on": "01/05/2013", "Case closed on": "01/09/2013", "Referred on": ""}
        days = {column: "" for column in CASE if "Need" in column} | {
            "Last visit on": "",
            "Agreement given on": "01/05/2013",
        }
        bring(as_csv(CASE | earlier | days, name="earlier.csv"))
        assert (known_since(), since()) == (date(2013, 5, 1), {"Donna Louise": date(2013, 5, 1)})
