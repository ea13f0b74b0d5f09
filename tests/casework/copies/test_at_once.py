"""Two at once: a copy is decided once, and nobody is asked for two."""

import pytest
from django.db import transaction

from casework.copies.models import ChronologyCopy
from casework.copies.services import send_copy_back
from slf.access.rules import Role
from slf.web.errors import DomainError
from tests.at_once import at_once
from tests.casework.closing.factories import TODAY, worked
from tests.casework.copies.factories import asked, read, released
from tests.casework.provenance.factories import entries
from tests.casework.safeguarding.factories import acting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def make(function):
    with transaction.atomic():
        return function()


def tried(function):
    try:
        return function()
    except DomainError as told:
        return told


@pytest.fixture
def worker(post, charnwood, everything):
    return make(lambda: post(Role.FSW, charnwood))


@pytest.fixture
def seniors(post, charnwood, everything):
    return make(lambda: [post(Role.SENIOR, charnwood, username=name) for name in ("ann", "beth")])


@pytest.fixture
def family(worker):
    made = make(lambda: worked(worker))
    make(lambda: entries(made, worker))
    return made


def person_of(family):
    return make(lambda: family.memberships.select_related("person").order_by("pk").first().person)


def test_one_releases_it_or_the_other_sends_it_back(family, worker, seniors):
    copy = make(lambda: asked(family, person_of(family), worker))
    ann, beth = seniors
    make(lambda: read(copy, ann))

    def back():
        with acting(beth):
            return send_copy_back(copy, answer="Not now.", by=beth, on=TODAY)

    given = at_once(lambda: tried(lambda: released(copy, ann)), lambda: tried(back))
    with acting(ann), transaction.atomic():
        state = ChronologyCopy.objects.get(pk=copy.pk).state
    assert state in {one.state for one in given if isinstance(one, ChronologyCopy)}


def test_two_ask_for_one_person_and_there_is_one(family, worker, seniors):
    who = person_of(family)
    at_once(lambda: tried(lambda: asked(family, who, worker)), lambda: tried(lambda: asked(family, who, seniors[0])))
    with acting(worker), transaction.atomic():
        assert ChronologyCopy.objects.count() == 1
