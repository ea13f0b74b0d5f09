"""Every address: an answer that shows a family leaves a row in the view log, whoever asked and however."""

import uuid

import pytest

from slf.access.acting import acting_as
from slf.access.models import View
from slf.access.rules import POSTS, Role
from tests.factories import FamilyFactory
from tests.readers import api, reader, staff
from tests.test_access_table import NOBODYS, OF_A_FAMILY, ask, content, door, pairs

__all__ = ["api", "reader", "staff"]
pytestmark = [pytest.mark.addresses, pytest.mark.django_db]
LOOKED = (200, 201)


def allowed(row, method) -> list[Role]:
    return [role for role, status in row.methods()[method].items() if status in LOOKED and role in POSTS]


def looking(rows):
    return [one for one in pairs(rows) if allowed(*one.values)]


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True, name=f"Zachary{uuid.uuid4().hex[:8]}")


class TestAnAnswerThatShowsAFamily:
    @pytest.mark.parametrize(("row", "method"), looking(OF_A_FAMILY))
    def test_is_logged(self, row, method, reader, charnwood, family, api):
        kwargs, (role, *_) = row.subject(family), allowed(row, method)
        user = row.owner(kwargs) if row.owner else reader(role, charnwood, family, holds=True)
        assert unlogged(user, row, method, kwargs, family, api) == ""

    @pytest.mark.parametrize(("row", "method"), looking(NOBODYS))
    def test_in_a_list_is_logged(self, row, method, reader, charnwood, family, api):
        for role in allowed(row, method):
            user = reader(role, charnwood, family, holds=True)
            assert unlogged(user, row, method, {}, family, api) == "", role


def unlogged(user, row, method, kwargs, family, api) -> str:
    """Return an answer that shows the family and left no row about it; nothing when all is well."""
    with acting_as(None):
        answer = ask(door(user, api, row), method, row, kwargs, row.post_body(kwargs))
    shown = content(answer).decode(errors="replace")
    if answer.status_code not in LOOKED or family.name not in shown:
        return ""
    looks = View.objects.filter(user=user)
    return "" if looks.filter(family_ids__contains=[family.pk]).exists() else shown
