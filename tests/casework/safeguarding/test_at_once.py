"""Two people at once: a mistake is said once and decided once, and one note makes one concern."""

from uuid import uuid4

import pytest
from django.db import transaction

from casework.safeguarding.models import Concern, ConcernEntry
from casework.safeguarding.services import confirm_mistake, raise_concern, say_mistake
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.at_once import at_once, in_the_name_of
from tests.casework.safeguarding.factories import NIGHT, raised, said_mistaken, somebody, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def people(charnwood, everything):
    return [somebody(Role.SENIOR, charnwood) for _ in range(3)]


def made(concern, step):
    with transaction.atomic():
        return ConcernEntry.objects.filter(concern=concern, step=step).count()


def test_a_mistake_is_said_once(people, family):
    with transaction.atomic():
        concern = raised(people[0], family)
    given = at_once(
        *(
            in_the_name_of(by)(lambda by=by: say_mistake(concern, why="Wrong boy.", by=by, at=NIGHT))
            for by in people[:2]
        )
    )
    assert sum(isinstance(one, Conflict) for one in given) == 1
    assert made(concern, "mistake") == 1


def test_a_mistake_is_decided_once(people, family):
    with transaction.atomic():
        concern = raised(people[0], family)
        said_mistaken(concern, people[0])
    given = at_once(*(in_the_name_of(by)(lambda by=by: confirm_mistake(concern, by=by, at=NIGHT)) for by in people[1:]))
    assert sum(isinstance(one, Conflict) for one in given) == 1
    assert made(concern, "mistake_made") == 1


def test_one_note_makes_one_concern(people, family):
    note, by = uuid4(), people[0]
    given = at_once(
        *[
            in_the_name_of(by)(lambda: raise_concern(told(), family=family, by=by, at=NIGHT, draft_uid=note))
            for _ in range(2)
        ]
    )
    with transaction.atomic():
        assert Concern.objects.count() == 1
    assert any(isinstance(one, Concern) for one in given)
