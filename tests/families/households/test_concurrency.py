"""Two people at once: nobody is in a family twice, and nobody is half gone."""

import pytest
from django.db import transaction

from families.addresses.services import Place
from families.households import services
from families.people.models import Family, Membership, Person
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.access.services import SEEN_OTHERWISE
from slf.web.errors import Conflict, NotAllowed
from tests.at_once import at_once, committed, in_the_name_of, meanwhile
from tests.factories import KNOWN_SINCE
from tests.families.households.factories import JUNE, MAY, TODAY, marshes, new
from tests.families.restricting.factories import name

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def home(everything):
    return committed(marshes)


def days(family, name):
    with transaction.atomic():
        rows = Membership.objects.filter(family=family, person__given_names=name).order_by("period")
        return [(row.period.lower, row.period.upper) for row in rows]


class TestTwoWorkers:
    def test_who_add_the_same_child_add_one(self, home, everything):
        family, _ = home
        add = in_the_name_of(everything)(
            lambda: services.join_family(family, who=new(), part="child", by=everything, on=MAY)
        )
        first, second = at_once(add, add)
        assert first == second
        assert days(family, "Ryan") == [(MAY, None)]
        with transaction.atomic():
            assert Person.objects.filter(given_names="Ryan").count() == 1

    def test_of_whom_one_says_gone_and_the_other_says_back_agree_on_every_day(self, home, everything):
        family, people = home
        leah = people["Leah"]
        go = in_the_name_of(everything)(
            lambda: services.leave_family(leah, on=MAY, why="other_parent", where_to="near", by=everything)
        )
        back = in_the_name_of(everything)(
            lambda: services.join_family(family, who=leah.person, part="child", by=everything, on=JUNE)
        )
        at_once(go, back)
        assert days(family, "Leah") in (
            [(KNOWN_SINCE, MAY), (JUNE, None)],  # gone first, then back
            [(KNOWN_SINCE, MAY)],  # she was there still when "back" was asked, so it changed nothing
        )

    def test_who_let_the_same_family_split_make_one(self, home, everything):
        family, people = home
        place = Place()
        split = in_the_name_of(everything)(
            lambda: services.split_family(
                family, going=[people["Dawn"], people["Leah"]], name="Dawn's", place=place, by=everything, on=MAY
            )
        )
        outcomes = at_once(split, split)
        assert sum(isinstance(one, Conflict | NotAllowed) for one in outcomes) == 1
        with transaction.atomic():
            assert people["Dawn"].person.memberships.count() == 2


class TestAFamilyRestrictedWhileItIsSplit:
    @pytest.fixture
    def managers(self, post, charnwood):
        return [post(Role.MANAGER, charnwood, f"manager{n}.charnwood") for n in range(2)]

    def split(self, home, by):
        family, people = home
        said = {"name": "Dawn Marsh family", "place": Place(address="9 Elm Close"), "on": MAY, "by": by}
        return lambda: services.split_family(family, going=[people["Dawn"], people["Leah"]], **said)

    @pytest.mark.parametrize("named_too", [True, False])
    def test_is_not_split_into_a_wider_audience(self, home, managers, named_too):
        family, _ = home
        kept, splits = managers
        who = [(kept, Role.MANAGER), (splits, Role.MANAGER)] if named_too else [(kept, Role.MANAGER)]
        with acting_as(kept), meanwhile(self.split(home, splits), splits) as (outcome, other):
            name(family, *who, by=kept)
            other.start()
        assert outcome[0].message == SEEN_OTHERWISE
        with acting_as(kept), transaction.atomic():
            assert Family.objects.count() == 1
