"""What PostgreSQL and Python each take a person's rights to be is one thing, asked once in a transaction."""

import threading
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import Scope, Share
from slf.access.rights import read_rights, rights_of
from slf.access.rules import NAMED_ONLY, OPENS, POSTS, ROLES, Can, RecordClass, Role
from slf.access.services import (
    end_post,
    give_post,
    hold_family,
    locality_scope,
    open_with_reason,
    restrict_family,
    scope_for,
)
from slf.accounts.models import User
from tests.factories import FamilyFactory

SINCE = date(2012, 4, 1)
MOST_QUERIES = 12
LISTS = [
    ("/casework/families/", Role.FSW),
    ("/families/", Role.SENIOR),
    ("/referrals/triage/", Role.SENIOR),
    ("/performance/dashboard/open/", Role.SENIOR),
]


class Statements:
    """Every statement, those of signing in and of rights included."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        self.seen.append(sql)
        return execute(sql, params, many, context)


@contextmanager
def counted():
    with connection.execute_wrapper(statements := Statements()):
        yield statements.seen


def settings_of(user, mode: str, record_class: RecordClass) -> set[int]:
    """Return the scopes that policies compare with while this user acts."""
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute("select slf.scopes(%s)", [f"{mode}_{record_class}"])
        return set(cursor.fetchone()[0])


@pytest.mark.django_db
class TestAPersonsRights:
    @pytest.mark.parametrize("role", POSTS)
    def test_are_one_truth_in_the_role_table_and_in_the_database(self, role, post, charnwood):
        user, opens = post(role, charnwood), OPENS[role]
        own = scope_for(Scope.Kind.PARTNER, name="Their own", members=[("user", user.pk, role)]).pk
        everyones = set() if role in NAMED_ONLY else {locality_scope(charnwood).pk}
        for record_class in RecordClass:
            open_here = {own} if record_class in opens.named else {own} | everyones
            read = settings_of(user, "read", record_class)
            assert read == (open_here if record_class in opens.read else set()), record_class
            write = settings_of(user, "write", record_class)
            assert write == (open_here if record_class in opens.write else set()), record_class
            with acting_as(user):
                rights = rights_of(user)
            in_python = rights.open_scopes(record_class) | rights.held_scopes(record_class)
            assert in_python == (read if Can.READ in ROLES[role] else set()), record_class

    def test_are_asked_once_by_whoever_acts(self, post, charnwood):
        user = post(Role.FSW, charnwood)
        with acting_as(user), counted() as statements:
            assert rights_of(User.objects.get(pk=user.pk)) == rights_of(user)
        assert len([s for s in statements if "slf.reaches" in s]) == 0

    def test_are_those_the_database_finds(self, post, charnwood, everything):
        user, family = post(Role.FSW, charnwood), FamilyFactory()
        hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
        with acting_as(user):
            assert rights_of(user) == read_rights(user.pk)

    def test_follow_what_the_person_does_themselves(self, post, charnwood):
        user, family = post(Role.FSW, charnwood), FamilyFactory()
        with acting_as(user):
            assert family.pk not in rights_of(user).families
            open_with_reason(family, by=user, reason="Covering the telephone today")
            assert family.pk in rights_of(user).families

    def test_fall_back_with_a_savepoint(self, post, charnwood):
        user, family = post(Role.FSW, charnwood), FamilyFactory()
        with acting_as(user):
            with transaction.atomic():
                open_with_reason(family, by=user, reason="Covering the telephone today")
                transaction.set_rollback(True)
            assert rights_of(user).families == frozenset()


@pytest.mark.django_db
class TestANamedPerson:
    @pytest.fixture
    def named(self, post, charnwood, everything):
        """Return a manager of Charnwood who is one of a restricted family's named people."""
        user, family = post(Role.MANAGER, charnwood), FamilyFactory()
        restrict_family(family, to=[(user, Role.MANAGER), (everything, Role.HEAD)], by=everything)
        return user

    def families(self, user) -> tuple[int, int]:
        with acting_as(user):
            return Family.objects.count(), Family.objects.visible_to(user).count()

    def test_opens_the_family(self, named):
        assert self.families(named) == (1, 1)
        assert len(read_rights(named.pk).families) == 1

    def test_whose_post_ended_opens_nothing(self, named, everything):
        end_post(named.posts.get(), by=everything, on=timezone.localdate())
        assert self.families(named) == (0, 0)
        assert read_rights(named.pk).families == frozenset()

    def test_whose_post_begins_tomorrow_opens_nothing(self, named, everything, charnwood):
        end_post(named.posts.get(), by=everything, on=timezone.localdate())
        tomorrow = timezone.localdate() + timedelta(days=1)
        give_post(named, role=Role.MANAGER, locality=charnwood, by=everything, starts_on=tomorrow)
        assert self.families(named) == (0, 0)

    def test_who_only_holds_another_post_opens_nothing(self, named, everything, charnwood):
        end_post(named.posts.get(), by=everything, on=timezone.localdate())
        give_post(named, role=Role.BUSINESS, locality=charnwood, by=everything, starts_on=SINCE)
        assert self.families(named) == (0, 0)


@pytest.mark.django_db
class TestTheDayOfAPost:
    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
    def test_is_englands_wherever_the_server_stands(self, zone):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('TimeZone', %s, true)", [zone])
            cursor.execute("select slf.today() = (now() at time zone 'Europe/London')::date")
            assert cursor.fetchone() == (True,)


@pytest.mark.django_db(transaction=True)
class TestAnAudienceMadeMeanwhile:
    def test_takes_rows_of_a_transaction_that_began_before_it(self, post, charnwood):
        user = post(Role.SENIOR, charnwood)
        members = [("locality", charnwood.pk, ""), ("locality", charnwood.pk, "esf")]

        def somebody_else():
            with acting_as(user), transaction.atomic():
                scope_for(Scope.Kind.SHARED, name="Charnwood and ESF", members=members, home=charnwood)
            connection.close()

        with acting_as(user), transaction.atomic():
            assert rights_of(user).reaches
            (other := threading.Thread(target=somebody_else)).start()
            other.join()
            scope = scope_for(Scope.Kind.SHARED, name="Charnwood and ESF", members=members, home=charnwood)
            family = Family.objects.create(reference="SLF-900001", name="New", scope=scope, known_since=SINCE)
            assert Family.objects.visible_to(user).get() == family


@pytest.mark.django_db(transaction=True)
class TestAListPage:
    @pytest.mark.parametrize(("address", "role"), LISTS)
    @pytest.mark.parametrize("families", [1, 30])
    def test_takes_twelve_queries_at_most(self, address, role, families, post, charnwood, signed_in, everything):
        user = post(role, charnwood)
        for _ in range(families):
            family = FamilyFactory(household=True)
            hold_family(family, user=user, kind=Share.Kind.COVER, by=everything)
        client = signed_in(user)
        with acting_as(None):
            client.get(address)
            with counted() as statements:
                assert client.get(address).status_code == 200
        assert len(statements) <= MOST_QUERIES, "\n".join(statements)
