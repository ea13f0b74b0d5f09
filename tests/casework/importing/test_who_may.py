"""Who brings lists over, a family restricted afterwards, and what PostgreSQL refuses by itself."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from casework.importing import paper
from casework.importing.models import ImportFile, ImportRow
from casework.importing.rules.judging import State
from casework.importing.services import confirm_list, may_load_for
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import restrict_family
from slf.web.errors import Conflict, NotAllowed
from tests.casework.importing.factories import (
    CASE,
    DONNA,
    as_book,
    as_csv,
    bring_known,
    receive,
    states,
)
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


class TestWhoMay:
    def test_load_for_a_locality_is_who_holds_the_post_there(self, post, charnwood, melton):
        with transaction.atomic():
            here, county, manager = post(Role.DATA, charnwood), post(Role.DATA), post(Role.MANAGER, charnwood)
            assert list(may_load_for(here)) == [charnwood]
            assert may_load_for(county).count() == 7
            assert not may_load_for(manager).exists()

    def test_send_for_another_locality_is_refused(self, post, charnwood, melton):
        with transaction.atomic():
            here = post(Role.DATA, charnwood)
        with acting_as(here), pytest.raises(NotAllowed):
            receive(as_csv(DONNA), locality=melton, by=here)

    def test_confirm_what_a_colleague_confirmed_is_told(self, post, data, dry, charnwood):
        file = dry(as_csv(DONNA))
        with acting_as(data), transaction.atomic():
            confirm_list(file, by=data)
        with transaction.atomic():
            other = post(Role.DATA)
        with acting_as(other), pytest.raises(Conflict), transaction.atomic():
            confirm_list(file, by=other)


class TestAFamilyRestrictedAfterItCame:
    def test_is_there_already_and_not_told_of(self, bring, data, everything):
        file = bring(as_book([DONNA], [CASE]))
        with transaction.atomic():
            family = Family.objects.get()
            restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        again_sent = bring_known(bring, as_csv(DONNA, columns=[*DONNA]))
        assert states(again_sent) == {("people", 2): State.KNOWN}
        with acting_as(data), transaction.atomic():
            assert family.reference not in str(paper.report_rows(file, user=data))


class TestWhatPostgreSQLItselfRefuses:
    def test_to_write_families_without_a_confirmed_list(self, data, dry, charnwood):
        file = dry(as_csv(DONNA))
        with acting_as(data), pytest.raises(ProgrammingError, match="no such file"), transaction.atomic():
            begin(file)

    def test_to_write_in_somebody_elses_name(self, data, dry, post):
        file = dry(as_csv(DONNA))
        with acting_as(data), transaction.atomic():
            confirm_list(file, by=data)
        with transaction.atomic():
            other = post(Role.DATA)
        with acting_as(other), pytest.raises(ProgrammingError, match="no such file"), transaction.atomic():
            begin(file)

    def test_to_write_after_the_list_is_made(self, data, bring):
        file = bring(as_csv(DONNA))
        with acting_as(data), pytest.raises(ProgrammingError, match="no such file"), transaction.atomic():
            begin(file)

    def test_to_write_in_another_locality(self, data, dry, charnwood, melton):
        elsewhere = MembershipFactory(family__locality=melton)
        file = dry(as_csv(DONNA))
        with acting_as(data):
            with transaction.atomic():
                confirm_list(file, by=data)
            with transaction.atomic():
                begin(file)
                assert Family.objects.filter(pk=elsewhere.family_id).update(name="x") == 0

    def test_to_go_on_writing_in_the_next_transaction(self, data, dry, charnwood):
        here = MembershipFactory()
        file = dry(as_csv(DONNA))
        with acting_as(data):
            with transaction.atomic():
                confirm_list(file, by=data)
            with transaction.atomic():
                begin(file)
            with transaction.atomic():
                assert Family.objects.filter(pk=here.family_id).update(name="x") == 0

    def test_to_make_a_row_of_a_list_twice(self, bring):
        file = bring(as_csv(DONNA))
        with transaction.atomic():
            row = ImportRow.objects.get()
        row.pk, row.uid, row.number = None, uuid4(), 99
        with pytest.raises(IntegrityError, match="made_once"), transaction.atomic():
            row.save(force_insert=True)
        assert file.is_made

    def test_to_read_a_list_of_another_locality(self, bring, post, melton):
        bring(as_csv(DONNA))
        with transaction.atomic():
            other = post(Role.DATA, melton)
        with acting_as(other), transaction.atomic():
            assert (ImportFile.objects.count(), ImportRow.objects.count()) == (0, 0)


def begin(file):
    with connection.cursor() as cursor:
        cursor.execute("select slf.begin_making(%s)", [file.pk])
