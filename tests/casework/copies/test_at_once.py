"""Two at once: a copy is decided once, and nobody is asked for two."""

import pytest

from casework.copies.models import ChronologyCopy
from casework.copies.services import send_copy_back
from slf.access.rules import Role
from slf.web.errors import DomainError
from tests.at_once import acting, at_once, committed
from tests.casework.closing.factories import TODAY
from tests.casework.copies.factories import asked, read, released

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tried(function):
    try:
        return function()
    except DomainError as told:
        return told


@pytest.fixture
def seniors(post, charnwood):
    return [post(Role.SENIOR, charnwood, username=name) for name in ("ann", "beth")]


def test_one_releases_it_or_the_other_sends_it_back(family, people, entries, worker, seniors):
    copy = committed(lambda: asked(family, people[0], worker))
    ann, beth = seniors
    committed(lambda: read(copy, ann))

    def back():
        with acting(beth):
            return send_copy_back(copy, answer="Not now.", by=beth, on=TODAY)

    given = at_once(lambda: tried(lambda: released(copy, ann)), lambda: tried(back))
    with acting(ann):
        state = ChronologyCopy.objects.get(pk=copy.pk).state
    assert state in {one.state for one in given if isinstance(one, ChronologyCopy)}


def test_two_ask_for_one_person_and_there_is_one(family, people, entries, worker, seniors):
    who = people[0]
    at_once(lambda: tried(lambda: asked(family, who, worker)), lambda: tried(lambda: asked(family, who, seniors[0])))
    with acting(worker):
        assert ChronologyCopy.objects.count() == 1
