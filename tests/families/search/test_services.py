"""Who is found by what is typed, in which order, and why: each line of the table is a sentence."""

from datetime import date

import pytest
from django.db import connection, transaction

from families.people.models import Membership
from families.search import rules, services
from performance.demo.identifiers import made_up_upn
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import end_post, hold_family, restrict_family
from tests.factories import FamilyFactory, MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
ON = date(2014, 10, 15)
UPN = made_up_upn(823456789)
DONNA = "Liz O'Hallam-Reid"


def found(text, *, by):
    with acting_as(by):
        return services.shown(services.search(text, on=ON), by=by)


def names(text, *, by):
    return [one.family.name for one in found(text, by=by)]


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


@pytest.fixture
def donna(everything):
    family = FamilyFactory(name="Hallam family", reference="SLF-000123")
    MembershipFactory(
        family=family, postcode="LE11 2QA", phone="07700 900123 (mornings)", person__given_names="Donna Marie",
        person__family_name="O'Hallam-Reid", person__known_as="Liz", person__born_on=date(1998, 2, 3),
        person__upn=UPN, person__ni_number="AB123456C", person__nhs_number="9434765919",
    )  # fmt: skip
    FamilyFactory(name="Quux", household=True)
    return family


class TestAFamilyIsFound:
    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            pytest.param("Donna", f"{DONNA}: named “donna”", id="by a given name"),
            pytest.param("DÖNNA", f"{DONNA}: named “donna”", id="whatever the accents and capitals"),
            pytest.param("reid", f"{DONNA}: named “reid”", id="by half of a double name"),
            pytest.param("ohal", f"{DONNA}: name begins with “ohal”", id="by the beginning of a name"),
            pytest.param("elizabeth", f"{DONNA}: “elizabeth” is another form of the name", id="by another form"),
            pytest.param("dnona", f"{DONNA}: one letter away from “dnona”", id="with two letters exchanged"),
            pytest.param("dona", f"{DONNA}: one letter away from “dona”", id="with a letter too few"),
            pytest.param("donnna", f"{DONNA}: one letter away from “donnna”", id="with a letter too many"),
            pytest.param("sonna", f"{DONNA}: one letter away from “sonna”", id="with a wrong first letter"),
            pytest.param("oughallum", f"{DONNA}: sounds like “oughallum”", id="by what it sounds like"),
            pytest.param("The Hallam family", "The family's name", id="by its own name"),
            pytest.param("hallum", "The family's name: one letter away from “hallum”", id="by its own name misspelt"),
            pytest.param("3/2/1998", f"{DONNA}: born 3 February 1998", id="by a date of birth"),
            pytest.param("1998-02-03", f"{DONNA}: born 3 February 1998", id="by a date, year first"),
            pytest.param("3 Feb 1998", f"{DONNA}: born 3 February 1998", id="by a date in words"),
            pytest.param("03.02.98", f"{DONNA}: born 3 February 1998", id="by a date with a short year"),
            pytest.param(
                "2 3 1998", f"{DONNA}: born 3 February 1998, day and month exchanged", id="with those exchanged"
            ),
            pytest.param("le112qa", f"{DONNA}: lives at LE11 2QA", id="by a postcode"),
            pytest.param("LE11", f"{DONNA}: lives in LE11", id="by a district"),
            pytest.param("+44 7700 900123", f"{DONNA}: telephone number", id="by a telephone number from abroad"),
            pytest.param("900 123", f"{DONNA}: telephone number", id="by its end"),
            pytest.param(UPN.lower(), f"{DONNA}: has this number", id="by a UPN"),
            pytest.param("ab 12 34 56 c", f"{DONNA}: has this number", id="by an NI number"),
            pytest.param("943 476 5919", f"{DONNA}: has this number", id="by an NHS number"),
            pytest.param("slf 123", "The reference", id="by its reference"),
            pytest.param("123", "The reference", id="by the number of its reference"),
            pytest.param(
                "liz reid 3/2/1998", f"{DONNA}: named “liz”, named “reid”, born 3 February 1998", id="by all at once"
            ),
        ],
    )  # fmt: skip
    def test_and_says_why(self, typed, why, donna, senior):
        assert [(one.family.name, one.why) for one in found(typed, by=senior)] == [("Hallam family", (why,))]

    def test_when_its_name_is_written_anew(self, donna, senior):
        family = FamilyFactory(name="Summerfield")
        family.name = "Winterbourne"
        family.save()
        assert (names("winterb", by=senior), names("summer", by=senior)) == (["Winterbourne"], [])

    def test_by_two_of_its_people_together(self, senior, everything):
        family = FamilyFactory(name="Parkes")
        for given in ("Yolanda", "Xavier"):
            MembershipFactory(family=family, person__given_names=given)
        assert found("yolanda xavier", by=senior)[0].why[1].endswith("named “xavier”")


class TestTheOrder:
    @pytest.mark.parametrize(
        ("typed", "closer", "further"),
        [
            pytest.param("Kate", "Kate", "Katelyn", id="a whole name stands before its beginning"),
            pytest.param("Kate", "Katelyn", "Catherine", id="a beginning before another form of the name"),
            pytest.param("Kate", "Catherine", "Kade", id="another form before a name one letter away"),
            pytest.param("Stevens", "Stevems", "Stephans", id="one letter away before what sounds alike"),
        ],
    )
    def test_is_the_closest_first(self, typed, closer, further, senior, everything):
        for given in (further, closer):
            family = FamilyFactory(name=f"Of {given}")
            MembershipFactory(family=family, person__given_names=given, person__family_name="Zzyzx")
        assert names(typed, by=senior) == [f"Of {closer}", f"Of {further}"]

    def test_puts_one_person_with_both_names_before_two_people(self, senior, everything):
        apart, together = FamilyFactory(name="Apart"), FamilyFactory(name="Together")
        for given, surname in (("Wendy", "Zzyzx"), ("Xena", "Moss")):
            MembershipFactory(family=apart, person__given_names=given, person__family_name=surname)
        MembershipFactory(family=together, person__given_names="Wendy", person__family_name="Moss")
        assert names("wendy moss", by=senior) == ["Together", "Apart"]

    def test_leaves_out_who_answers_less_than_others(self, senior, everything):
        for given, surname in (("Wendy", "Moss"), ("Wendy", "Zzyzx")):
            family = FamilyFactory(name=f"{given} {surname}")
            MembershipFactory(family=family, person__given_names=given, person__family_name=surname)
        assert names("wendy moss", by=senior) == ["Wendy Moss"]

    def test_shows_names_alike_only_when_few_are_as_written(self, senior, everything):
        for surname in [*["Brook"] * rules.ENOUGH, "Brooke", "Broook"]:
            MembershipFactory(person__family_name=surname, family=FamilyFactory(name=surname))
        assert set(names("brook", by=senior)) == {"Brook", "Brooke"}


class TestNothingIsFound:
    @pytest.mark.parametrize("typed", ["", " ", "%", "_", "\x00", "x", "31/02/1984", "99/99/9999", "-", "''", "\ud800"])
    def test_by_what_is_no_name(self, typed, donna, senior):
        assert names(typed, by=senior) == []

    def test_by_wildcards_in_a_name(self, donna, senior):
        assert [names(typed, by=senior) for typed in ("d_nna", "%nna", "h[aeiou]llam%")] == [[], [], []]

    def test_by_ten_thousand_letters(self, donna, senior):
        assert names("donna" * 2000, by=senior) == []

    def test_by_who_has_moved_out(self, donna, senior):
        Membership.objects.filter(family=donna).update(period=(date(2013, 1, 7), date(2014, 1, 1)))
        assert names("donna", by=senior) == []


class TestOnlyWhatOneMaySee:
    TYPED = ("donna", "dona", "elizabeth", "3/2/1998", "LE11 2QA", "900123", "ab123456c", "SLF-000123", "hallam")

    def test_is_found_elsewhere(self, donna, post, melton):
        senior = post(Role.SENIOR, melton)
        assert [names(typed, by=senior) for typed in self.TYPED] == [[]] * len(self.TYPED)

    def test_is_found_of_a_restricted_family(self, donna, senior, everything, post, charnwood):
        named = post(Role.MANAGER, charnwood)
        restrict_family(donna, to=[(named, Role.MANAGER)], by=everything)
        assert [names(typed, by=senior) for typed in self.TYPED] == [[]] * len(self.TYPED)
        assert names("donna", by=named) == ["Hallam family"]

    def test_is_found_by_a_leaver(self, donna, senior, everything):
        assert names("donna", by=senior) == ["Hallam family"]
        end_post(senior.posts.get(), by=everything, on=date(2013, 1, 1))
        assert names("donna", by=senior) == []

    @pytest.mark.parametrize("typed", ["LE11 2QA", "LE11", "07700900123"])
    def test_of_where_somebody_lives_takes_the_record(self, typed, donna, post, charnwood, everything):
        worker = post(Role.FSW, charnwood)
        assert names(typed, by=worker) == []
        hold_family(donna, user=worker, kind=Share.Kind.WORKER, by=everything)
        assert names(typed, by=worker) == ["Hallam family"]

    @pytest.mark.parametrize("role", [Role.DATA, Role.BUSINESS])
    def test_of_a_card_is_a_name_and_no_place(self, role, donna, post, charnwood):
        reader = post(role, charnwood)
        assert names("donna", by=reader) == ["Hallam family"]
        assert names("LE11 2QA", by=reader) == []

    def test_of_a_person_in_two_localities_is_the_household_here(self, donna, senior, melton):
        there = FamilyFactory(name="There", locality=melton)
        MembershipFactory(family=there, person=donna.memberships.get().person, postcode="LE13 1AA")
        assert names("donna", by=senior) == ["Hallam family"]
        assert names("LE13", by=senior) == []

    def test_the_words_are_read_by_nobody(self, donna, senior):
        with acting_as(senior), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute("select * from families_searchkey")


class TestWhatPostgresqlKeeps:
    @pytest.mark.parametrize(
        "name",
        [
            "Zoë",
            "O\u2019Brien",
            "Łukasz",
            "MacDonald",
            "McDonald",
            "Knight",
            "Stephen",
            "Tchaikovsky",
            "Æthelred",
            "Иван",
        ],
    )
    def test_is_what_the_rules_ask_for(self, name):
        with connection.cursor() as cursor:
            cursor.execute("select word, sound, slf.open_letters(word) from slf.search_words(%s)", [name])
            kept = cursor.fetchall()
        words = rules.words_of(name)
        assert [(word, heard) for word, heard, _ in kept] == [(word, rules.sound(word)) for word in words]

    def test_follows_a_person_who_is_deleted(self, everything):
        person = PersonFactory(given_names="Ephemeral")
        person.delete()


class TestTheQueries:
    def test_do_not_grow_with_what_is_found(self, senior, everything, django_assert_max_num_queries):
        FamilyFactory(name="Plenty", household=True)
        with acting_as(senior), django_assert_max_num_queries(10) as few:
            services.shown(services.search("plenty", on=ON), by=senior)
        FamilyFactory.create_batch(5, name="Plenty", household=True)
        with acting_as(senior), django_assert_max_num_queries(len(few)):
            assert len(services.shown(services.search("plenty", on=ON), by=senior)) == 6
