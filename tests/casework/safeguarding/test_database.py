"""What PostgreSQL refuses of safeguarding, whatever the code does."""

import pytest
from django.db import Error, connection, transaction

from families.opening.services import ask_for_emergency_access
from slf.access.rules import Role
from tests.casework.safeguarding.factories import acting, masked, raised, said_mistaken, somebody
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


def refused(user, statement: str, *values) -> str:
    with acting(user), pytest.raises(Error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


ENTRY = "insert into casework_concernentry (uid, concern_id, step, by_id, at, who, words, done, result, answers_id)"
VALUES = "values (gen_random_uuid(), %s, %s, %s, now(), '', %s, '', '', %s)"
CONCERN = "insert into casework_concern (uid, family_id, scope_id, route, refers, written_by_id, accused_id, at)"
OF = "values (gen_random_uuid(), %s, %s, %s, false, %s, %s, now())"


@pytest.fixture
def concern(family, worker):
    return raised(worker, family)


@pytest.mark.parametrize("table", ["casework_concern", "casework_concernentry"])
@pytest.mark.parametrize("change", ["update {} set at = now()", "delete from {}", "truncate {} cascade"])
def test_nothing_is_changed_or_taken_away(concern, senior, table, change):
    assert "permission denied" in refused(senior, change.format(table))


@pytest.mark.parametrize("table", ["casework_concern", "casework_concernentry"])
def test_not_even_by_a_function_that_looks_over_the_wall(concern, table):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_trigger where tgname = 'only_added_to' and tgrelid = %s::regclass",
                       [table])  # fmt: skip
        assert cursor.fetchone() == (1,)


def test_nobody_writes_in_a_concern_that_they_do_not_read(concern, melton):
    other = somebody(Role.SENIOR, melton)
    said = refused(other, f"{ENTRY} {VALUES}", concern.pk, "added", other.pk, "Nonsense.", None)
    assert "no such concern" in said


def test_nobody_adds_to_what_they_only_look_at_in_an_emergency(concern, family, melton):
    outsider = somebody(Role.SENIOR, melton)
    with acting(outsider):
        ask_for_emergency_access(family.reference, by=outsider, reason="A neighbour rang: shouting in the street")
    said = refused(outsider, f"{ENTRY} {VALUES}", concern.pk, "added", outsider.pk, "So.", None)
    assert "only looks" in said


def test_what_is_said_about_staff_is_raised_by_who_writes_it(concern, worker, senior):
    statement = CONCERN.replace("at)", "at, moved_from_id, first_by_id)") + OF.replace("now())", "now(), %s, %s)")
    said = refused(senior, statement, None, None, "staff", senior.pk, None, concern.pk, worker.pk)
    assert "raised by its author" in said


def test_nobody_writes_in_anothers_name(concern, worker, senior):
    assert "their own name" in refused(senior, f"{ENTRY} {VALUES}", concern.pk, "added", worker.pk, "So.", None)


def test_a_worker_does_not_review(concern, worker):
    assert "not yours" in refused(worker, f"{ENTRY} {VALUES}", concern.pk, "reviewed", worker.pk, "So.", None)


def test_its_author_does_not_review_it(family, senior):
    concern = raised(senior, family)
    assert "somebody else" in refused(senior, f"{ENTRY} {VALUES}", concern.pk, "reviewed", senior.pk, "So.", None)


def test_one_person_alone_masks_nothing(concern, senior):
    said = said_mistaken(concern, senior)
    assert "two people" in refused(senior, f"{ENTRY} {VALUES}", concern.pk, "mistake_made", senior.pk, "", said.pk)


def test_nothing_is_added_to_a_mistake(concern, worker, senior):
    said_mistaken(concern, worker)
    masked(concern, senior)
    assert "nothing is added" in refused(senior, f"{ENTRY} {VALUES}", concern.pk, "added", senior.pk, "So.", None)


def test_no_concern_is_put_into_a_record_out_of_sight(worker, melton):
    there = FamilyFactory(locality=melton)
    said = refused(worker, f"{CONCERN} {OF}", there.pk, there.scope_id, "child", worker.pk, None)
    assert "no such family" in said


def test_what_is_said_about_staff_is_put_into_no_record(family, worker, senior):
    said = refused(senior, f"{CONCERN} {OF}", family.pk, family.scope_id, "staff", senior.pk, worker.pk)
    assert "stands_alone" in said


def test_nobody_brings_a_concern_that_was_no_mistake(concern, family, senior, worker):
    moved = CONCERN.replace("at)", "at, moved_from_id, first_by_id)") + OF.replace("now())", "now(), %s, %s)")
    values = (family.pk, family.scope_id, "child", senior.pk, None, concern.pk, worker.pk)
    assert "brought as it was" in refused(senior, moved, *values)
