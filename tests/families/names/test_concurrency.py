"""Two people who change what somebody is called at the same moment, each on a connection of their own."""

import pytest
from django.db import transaction

from families.names.models import PersonName
from families.names.rules import Called, NameKind, Shown
from families.names.services import Told, add_name, change_name
from families.people.models import Membership
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.at_once import at_once, meanwhile
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = Told("Herself", "themselves")


class TestTwoPeopleAtOnce:
    def test_who_change_the_name_in_use_one_wins_and_the_other_is_told(self, post, charnwood):
        first, second = post(Role.SENIOR, charnwood), post(Role.SENIOR, charnwood)
        donna = MembershipFactory(person__family_name="Hallam")

        def change(to, by):
            said = {"was": NameKind.MAIDEN, "changed_on": None, "told": TOLD, "revision": 1}
            return change_name(donna, Called("Donna", to), **said, by=by)

        with acting_as(first), meanwhile(lambda: change("Wragg", second), second) as (outcome, other):
            change("Toone", first)
            other.start()
        assert isinstance(outcome[0], Conflict)
        with acting_as(first), transaction.atomic():
            assert Membership.objects.get().person.family_name == "Toone"
            assert [str(name) for name in PersonName.objects.all()] == [f"{donna.person.given_names} Hallam"]

    def test_who_say_what_a_household_calls_somebody_leave_one_name_it_does(self, post, charnwood):
        people = post(Role.SENIOR, charnwood), post(Role.SENIOR, charnwood)
        donna = MembershipFactory()

        def call(by, name):
            def verb():
                with acting_as(by), transaction.atomic():
                    return add_name(
                        donna, kind=NameKind.ALIAS, given_names=name, told=TOLD, shown=Shown.CALLED_HERE, by=by
                    )

            return verb

        at_once(*(call(by, name) for by, name in zip(people, ("Ann", "Bea"), strict=True)))
        with acting_as(people[0]), transaction.atomic():
            (called,) = PersonName.objects.filter(called_here=True)
            assert Membership.objects.get().name == called.given_names
