from datetime import date

import pytest
from django.db import transaction

from families.addresses.models import Home
from families.addresses.services import how_they_were_reached, where_they_lived
from families.moving.rules import WrongAddress
from families.moving.services import (
    NewHome,
    as_read,
    change_address,
    change_number,
    correct_home,
    end_on,
    strike_out,
)
from families.people.models import Membership
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.at_once import at_once
from tests.factories import FamilyFactory, MembershipFactory, lives

pytestmark = pytest.mark.django_db
TODAY, MOVED = date(2014, 10, 15), date(2014, 9, 1)


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def member():
    return MembershipFactory(address="1 First Road", postcode="LE11 1AA", phone="01509 496001")


def move(*members, senior, **said):
    home = NewHome(**{"since": MOVED, "address": "2 Second Road", "postcode": "LE12 2BB", **said})
    return change_address(members[0].family, members=members, home=home, by=senior, on=TODAY)


def lived(member, day, senior):
    return [str(home) for home in where_they_lived(member.family, on=day, by=senior)]


class TestAChangeOfAddress:
    def test_ends_where_they_lived_on_that_day(self, member, senior):
        move(member, senior=senior)
        assert lived(member, date(2014, 8, 31), senior) == ["1 First Road, LE11 1AA"]
        assert lived(member, MOVED, senior) == ["2 Second Road, LE12 2BB"]

    def test_is_of_those_who_moved_alone(self, member, senior):
        stays = MembershipFactory(family=member.family, address="1 First Road", postcode="LE11 1AA")
        move(member, senior=senior)
        assert lived(stays, TODAY, senior) == ["2 Second Road, LE12 2BB", "1 First Road, LE11 1AA"]

    def test_twice_is_once(self, member, senior):
        assert move(member, senior=senior) == move(member, senior=senior)
        assert member.homes.count() == 2

    def test_of_the_past_ends_where_what_came_after_begins(self, member, senior):
        move(member, senior=senior)
        move(member, senior=senior, since=date(2014, 6, 1), address="3 Between Road")
        days = [date(2014, 5, 31), date(2014, 6, 1), MOVED]
        assert [lived(member, day, senior)[0][:1] for day in days] == ["1", "3", "2"]

    def test_on_the_day_they_came_puts_right_where_they_came_to(self, member, senior):
        move(member, senior=senior, since=member.period[0])
        assert [str(home) for home in member.homes.all()] == ["2 Second Road, LE12 2BB"]

    def test_to_a_second_home_leaves_the_first(self, member, senior):
        move(member, senior=senior, use=Home.Use.SECOND)
        assert lived(member, TODAY, senior) == ["1 First Road, LE11 1AA", "2 Second Road, LE12 2BB"]

    def test_may_be_to_a_protected_address_that_is_not_given_to_us(self, member, senior):
        (home,) = move(member, senior=senior, address="", postcode="", protected=True)
        assert (str(home), home.protected) == ("", True)

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            pytest.param({"address": "", "postcode": ""}, "Give the address", id="nothing"),
            pytest.param({"since": date(2014, 10, 16)}, "still to come", id="a day to come"),
            pytest.param({"since": date(2012, 1, 1)}, "came to this household on 7 January 2013", id="before them"),
        ],
    )
    def test_is_refused_when_it_cannot_be(self, member, senior, said, reason):
        with pytest.raises(WrongAddress, match=reason):
            move(member, senior=senior, **said)
        assert member.homes.count() == 1

    def test_names_nobody_of_another_household_nor_who_has_left(self, member, senior):
        left = MembershipFactory(family=member.family)
        Membership.objects.filter(pk=left.pk).update(period=(left.period[0], date(2014, 1, 1)))
        for other in (MembershipFactory(), left):
            with pytest.raises(WrongAddress, match="Only members"):
                move(member, other, senior=senior)

    def test_is_not_a_managers_to_write(self, member, post, charnwood):
        with pytest.raises(WrongAddress):
            move(member, senior=post(Role.MANAGER, charnwood))


class TestANumber:
    def test_takes_the_place_of_their_numbers(self, member, senior):
        said = {"number": "07700 900123", "protected": False, "since": MOVED, "by": senior, "on": TODAY}
        change_number(member.family, members=[member], **said)
        for day, number in ((date(2014, 8, 31), "01509 496001"), (MOVED, "07700 900123")):
            assert [p.number for p in how_they_were_reached(member.family, on=day, by=senior)] == [number]

    def test_twice_is_once(self, member, senior):
        said = {"number": "07700 900123", "protected": False, "since": MOVED, "by": senior, "on": TODAY}
        for _ in range(2):
            change_number(member.family, members=[member], **said)
        assert member.phones.count() == 2


class TestAMistake:
    def test_is_put_right_where_it_was_read(self, member, senior):
        home = member.homes.get()
        correct_home(home, address="1 First Row", postcode="", protected=False, seen=as_read(home), by=senior)
        assert str(member.homes.get()) == "1 First Row"

    def test_that_somebody_else_put_right_meanwhile_is_not_put_right_again(self, member, senior):
        home, said = member.homes.get(), {"postcode": "", "protected": False, "by": senior}
        seen = as_read(home)
        correct_home(home, address="1 First Row", seen=seen, **said)
        with pytest.raises(Conflict):
            correct_home(home, address="1 First Lane", seen=seen, **said)

    def test_that_was_never_right_counts_nowhere_and_is_kept(self, member, senior):
        home = member.homes.get()
        for _ in range(2):
            strike_out(home, seen=as_read(home), by=senior)
        assert lived(member, TODAY, senior) == []
        assert member.homes.count() == 1

    def test_leaves_its_time_to_what_is_right(self, member, senior):
        home = member.homes.get()
        strike_out(home, seen=as_read(home), by=senior)
        lives(member, address="9 Right Road")
        assert lived(member, TODAY, senior) == ["9 Right Road"]

    def test_may_be_that_it_has_ended(self, member, senior):
        home = member.homes.get()
        end_on(home, last=MOVED, seen=as_read(home), by=senior)
        assert lived(member, MOVED, senior) == []

    def test_cannot_have_ended_before_it_began(self, member, senior):
        home = member.homes.get()
        with pytest.raises(WrongAddress):
            end_on(home, last=date(2013, 1, 7), seen=as_read(home), by=senior)


@pytest.mark.django_db(transaction=True)
class TestTwoWorkersAtOnce:
    def test_leave_one_home_for_each_day(self, post, charnwood):
        with transaction.atomic():
            member = MembershipFactory(family=FamilyFactory(), address="1 First Road")
        seniors = [post(Role.SENIOR, charnwood) for _ in range(2)]

        def moving(senior, address):
            def act():
                with acting_as(senior), transaction.atomic():
                    return move(member, senior=senior, address=address)

            return act

        at_once(moving(seniors[0], "2 Second Road"), moving(seniors[1], "3 Third Road"))
        with transaction.atomic():
            homes = member.homes.order_by("period")
            assert [home.period.lower for home in homes] == [date(2013, 1, 7), MOVED]
