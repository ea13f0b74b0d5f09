from datetime import date, time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from casework.calendar.models import CalendarFeed
from casework.calendar.rules import LONGEST_LINE, fold
from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import Role
from tests.casework.diary.factories import PlannedVisitFactory
from tests.casework.visits.factories import give
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood)


@pytest.fixture
def family(worker):
    made = FamilyFactory(household=True, name="The Jacksons")
    give(made, worker)
    return made


@pytest.fixture
def address(worker, family, signed_in):
    return signed_in(worker).post(reverse("casework:calendar")).context["address"]


def ask(address: str):
    cache.clear()
    with acting_as(None):
        return Client().get(address)


class TestACalendar:
    def test_is_given_when_and_how_and_the_way_to_it_but_not_whom_or_where(self, address, family):
        planned = PlannedVisitFactory(family=family, about="The letter about Chloe", due_at=time(15, 30))
        PlannedVisitFactory(family=family, due_on=date(2014, 11, 3), due_at=None)
        PlannedVisitFactory(family=FamilyFactory())
        given = ask(address).content.decode()
        assert given.count("BEGIN:VEVENT") == 2
        for line in ("DTSTART:20141015T143000Z", "DURATION:PT60M", "DTSTART;VALUE=DATE:20141103"):
            assert f"{line}\r\n" in given
        assert planned.get_absolute_url() in given.replace("\r\n ", "")
        for told in ("Jackson", family.reference, "Chloe"):
            assert told not in given

    def test_gets_nothing_once_the_address_is_taken_back_made_anew_or_wrong(self, address, worker, signed_in):
        assert ask(address).status_code == 200
        another = signed_in(worker).post(reverse("casework:calendar")).context["address"]
        assert (ask(address).status_code, ask(another).status_code) == (404, 200)
        signed_in(worker).post(reverse("casework:revoke_calendar"))
        assert (ask(another).status_code, ask(another[:-12] + "x/visits.ics").status_code) == (404, 404)

    def test_gets_nothing_of_somebody_who_has_left(self, address, worker):
        worker.is_active = False
        worker.save()
        assert ask(address).status_code == 404

    def test_asks_at_most_so_often(self, address, settings):
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"calendar": "1/m/ip"}
        assert ask(address).status_code == 200
        with acting_as(None):
            assert Client().get(address).status_code == 429

    def test_leaves_its_secret_nowhere(self, address, worker):
        ask(address)
        secret = address.split("/")[-2]
        with acting_as(worker):
            assert secret not in CalendarFeed.objects.get().digest
            assert not View.objects.filter(door__contains=secret).exists()


def test_a_long_line_is_folded_into_parts_that_make_it_again():
    line = "URL:" + "x" * 200
    parts = list(fold(line))
    assert max(map(len, parts)) <= LONGEST_LINE
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
