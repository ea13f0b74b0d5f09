"""Two people at once: no family is one with another that is one with it, and nothing that is written is lost."""

import pytest
from django.db import transaction

from casework.cases.services import allocate_family
from casework.merging.services import merge_families, undo_family_merge
from casework.visits.models import Visit
from casework.visits.services import record_visit
from families.people.models import Family
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from families.twice.models import FamilyMerge
from slf.access.rules import Role
from slf.web.errors import DomainError
from tests.at_once import at_once, in_the_name_of
from tests.casework.merging.factories import APART, WHY, known_twice, made_one
from tests.families.households.factories import JUNE, MAY, TODAY

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


def two():
    with transaction.atomic():
        return known_twice()[:2]


def pointers():
    with transaction.atomic():
        return dict(Family.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))


def merging(by, family, into):
    return in_the_name_of(by)(lambda: merge_families(family, into=into, reason=WHY, by=by, on=MAY))


class TestTwoAtOnce:
    def test_who_make_families_one_the_other_way_round_make_one_pointer(self, everything):
        again, family = two()
        outcomes = at_once(merging(everything, again, family), merging(everything, family, again))
        assert sum(isinstance(one, DomainError) for one in outcomes) == 1
        assert len(pointers()) == 1

    def test_who_make_one_and_take_apart_agree(self, everything):
        again, family = two()
        with transaction.atomic():
            merge = made_one(again, family)
        apart = in_the_name_of(everything)(lambda: undo_family_merge(merge, reason=APART, by=everything, on=JUNE))
        at_once(merging(everything, again, family), apart)
        with transaction.atomic():
            standing = {(row.family_id, row.into_id) for row in FamilyMerge.objects.standing()}
        assert standing == set(pointers().items())

    def test_a_visit_that_is_recorded_meanwhile_is_in_the_story(self, everything):
        again, family = two()
        visit = in_the_name_of(everything)(
            lambda: record_visit(again, by=everything, kind="phone", happened_on=JUNE, note="Rang.", sightings=[])
        )
        at_once(merging(everything, again, family), visit)
        with transaction.atomic():
            assert Visit.objects.filter(family=family).count() == 1

    def test_one_that_is_given_to_a_worker_meanwhile_is_not_worked_with_out_of_sight(self, everything, post, charnwood):
        again, family = two()
        worker = post(Role.FSW, charnwood)
        with transaction.atomic():
            said = {"state": Agreement.State.GIVEN, "said_on": MAY, "how": Agreement.How.IN_PERSON}
            record_agreement(again, by=everything, **said)
        give = in_the_name_of(everything)(lambda: allocate_family(again, worker=worker, by=everything, on=MAY))
        outcomes = at_once(merging(everything, again, family), give)
        assert sum(isinstance(one, DomainError) for one in outcomes) == 1
