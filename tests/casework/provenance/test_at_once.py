"""Two people mark one entry at once: one of them is told, and nothing that was said goes without a word."""

import pytest

from casework.provenance.models import Provenance
from casework.provenance.rules import CHANGED, Marks
from casework.provenance.services import mark_entry
from slf.web.errors import Conflict
from tests.at_once import acting, at_once, committed
from tests.casework.closing.factories import TODAY
from tests.casework.provenance.factories import marked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def visit(entries):
    return entries["visit"]


def mark(visit, by, seen: str, **marks):
    """Mark it as a page does that showed ``seen``; return what was said to whoever came second."""
    try:
        with acting(by):
            return mark_entry("visit", visit, Marks(**marks), by=by, on=TODAY, seen=seen)
    except Conflict as told:
        return told.message


@pytest.mark.parametrize("is_marked", [False, True], ids=["for the first time", "again"])
def test_of_two_marks_one_stands_and_the_other_is_told(worker, senior, visit, is_marked):
    first = committed(lambda: marked("visit", visit, worker, grade="fact")) if is_marked else None
    seen = str(first.uid) if first else ""
    given = at_once(
        lambda: mark(visit, worker, seen, grade="opinion"), lambda: mark(visit, senior, seen, grade="reported")
    )
    assert CHANGED in given
    with acting(worker):
        (now,) = Provenance.objects.visible_to(worker).current()
    assert now in given
    assert now.supersedes_id == (first.pk if first else None)


def test_the_same_said_twice_at_once_is_said_once(worker, senior, visit):
    given = at_once(lambda: mark(visit, worker, "", grade="fact"), lambda: mark(visit, senior, "", grade="fact"))
    with acting(worker):
        assert Provenance.objects.visible_to(worker).get().grade == "fact"
    assert len([one for one in given if isinstance(one, Provenance)]) >= 1
