"""Two people with the same families at the same moment, each on a connection of their own."""

import pytest
from django.db import transaction

from casework.importing.models import ImportFile
from casework.importing.services import confirm_list
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from slf.work.services import run
from tests.at_once import at_once
from tests.casework.importing.factories import DONNA, TYLER, as_csv, receive, tried

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(post, charnwood):
    return post(Role.DATA), post(Role.DATA)


def acting(person, verb):
    def act():
        with acting_as(person):
            return verb(person)

    return act


class TestTwoPeopleAtOnce:
    def test_sending_the_same_list_have_one_file(self, two, charnwood):
        def send(person):
            return receive(as_csv(DONNA), locality=charnwood, by=person)

        first, second = at_once(*(acting(person, send) for person in two))
        assert first == second

    def test_confirming_the_same_list_one_is_told(self, two, charnwood):
        with acting_as(two[0]):
            file = tried(as_csv(DONNA), locality=charnwood, by=two[0])

        def confirm(person):
            return confirm_list(file, by=person)

        given = at_once(*(acting(person, confirm) for person in two))
        assert {type(one) for one in given} == {ImportFile, Conflict}

    def test_making_two_lists_with_one_family_make_it_once(self, two, charnwood):
        files = []
        for person, rows in zip(two, ([DONNA, TYLER], [TYLER, DONNA]), strict=True):
            with acting_as(person):
                file = tried(as_csv(*rows), locality=charnwood, by=person)
                with transaction.atomic():
                    files.append(confirm_list(file, by=person))
        jobs = [file.make_job.uid for file in files]
        at_once(*(acting(person, lambda _, job=job: run(job)) for person, job in zip(two, jobs, strict=True)))
        with transaction.atomic():
            assert Family.objects.count() == 1
            assert ImportFile.objects.filter(made_at=None).count() == 0
