from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from casework.plans.services import parts_on
from casework.visits.models import household_on as seen_on
from families.addresses.services import Place, first_place, place_of
from families.facts.models import Fact
from families.households import services
from families.households.models import HouseholdChange
from families.identifiers.rules import upn_check_letter
from families.needs.services import find_need
from families.people.models import Family, Membership, Person
from families.people.services import NewPerson
from performance.claims.assembly import members_of
from slf.web.errors import Conflict, NotAllowed
from tests.factories import KNOWN_SINCE, MembershipFactory
from tests.families.households.factories import JUNE, MAY, TODAY, marshes, new

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
UPN = upn_check_letter("820432113001") + "820432113001"
HERE = Place(address="4 Mill Lane", postcode="LE11 2AB", phone="01509 496123")


def move_in(people, place):
    for row in people.values():
        first_place(row, place=place, on=KNOWN_SINCE)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def home(everything):
    return marshes()


@pytest.fixture
def family(home):
    return home[0]


@pytest.fixture
def people(home):
    return home[1]


@pytest.fixture
def names(family, everything):
    def on(day, **more):
        return {row.person.given_names for row in services.household_on(family, day, by=everything, **more)}

    return on


def changes(family):
    return list(HouseholdChange.objects.filter(family=family).order_by("pk").values_list("did", "on"))


class TestComing:
    def test_is_in_the_family_from_that_day_on(self, family, names, everything):
        services.join_family(family, who=new(), part="child", by=everything, on=MAY, gender="male")
        assert ("Ryan" in names(MAY - ONE_DAY), "Ryan" in names(MAY)) == (False, True)
        assert changes(family) == [("joined", MAY)]
        assert Person.objects.get(given_names="Ryan").gender == "male"

    def test_lives_where_the_others_live_and_has_a_telephone_of_their_own(self, family, people, everything):
        move_in(people, Place(address="4 Mill Lane", postcode="LE11 2AB", phone="01509 1", protected=True))
        row = services.join_family(family, who=new(), part="child", by=everything, on=MAY)
        place = place_of(row, on=MAY, by=everything)
        assert (place.address, place.phone, place.protected) == ("4 Mill Lane", "", True)

    def test_from_elsewhere_has_nothing_of_the_address(self, family, people, everything):
        move_in(people, HERE)
        row = services.join_family(family, who=new("Paul", "away"), part="away", by=everything, on=MAY)
        assert place_of(row, on=MAY, by=everything).address == ""

    def test_again_is_the_same(self, family, everything):
        first = services.join_family(family, who=new(), part="child", by=everything, on=MAY)
        assert services.join_family(family, who=new(), part="child", by=everything, on=JUNE) == first
        assert len(changes(family)) == 1

    def test_of_somebody_who_is_there_with_another_part_is_refused(self, family, people, everything):
        with pytest.raises(Conflict, match="Carl Marsh is in the family already, since 7 January 2013"):
            services.join_family(family, who=people["Carl"].person, part="adult", by=everything, on=MAY)

    def test_back_is_the_person_they_were(self, family, people, everything, names):
        leave(people["Carl"], MAY, everything)
        back = new("Carl", "parent", born_on=people["Carl"].person.born_on)
        row = services.join_family(family, who=back, part="parent", by=everything, on=JUNE)
        assert row.person == people["Carl"].person
        assert ["Carl" in names(day) for day in (KNOWN_SINCE, MAY, JUNE - ONE_DAY, JUNE)] == [True, False, False, True]

    def test_before_a_time_that_is_there_is_refused(self, family, everything):
        services.join_family(family, who=new(), part="child", by=everything, on=JUNE)
        with pytest.raises(Conflict, match="came to the family on 10 June 2014"):
            services.join_family(family, who=new(), part="child", by=everything, on=MAY)

    def test_is_not_written_down_beforehand(self, family, everything):
        with pytest.raises(NotAllowed, match="still to come"):
            services.join_family(family, who=new(), part="child", by=everything, on=TODAY + ONE_DAY)

    def test_of_a_relative_who_moves_in_ends_their_time_elsewhere(self, family, everything, names):
        gran = services.join_family(family, who=new("Joan", "relative"), part="relative", by=everything, on=MAY)
        assert "Joan" not in names(MAY)
        assert "Joan" in names(MAY, known=True)
        row = services.join_family(family, who=gran.person, part="adult", by=everything, on=JUNE)
        assert (row.person, "Joan" in names(JUNE)) == (gran.person, True)


class TestTwoHouseholds:
    def test_hold_one_person_each_with_its_own_place(self, family, people, everything):
        other, others = marshes()
        move_in(others, Place(address="9 Elm Close"))
        leah = people["Leah"].person
        row = services.join_family(other, who=leah, part="child", by=everything, on=MAY)
        assert place_of(row, on=MAY, by=everything).address == "9 Elm Close"
        assert place_of(people["Leah"], on=MAY, by=everything).address == ""
        leah.refresh_from_db()
        assert leah.scopes == [family.scope_id]


def leave(membership, on, by, why="own_home", where_to="near", **more):
    return services.leave_family(membership, on=on, why=why, where_to=where_to, by=by, **more)


class TestGoing:
    def test_is_in_the_family_until_the_day_before(self, people, everything, names, family):
        leave(people["Carl"], MAY, everything, why="separated", where_to="not_said", words="After an argument.")
        assert ("Carl" in names(MAY - ONE_DAY), "Carl" in names(MAY)) == (True, False)
        change = HouseholdChange.objects.get(family=family)
        assert (change.why, change.where_to, change.words) == ("separated", "not_said", "After an argument.")
        assert change.recorded_by == everything

    def test_again_on_the_same_day_changes_nothing(self, people, everything, family):
        leave(people["Carl"], MAY, everything)
        leave(people["Carl"], MAY, everything)
        assert len(changes(family)) == 1

    def test_again_on_another_day_is_refused(self, people, everything):
        leave(people["Carl"], MAY, everything)
        with pytest.raises(Conflict, match="left on 3 May 2014 already"):
            leave(people["Carl"], JUNE, everything)

    def test_on_the_first_day_is_refused(self, people, everything):
        with pytest.raises(NotAllowed, match="came to the family on 7 January 2013"):
            leave(people["Carl"], KNOWN_SINCE, everything)


class TestAnAdoption:
    def test_closes_who_the_child_was(self, people, family, everything):
        leave(people["Josh"], MAY, everything, why="adopted", where_to="not_said")
        other, _ = marshes()
        josh = Person.objects.get(pk=people["Josh"].person_id)
        with pytest.raises(NotAllowed, match="who they are now"):
            services.join_family(other, who=josh, part="child", by=everything, on=JUNE)
        with pytest.raises(IntegrityError, match="nothing links"), transaction.atomic():
            MembershipFactory(family=other, person=josh, part="child", period=(JUNE, None))

    def test_is_not_undone_by_the_pupil_number_the_child_keeps(self, people, everything, melton):
        Person.objects.filter(pk=people["Josh"].person_id).update(upn=UPN)
        leave(people["Josh"], MAY, everything, why="adopted", where_to="not_said")
        other, _ = marshes(locality=melton)
        who = NewPerson("Oscar", "Whatton", "child", date(2009, 9, 1), identifiers={"upn": UPN})
        row = services.join_family(other, who=who, part="child", by=everything, on=JUNE)
        assert row.person != people["Josh"].person
        assert row.person.upn is None


class TestAnotherPart:
    def test_in_care_says_who_is_responsible_and_keeps_the_time_before(self, people, family, everything, names):
        move_in(people, HERE)
        row = services.change_part(
            people["Josh"], part="care", responsible="Leicestershire children's social care", by=everything, on=MAY
        )
        assert (row.part, row.responsible) == ("care", "Leicestershire children's social care")
        assert place_of(row, on=MAY, by=everything) == Place()
        assert ("Josh" in names(MAY - ONE_DAY), "Josh" in names(MAY)) == (True, True)
        assert [r.person.given_names for r in seen_on(family, MAY)].count("Josh") == 0
        assert [r.person.given_names for r in seen_on(family, MAY - ONE_DAY)].count("Josh") == 1

    def test_in_care_of_nobody_is_refused_by_the_database(self, people, everything):
        with pytest.raises(IntegrityError, match="in_care_of_somebody"), transaction.atomic():
            services.change_part(people["Josh"], part="care", by=everything, on=MAY)

    def test_home_again_is_at_the_address_again(self, people, everything):
        move_in(people, HERE)
        cared_for = services.change_part(people["Josh"], part="care", responsible="Care", by=everything, on=MAY)
        home = services.change_part(cared_for, part="child", by=everything, on=JUNE)
        assert place_of(home, on=JUNE, by=everything).address == HERE.address

    def test_elsewhere_keeps_the_telephone_and_leaves_the_address(self, people, everything):
        move_in(people, HERE)
        row = services.change_part(people["Carl"], part="away", by=everything, on=MAY)
        assert place_of(row, on=MAY, by=everything) == Place(phone=HERE.phone)

    def test_twice_is_the_same(self, people, everything, family):
        for _ in range(2):
            services.change_part(people["Carl"], part="away", by=everything, on=MAY)
        assert len(changes(family)) == 1

    def test_on_the_day_they_came_is_one_time(self, family, everything):
        row = services.join_family(family, who=new("Joan", "adult"), part="adult", by=everything, on=MAY)
        assert services.change_part(row, part="parent", by=everything, on=MAY).pk == row.pk


class TestABaby:
    def expect(self, family, by, **more):
        return services.expect_baby(
            family, **{"expected_on": date(2014, 12, 3), "family_name": "Marsh", "by": by, "on": MAY, **more}
        )

    def test_is_known_and_not_in_the_family_until_it_is_born(self, family, everything, names):
        self.expect(family, everything)
        assert ("Baby" in names(JUNE), "Baby" in names(JUNE, known=True)) == (False, True)

    def test_is_expected_once(self, family, everything):
        assert self.expect(family, everything) == self.expect(family, everything)

    def test_cannot_be_expected_in_two_years(self, family, everything):
        with pytest.raises(NotAllowed, match="ten months"):
            self.expect(family, everything, expected_on=date(2016, 1, 1))

    def test_is_a_child_from_the_day_of_birth(self, family, everything, names):
        expected = self.expect(family, everything)
        row = services.is_born(
            expected, born_on=JUNE, given_names="Ella", family_name="Marsh", gender="female", by=everything
        )
        assert (row.part, row.person.born_on, row.person.expected_on) == ("child", JUNE, None)
        assert ("Ella" in names(JUNE - ONE_DAY), "Ella" in names(JUNE)) == (False, True)

    def test_born_before_it_was_written_down_has_one_time(self, family, everything):
        expected = self.expect(family, everything, on=JUNE, expected_on=date(2014, 9, 1))
        row = services.is_born(
            expected, born_on=MAY, given_names="Ella", family_name="Marsh", gender="female", by=everything
        )
        assert row.pk == expected.pk
        assert (row.part, row.period.lower) == ("child", MAY)

    def test_is_not_born_twice(self, family, everything):
        expected = self.expect(family, everything)
        said = {"born_on": JUNE, "given_names": "Ella", "family_name": "Marsh", "gender": "female", "by": everything}
        services.is_born(expected, **said)
        with pytest.raises(NotAllowed, match="not expected any more"):
            services.is_born(expected, **said)

    def test_may_not_be_born(self, family, everything, names):
        leave(self.expect(family, everything), JUNE, everything, why="not_born", where_to="nowhere")
        assert "Baby" not in names(JUNE, known=True)


class TestACorrection:
    def test_keeps_what_stood_there(self, people, family, everything, names):
        services.correct_stay(people["Carl"], starts_on=MAY, ends_on=JUNE, words="Typed wrongly", by=everything)
        assert ["Carl" in names(day) for day in (KNOWN_SINCE, MAY, JUNE)] == [False, True, False]
        change = HouseholdChange.objects.get(family=family)
        assert (change.was.lower, change.was.upper, change.words) == (KNOWN_SINCE, None, "Typed wrongly")
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from families_membershipevent where id = %s", [people["Carl"].pk])
            assert cursor.fetchone()[0] == 2

    def test_into_another_time_is_refused(self, people, family, everything):
        leave(people["Carl"], MAY, everything)
        back = services.join_family(family, who=people["Carl"].person, part="parent", by=everything, on=JUNE)
        with pytest.raises(Conflict, match="from 7 January 2013 too"):
            services.correct_stay(back, starts_on=MAY - ONE_DAY, ends_on=None, words="", by=everything)

    def test_to_the_same_days_leaves_no_line(self, people, family, everything):
        services.correct_stay(people["Carl"], starts_on=KNOWN_SINCE, ends_on=None, words="", by=everything)
        assert changes(family) == []


class TestASplit:
    def split(self, family, people, by, *names, **more):
        place = Place(address="9 Elm Close", postcode="LE11 3CD")
        said = {"name": "Dawn Marsh family", "place": place, "on": MAY, "by": by, **more}
        return services.split_family(family, going=[people[name] for name in names], **said)

    def test_makes_a_family_and_keeps_the_history_with_the_first(self, family, people, everything, names):
        second = self.split(family, people, everything, "Dawn", "Leah")
        assert names(MAY - ONE_DAY) == {"Dawn", "Carl", "Leah", "Josh"}
        assert names(MAY) == {"Carl", "Josh"}
        rows = services.household_on(second, MAY, by=everything)
        where = [(row.person.given_names, place_of(row, on=MAY, by=everything).address) for row in rows]
        assert where == [("Dawn", "9 Elm Close"), ("Leah", "9 Elm Close")]
        assert services.household_on(second, MAY - ONE_DAY, by=everything) == []
        assert second.scope == family.scope

    def test_of_a_sealed_family_makes_a_sealed_one(self, family, people, everything):
        Family.objects.filter(pk=family.pk).update(sealed=True)
        assert self.split(family, people, everything, "Dawn", "Leah").sealed

    def test_is_told_in_the_second_record_only(self, family, people, everything):
        second = self.split(family, people, everything, "Dawn", "Leah")
        assert HouseholdChange.objects.get(came_from=family).family == second
        told = HouseholdChange.objects.filter(family=family)
        assert {(row.did, row.came_from, row.words) for row in told} == {("split", None, "")}

    def test_leaves_needs_with_the_first_unless_said(self, family, people, everything):
        debt = find_need(family, kind="poverty", source="Visit", evidence="Rent", by=everything, on=KNOWN_SINCE)
        abuse = find_need(family, kind="domestic_violence", source="Visit", by=everything, on=KNOWN_SINCE)
        second = self.split(family, people, everything, "Dawn", "Leah", needs=[abuse])
        assert set(family.needs.open_on(MAY)) == {debt, abuse}
        (need,) = second.needs.all()
        assert (need.kind, need.started_on, need.source) == ("domestic_violence", MAY, f"{family.reference}, Visit")
        assert Fact.objects.filter(family=second, kind="local_concern").exists()

    @pytest.mark.parametrize("names_", [("Leah",), ("Dawn", "Carl", "Leah", "Josh")])
    def test_needs_an_adult_who_goes_and_somebody_who_stays(self, family, people, everything, names_):
        with pytest.raises(NotAllowed):
            self.split(family, people, everything, *names_)

    def test_takes_nobody_of_another_family(self, family, everything):
        _, others = marshes()
        with pytest.raises(Membership.DoesNotExist):
            self.split(family, others, everything, "Dawn")


class TestOneAnswer:
    """Who was in the family on a day: the plan, a visit, a claim and the page say the same of every day."""

    def test_is_given_by_all_who_ask(self, family, people, everything):
        services.change_part(people["Josh"], part="care", responsible="Social care", by=everything, on=MAY)
        leave(people["Carl"], JUNE, everything)
        services.expect_baby(family, expected_on=date(2014, 12, 3), family_name="Marsh", by=everything, on=MAY)
        services.join_family(family, who=new("Joan", "relative"), part="relative", by=everything, on=MAY)
        members, _ = members_of([family.pk], {}, by=everything)
        for day in (KNOWN_SINCE - ONE_DAY, KNOWN_SINCE, MAY - ONE_DAY, MAY, JUNE - ONE_DAY, JUNE, TODAY):
            rows = services.household_on(family, day, by=everything)
            assert parts_on(family, day=day) == {row.person_id: row.part for row in rows}
            claimed = {m.id for m in members[family.pk] if any(p.covers(day) for p in m.lived_here)}
            assert claimed == {str(row.person.uid) for row in rows}
            assert set(seen_on(family, day)) == {row for row in rows if row.part in {"parent", "child", "adult"}}
