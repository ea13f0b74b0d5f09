"""Who is told an address, and who a protected one: an abuser, a victim who fled, and the child they share."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from families.addresses.models import Home, Phone
from families.addresses.services import how_they_were_reached, kept_back, where_they_lived
from families.people.models import Membership
from families.search.services import search
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import break_glass, hold_family, open_with_reason
from tests.factories import FamilyFactory, MembershipFactory, lives

pytestmark = pytest.mark.django_db
TODAY = date(2014, 10, 15)
REFUGE = {"address": "3 Refuge Row", "postcode": "LE11 9ZZ", "phone": "07700 900456"}


@pytest.fixture
def fled(charnwood):
    """A mother who fled with her child: her address and number are protected."""
    family = FamilyFactory(name="Hart family")
    mother = MembershipFactory(family=family, person__given_names="Mina", protected=True, **REFUGE)
    child = MembershipFactory(family=family, part="child", person__given_names="Ivo", protected=True, **REFUGE)
    lives(mother, since=date(2012, 5, 1), until=mother.period[0], address="8 Old Street", postcode="LE12 1AA")
    return family, mother, child


@pytest.fixture
def left(fled, charnwood):
    """The father she fled from, in a family of the same locality, with the child they share."""
    family = FamilyFactory(name="Stone family")
    MembershipFactory(family=family, person__given_names="Rolf", address="8 Old Street", postcode="LE12 1AA")
    MembershipFactory(family=family, part="child", person=fled[2].person)
    return family


@pytest.fixture
def worker(post, charnwood, everything):
    """Return ``worker(family)``: an FSW who works with it."""

    def make(family):
        user = post(Role.FSW, charnwood)
        hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
        return user

    return make


def told(family, user):
    """Return all that a person may read of where somebody lives and how to reach them, old versions too."""
    with acting_as(user), connection.cursor() as cursor:
        found = {str(row) for row in where_they_lived(family, on=TODAY, by=user)}
        found |= {str(row) for row in how_they_were_reached(family, on=TODAY, by=user)}
        cursor.execute(
            "select address from families_home union select address from families_homeevent "
            "union select number from families_phone union select number from families_phoneevent"
        )
        return found | {value for (value,) in cursor.fetchall()}


def secrets_in(found):
    return {value for value in found for secret in ("Refuge", "9ZZ", "900456") if secret in value}


class TestAProtectedAddress:
    def test_is_told_to_who_works_with_the_family(self, fled, worker):
        assert secrets_in(told(fled[0], worker(fled[0])))

    @pytest.mark.parametrize("role", [Role.SENIOR, Role.MANAGER])
    def test_is_told_to_those_who_decide_who_works_with_it(self, fled, post, charnwood, role):
        assert secrets_in(told(fled[0], post(role, charnwood)))

    @pytest.mark.parametrize("role", [Role.HEAD, Role.DATA, Role.AUDITOR, Role.BOARD])
    def test_is_told_to_nobody_county_wide(self, fled, post, role):
        assert secrets_in(told(fled[0], post(role))) == set()

    @pytest.mark.parametrize("role", [Role.FSW, Role.BUSINESS, Role.ESF])
    def test_is_not_told_to_colleagues(self, fled, post, charnwood, role):
        assert secrets_in(told(fled[0], post(role, charnwood))) == set()

    @pytest.mark.parametrize("table", ["families_home", "families_phone"])
    def test_is_not_laid_open_by_colleagues_who_change_all_they_write(self, fled, post, charnwood, table):
        user = post(Role.FSW, charnwood)
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute(f"update {table} set protected = false")
        assert secrets_in(told(fled[0], user)) == set()

    def test_is_laid_open_by_who_works_with_the_family(self, fled, worker):
        with acting_as(worker(fled[0])), connection.cursor() as cursor:
            cursor.execute("update families_home set protected = false")
            assert cursor.rowcount >= len(fled[1:])

    def test_is_not_told_to_who_opens_the_record_with_a_reason(self, fled, post, charnwood):
        user = post(Role.FSW, charnwood)
        with acting_as(user):
            open_with_reason(fled[0], by=user, reason="The school rang about the children")
        assert secrets_in(told(fled[0], user)) == set()

    def test_is_not_told_in_an_emergency(self, fled, post, melton):
        user = post(Role.FSW, melton)
        with acting_as(user):
            break_glass(fled[0].reference, by=user, reason="The police rang about the children")
        assert secrets_in(told(fled[0], user)) == set()

    def test_is_not_told_to_who_works_with_the_other_household(self, fled, left, worker):
        theirs = worker(left)
        assert secrets_in(told(fled[0], theirs)) == set()
        assert "8 Old Street" in told(left, theirs)

    def test_leaves_earlier_addresses_as_they_were(self, fled, post, charnwood):
        user = post(Role.FSW, charnwood)
        with acting_as(user):
            open_with_reason(fled[0], by=user, reason="The school rang about the children")
        assert "8 Old Street" in told(fled[0], user)

    def test_protects_what_was_written_before_it_was_protected(self, post, charnwood):
        member = MembershipFactory(address="3 Refuge Row")
        Home.objects.filter(membership=member).update(protected=True)
        assert secrets_in(told(member.family, post(Role.HEAD))) == set()

    def test_says_of_whom_something_is_kept_back(self, fled, post, worker):
        family, mother, child = fled
        head = post(Role.HEAD)
        with acting_as(head):
            assert kept_back(family, on=TODAY) == {mother.pk, child.pk}
        with acting_as(worker(family)):
            assert kept_back(family, on=TODAY) == frozenset()

    def test_says_not_even_that_beyond_the_wall(self, fled, post, melton):
        with acting_as(post(Role.SENIOR, melton)):
            assert kept_back(fled[0], on=TODAY) == frozenset()

    @pytest.mark.parametrize("asked", ["LE11 9ZZ", "LE11", "900456"])
    def test_finds_the_family_for_nobody(self, fled, worker, post, charnwood, asked):
        for user in (worker(fled[0]), post(Role.SENIOR, charnwood)):
            with acting_as(user):
                assert search(asked, on=TODAY) == []

    def test_is_the_only_thing_that_is_not_searched(self, left, worker):
        with acting_as(worker(left)):
            assert [hit.family for hit in search("LE12 1AA", on=TODAY)] == [left.pk]


class TestWhereSomebodyLived:
    def test_is_one_answer_for_each_day(self, post, charnwood):
        senior, member = post(Role.SENIOR, charnwood), MembershipFactory()
        lives(member, until=date(2014, 3, 1), address="1 First Road")
        lives(member, since=date(2014, 3, 1), address="2 Second Road")
        for day, address in ((date(2014, 2, 28), "1 First Road"), (date(2014, 3, 1), "2 Second Road")):
            assert [home.address for home in where_they_lived(member.family, on=day, by=senior)] == [address]

    def test_is_no_answer_once_they_left(self, post, charnwood):
        senior, member = post(Role.SENIOR, charnwood), MembershipFactory(address="1 First Road")
        Membership.objects.filter(pk=member.pk).update(period=(member.period[0], date(2014, 6, 1)))
        assert where_they_lived(member.family, on=date(2014, 6, 1), by=senior) == []

    def test_is_one_main_home_at_a_time(self):
        member = MembershipFactory(address="1 First Road")
        with pytest.raises(IntegrityError, match="one_main_at_a_time"), transaction.atomic():
            lives(member, address="2 Second Road")

    def test_may_be_a_second_home_beside_it(self):
        member = MembershipFactory(address="1 First Road")
        known = {"family": member.family, "membership": member, "period": (member.period[0], None)}
        Home.objects.create(**known, use=Home.Use.SECOND, address="2 Second Road")
        assert member.homes.count() == 2

    def test_stands_in_the_record_of_that_household(self):
        member, other = MembershipFactory(), FamilyFactory()
        with pytest.raises(IntegrityError, match="membership_family"), transaction.atomic():
            Home.objects.create(family=other, membership=member, period=(date(2014, 1, 1), None), address="1 Road")

    def test_is_never_deleted(self, post, charnwood):
        member = MembershipFactory(address="1 First Road", phone="01509 496001")
        for kind in (Home, Phone):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                kind.objects.filter(membership=member)._raw_delete("default")
