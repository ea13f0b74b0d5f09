"""Two people at once: nobody is one with somebody who is one with them, and no pointer is left behind."""

import pytest
from django.db import transaction

from families.merging.models import PersonMerge
from families.merging.services import merge_people, undo_merge
from families.people.models import Person
from slf.web.errors import DomainError
from tests.at_once import at_once, in_the_name_of
from tests.families.households.factories import JUNE, MAY, TODAY
from tests.families.merging.factories import APART, WHY, entry, leah_in_two_families, leah_twice, made_one

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def pointers():
    with transaction.atomic():
        return dict(Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))


class TestTwoManagers:
    @pytest.mark.parametrize("made", [leah_twice, leah_in_two_families])
    def test_who_make_two_entries_one_the_other_way_round_make_one_pointer(self, everything, made):
        with transaction.atomic():
            _, lea, leah = made()
            two = entry(lea), entry(leah)
        either_way = [
            in_the_name_of(everything)(lambda a=a, b=b: merge_people(a, into=b, reason=WHY, by=everything, on=MAY))
            for a, b in (two, two[::-1])
        ]
        outcomes = at_once(*either_way)
        assert sum(isinstance(one, DomainError) for one in outcomes) == 1
        assert len(pointers()) == 1

    def test_who_make_one_and_take_apart_agree(self, everything):
        with transaction.atomic():
            _, lea, leah = leah_twice()
            two = entry(lea), entry(leah)
            merge = made_one(*two)
        again = in_the_name_of(everything)(lambda: merge_people(two[0], into=two[1], reason=WHY, by=everything, on=MAY))
        apart = in_the_name_of(everything)(lambda: undo_merge(merge, reason=APART, by=everything, on=JUNE))
        at_once(again, apart)
        with transaction.atomic():
            standing = {(row.person_id, row.into_id) for row in PersonMerge.objects.standing()}
        assert standing == set(pointers().items())
