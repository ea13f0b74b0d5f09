"""A list goes on where one of its families is known twice since: the family that stands has the cases."""

import pytest
from django.db import transaction

from casework.cases.models import Case
from casework.importing.rules.judging import CASE_THERE
from casework.merging.services import merge_families
from families.needs.models import Need
from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.clock import today
from tests.casework.importing.factories import CASE, DONNA, TYLER, as_csv, made, rows_of, tried
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(post, charnwood):
    return post(Role.DATA)


@pytest.fixture
def brought(data, charnwood, everything):
    """Return the family of a list, and the one it is the same as, which has no case and one need."""
    with acting_as(data):
        made(as_csv(DONNA, TYLER), locality=charnwood, by=data)
    with acting_as(everything), transaction.atomic():
        again = Family.objects.get()
        family = FamilyFactory(scope=again.scope)
        Need.objects.create(family=again, kind="parenting", started_on=family.known_since, source="Referral")
        merge_families(again, into=family, reason="One mother, one address", by=everything, on=today())
    return again, family


class TestAFamilyOfAListThatIsKnownTwice:
    def test_has_its_case_in_the_family_that_stands_and_each_need_once(self, brought, data, charnwood, everything):
        again, family = brought
        with acting_as(data):
            made(as_csv(CASE, name="cases.csv"), locality=charnwood, by=data)
        with acting_as(everything), transaction.atomic():
            assert Case.objects.get().family_id == family.pk
            assert list(Need.objects.filter(family__pk=again.pk).values_list("kind", flat=True)) == ["parenting"]
            assert not Need.objects.filter(family__pk=family.pk, kind="parenting").exists()

    def test_has_no_second_case_on_the_days_of_the_other_ones(self, brought, data, charnwood, everything):
        _, family = brought
        with acting_as(everything), transaction.atomic():
            Case.objects.create(family=family, opened_on=family.known_since, opened_by=everything)
        with acting_as(data):
            file = tried(as_csv(CASE, name="cases.csv"), locality=charnwood, by=data)
            (row,) = rows_of(file).values()
        assert [problem["sentence"] for problem in row.problems] == [CASE_THERE]
