from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from families.kin import services
from families.kin.models import Relationship, Responsibility
from slf.web.errors import Conflict, NotAllowed
from tests.families.households.factories import JUNE, MAY, TODAY, marshes, member
from tests.families.kin.factories import MARRIED, responsible, tie

pytestmark = pytest.mark.django_db


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
def who(home):
    return {name: row.person for name, row in home[1].items()}


class TestSayingHowTwoAreRelated:
    def test_is_written_down_once(self, family, who):
        assert tie(family, "birth", who["Dawn"], who["Leah"]) == tie(family, "birth", who["Dawn"], who["Leah"])

    def test_of_a_couple_either_way_round_is_the_same(self, family, who):
        assert tie(family, "married", who["Dawn"], who["Carl"]) == tie(family, "married", who["Carl"], who["Dawn"])

    def test_lets_separation_take_the_place_of_marriage_from_its_day(self, family, who):
        married = tie(family, "married", who["Dawn"], who["Carl"], MARRIED)
        apart = tie(family, "separated", who["Carl"], who["Dawn"], MAY)
        married.refresh_from_db()
        assert (married.period, apart.period) == (DateRange(MARRIED, MAY), DateRange(MAY, None))

    def test_asks_since_when_where_something_else_is_written_down(self, family, who):
        tie(family, "married", who["Dawn"], who["Carl"])
        with pytest.raises(Conflict, match="Say since when"):
            tie(family, "divorced", who["Dawn"], who["Carl"])

    def test_before_what_is_written_down_is_refused(self, family, who):
        tie(family, "cohabiting", who["Dawn"], who["Carl"], JUNE)
        with pytest.raises(Conflict, match="from 10 June 2014"):
            tie(family, "married", who["Dawn"], who["Carl"], MAY)

    @pytest.mark.parametrize(
        ("kind", "one", "other", "why"),
        [
            pytest.param("married", "Dawn", "Dawn", "two different people", id="with oneself"),
            pytest.param("birth", "Leah", "Dawn", "must be older", id="a child as the parent of its mother"),
            pytest.param("foster", "Josh", "Leah", "must be older", id="a younger foster parent"),
        ],
    )
    def test_that_cannot_be_is_refused(self, family, who, kind, one, other, why):
        with pytest.raises(NotAllowed, match=why):
            tie(family, kind, who[one], who[other])

    def test_of_a_younger_step_parent_is_possible(self, family, who):
        assert tie(family, "step", who["Josh"], who["Leah"]).kind == "step"

    def test_of_a_third_birth_parent_is_refused(self, family, who):
        paul = member(family, "Paul", "away", born_on=date(1975, 1, 1)).person
        for parent in (who["Dawn"], who["Carl"]):
            tie(family, "birth", parent, who["Leah"])
        with pytest.raises(NotAllowed, match="two birth parents already"):
            tie(family, "birth", paul, who["Leah"])

    def test_that_makes_somebody_their_own_ancestor_is_refused(self, family):
        gran, mum, girl = (member(family, name, "adult", born_on=None).person for name in ("Gran", "Mum", "Girl"))
        tie(family, "birth", gran, mum)
        tie(family, "adoptive", mum, girl)
        with pytest.raises(NotAllowed, match="own ancestor"):
            tie(family, "birth", girl, gran)

    def test_to_somebody_of_another_family_is_refused_by_the_database(self, family, who, everything):
        _, others = marshes()
        with pytest.raises(IntegrityError, match="people of one family"), transaction.atomic():
            tie(family, "birth", others["Dawn"].person, who["Leah"])

    def test_twice_at_once_is_refused_by_the_database(self, family, who, everything):
        tie(family, "married", who["Dawn"], who["Carl"], MARRIED)
        with pytest.raises(IntegrityError, match="one_kind_at_a_time"), transaction.atomic():
            Relationship.objects.create(
                family=family, kind="cohabiting", person=who["Carl"], other=who["Dawn"],
                period=DateRange(MAY, None), source="Dad", recorded_by=everything,
            )  # fmt: skip


class TestARelationship:
    def test_ends_on_a_day_and_no_other(self, family, who, everything):
        row = tie(family, "carer", who["Dawn"], who["Leah"], MARRIED)
        services.end_relationship(row, on=MAY, by=everything)
        services.end_relationship(row, on=MAY, by=everything)
        with pytest.raises(Conflict, match="ended on 3 May 2014 already"):
            services.end_relationship(row, on=JUNE, by=everything)

    def test_is_put_right_and_keeps_what_stood_there(self, family, who, everything):
        row = tie(family, "married", who["Dawn"], who["Carl"], MAY)
        services.correct_relationship(
            row, kind="civil", starts_on=MARRIED, ends_on=None, source="Certificate", words="", by=everything
        )
        row.refresh_from_db()
        assert (row.kind, row.period.lower, row.source) == ("civil", MARRIED, "Certificate")
        with connection.cursor() as cursor:
            cursor.execute("select kind from families_relationshipevent where id = %s order by pgh_id", [row.pk])
            assert [kind for (kind,) in cursor.fetchall()] == ["married", "civil"]

    def test_put_right_over_another_is_refused(self, family, who, everything):
        married = tie(family, "married", who["Dawn"], who["Carl"], MARRIED)
        tie(family, "separated", who["Dawn"], who["Carl"], MAY)
        with pytest.raises(Conflict, match="for the same time"):
            services.correct_relationship(
                married, kind="married", starts_on=MARRIED, ends_on=None, source="Dad", words="", by=everything
            )

    def test_that_never_was_is_taken_away_and_kept(self, family, who, everything):
        row = tie(family, "birth", who["Carl"], who["Leah"])
        services.take_back(row, by=everything)
        assert not Relationship.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("select pgh_label from families_relationshipevent order by pgh_id")
            assert [label for (label,) in cursor.fetchall()] == ["insert", "delete"]


class TestParentalResponsibility:
    def test_is_of_a_person_for_a_child_and_said_once(self, family, who):
        first = responsible(family, who["Leah"], who["Dawn"])
        assert responsible(family, who["Leah"], who["Dawn"]) == first
        assert str(first) == "Dawn Marsh for Leah Marsh: has parental responsibility"

    def test_may_not_be_known(self, family, who):
        row = responsible(family, who["Leah"], who["Carl"], standing="not_known", ground="not_known")
        assert row.standing == "not_known"

    def test_that_changes_ends_what_was_said_before(self, family, who):
        before = responsible(family, who["Leah"], who["Carl"], standing="not_held", ground="not_known")
        order = "Leicester County Court, 3 May 2014, LE14P00123"
        responsible(family, who["Leah"], who["Carl"], ground="order", court_order=order, starts_on=MAY)
        before.refresh_from_db()
        assert before.period.upper == MAY

    def test_by_an_order_names_the_order(self, family, who):
        with pytest.raises(NotAllowed, match="which court, when"):
            responsible(family, who["Leah"], who["Carl"], ground="order")

    def test_of_an_authority_needs_no_person(self, family, who, everything):
        row = responsible(
            family, who["Josh"], None, authority="Leicestershire County Council", ground="care_order",
            court_order="Leicester Family Court, 3 May 2014", starts_on=MAY,
        )  # fmt: skip
        assert row.who == "Leicestershire County Council"
        services.end_responsibility(row, on=JUNE, by=everything)
        assert Responsibility.objects.get().period.upper == JUNE

    def test_of_nobody_is_refused_by_the_database(self, family, who):
        with pytest.raises(IntegrityError, match="responsibility_of_one"), transaction.atomic():
            responsible(family, who["Leah"], None)

    def test_for_oneself_is_refused(self, family, who):
        with pytest.raises(NotAllowed, match="two different people"):
            responsible(family, who["Leah"], who["Leah"])
