"""What migrations do with rows that the code of before allowed, seen by the role that migrates."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connections, transaction

from families.facts.models import Fact
from slf.access.rules import Role
from slf.accounts.models import User
from tests.database import owner
from tests.factories import MembershipFactory
from tests.referrals.intake.factories import sent_referral

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everything")]


@pytest.fixture
def migrating():
    """Yield the owner's cursor in a transaction that is given up."""
    with owner(connections["default"].settings_dict["NAME"]) as cursor:
        cursor.execute("begin")
        yield cursor
        cursor.execute("rollback")


def fill(name, words):
    return getattr(import_module(name), words)


def a_fact(member, key, recorded, supersedes=None):
    return Fact.objects.create(
        family=member.family, person=member.person, kind="offence_proven", period=(recorded, None), source="feed",
        agency="police",
        source_name="A file", source_key=key, about_key=key, recorded_on=recorded, supersedes=supersedes,
        recorded_by=User.objects.first(),
    )  # fmt: skip


class TestTwoBeginningsOfOneStatement:
    def test_become_versions_of_it_in_the_order_they_came(self, migrating):
        with transaction.atomic():
            member = MembershipFactory()
            first = a_fact(member, "first", date(2014, 1, 1))
            other = a_fact(member, "other", date(2014, 2, 1))
            mended = a_fact(member, "mended", date(2014, 3, 1), supersedes=first)
        migrating.execute("drop index families_fact_begins_once")
        migrating.execute("update families_fact set about_key = 'one'")
        migrating.execute(fill("families.migrations.0004_begun_again", "ONE_BEGINNING"))
        migrating.execute("create unique index again on families_fact (about_key) where supersedes_id is null")
        migrating.execute("select id, supersedes_id from families_fact order by recorded_on")
        assert migrating.fetchall() == [(first.pk, None), (other.pk, first.pk), (mended.pk, other.pk)]


class TestAnEstimateWithoutADate:
    @pytest.mark.parametrize(
        ("table", "migration"),
        [
            ("families_person", "families.migrations.0005_estimates"),
            ("referrals_referralperson", "referrals.migrations.0005_estimates"),
        ],
    )
    def test_is_none(self, table, migration, migrating, post, charnwood):
        with transaction.atomic():
            MembershipFactory()
        sent_referral(post(Role.REFERRER, charnwood, "school"))
        migrating.execute(f"alter table {table} drop constraint {table}_estimate_has_a_date")
        migrating.execute(f"update {table} set born_estimated = true, born_on = null; set constraints all immediate")
        migrating.execute(fill(migration, "NO_DATE_NO_ESTIMATE"))
        migrating.execute(f"alter table {table} add constraint again check (not born_estimated or born_on is not null)")
        migrating.execute(f"select count(*) > 0, bool_or(born_estimated) from {table}")
        assert migrating.fetchone() == (True, False)


COLUMNS = ("address", "postcode", "phone")


class TestAnAddressOfAMembership:
    def test_becomes_a_row_with_its_time_and_its_versions(self, migrating):
        with transaction.atomic():
            member = MembershipFactory()
        for table in ("families_membership", "families_membershipevent"):
            for column in COLUMNS:
                said = "1 First Road" if (table, column) == ("families_membershipevent", "address") else ""
                migrating.execute(f"alter table {table} add {column} varchar(200) not null default '{said}'")
        migrating.execute("update families_membership set address = '2 Road', postcode = 'LE11 2AA', phone = '01509 1'")
        for statement in fill("families.migrations.0017_addresses", "FILL"):
            migrating.execute(statement)
        migrating.execute("select membership_id, lower(period), use, address, postcode, protected from families_home")
        assert migrating.fetchall() == [(member.pk, date(2013, 1, 7), "main", "2 Road", "LE11 2AA", False)]
        migrating.execute("select number from families_phone")
        assert migrating.fetchall() == [("01509 1",)]
        migrating.execute("select distinct address from families_homeevent order by 1")
        assert "1 First Road" in {address for (address,) in migrating.fetchall()}
