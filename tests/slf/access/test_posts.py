"""Posts are the truth; what PostgreSQL, Python and django-guardian make of them is the same."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.utils import timezone

from families.people.models import Family
from referrals.allocation.services import give_family
from slf import clock
from slf.access.acting import acting_as
from slf.access.models import FamilyUserObjectPermission, LocalityUserObjectPermission, Share
from slf.access.rights import read_rights
from slf.access.rules import POSTS, ROLES, Can, Role
from slf.access.services import (
    NotDerived,
    derive_everybodys,
    derive_permissions,
    end_post,
    give_post,
    hold_family,
    open_with_reason,
    release_family,
    shared_scope,
    wanted_permissions,
)
from slf.accounts.models import User
from slf.work.models import Job
from slf.work.services import run
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
SINCE = date(2012, 4, 1)
DAY = timedelta(days=1)


def guardian_rows(user) -> set[tuple[str, int]]:
    rows = LocalityUserObjectPermission.objects.filter(user=user)
    return set(rows.values_list("permission__codename", "content_object_id"))


class TestAPost:
    @pytest.mark.parametrize("role", POSTS)
    def test_gives_guardian_exactly_the_acts_of_its_role_there(self, role, post, charnwood):
        user = post(role, charnwood)
        assert guardian_rows(user) == {(can.value, charnwood.pk) for can in ROLES[role]} == wanted_permissions(user)

    def test_that_ends_opens_nothing_from_that_day(self, post, charnwood, everything):
        FamilyFactory()
        user = post(Role.SENIOR, charnwood)
        end_post(user.posts.get(), by=everything, on=timezone.localdate())
        assert not Family.objects.visible_to(user).exists()
        assert guardian_rows(user) == set()

    def test_that_is_a_loan_ends_by_itself(self, post, melton, charnwood, everything):
        FamilyFactory()
        user = post(Role.FSW, melton)
        yesterday = timezone.localdate() - timedelta(days=1)
        give_post(user, role=Role.FSW, locality=charnwood, by=everything, starts_on=SINCE, ends_on=yesterday)
        assert not Family.objects.visible_to(user).exists()

    def test_cannot_be_held_twice_at_once(self, post, charnwood, everything):
        user = post(Role.FSW, charnwood)
        with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
            give_post(user, role=Role.FSW, locality=charnwood, by=everything, starts_on=SINCE)

    def test_of_somebody_who_left_opens_nothing(self, post, charnwood):
        FamilyFactory()
        user = post(Role.SENIOR, charnwood)
        user.is_active = False
        user.save()
        with acting_as(user), connection.cursor() as cursor:
            cursor.execute("select count(*) from families_family")
            assert cursor.fetchone() == (0,)

    def test_of_a_worker_lent_from_a_seniors_post_does_not_decide_there(self, post, charnwood, melton, everything):
        here, there = FamilyFactory(), FamilyFactory(locality=melton)
        user = post(Role.SENIOR, charnwood)
        give_post(user, role=Role.FSW, locality=melton, by=everything, starts_on=SINCE)
        assert set(Family.objects.visible_to(user, can=Can.READ)) == {here, there}
        assert set(Family.objects.visible_to(user, can=Can.ALLOCATE)) == {here}

    def test_derived_again_changes_nothing(self, post, charnwood):
        user = post(Role.MANAGER, charnwood)
        before = set(LocalityUserObjectPermission.objects.filter(user=user).values_list("pk", flat=True))
        derive_permissions(user)
        assert set(LocalityUserObjectPermission.objects.filter(user=user).values_list("pk", flat=True)) == before


class TestWhoGaveAndEnded:
    """Posts, shares and audiences: who, when and what before, in a history that only grows."""

    def test_a_post_is_told_by_the_post_and_its_history(self, post, charnwood, everything):
        admin = post(Role.ADMIN)
        user = User.objects.create_user("starter")
        held = give_post(user, role=Role.FSW, locality=charnwood, by=admin, starts_on=SINCE)
        ended = end_post(held, by=everything, on=timezone.localdate())
        assert (ended.given_by, ended.ended_by) == (admin, everything)
        assert list(held.events.order_by("pgh_id").values_list("pgh_label", "ended_by")) == [
            ("insert", None),
            ("update", everything.pk),
        ]

    def test_a_share_is_told_by_the_share_and_its_history(self, post, charnwood, everything):
        family, worker, senior = FamilyFactory(), post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        share = hold_family(family, user=worker, kind=Share.Kind.COVER, by=everything)
        with acting_as(senior):
            release_family(family, user=worker, kind=Share.Kind.COVER, by=senior)
            share.refresh_from_db()
            assert (share.given_by, share.ended_by) == (everything, senior)
            assert share.events.count() == 2

    def test_a_shares_history_is_not_read_in_another_locality(self, post, charnwood, melton, everything):
        share = hold_family(FamilyFactory(), user=post(Role.FSW, charnwood), kind=Share.Kind.COVER, by=everything)
        with acting_as(post(Role.MANAGER, melton)):
            assert not share.events.exists()

    def test_an_audience_names_who_made_it(self, post, charnwood):
        senior = post(Role.SENIOR, charnwood)
        with acting_as(senior):
            scope = shared_scope(charnwood, role=Role.ESF)
        assert {member.given_by for member in scope.members.all()} == {senior}
        assert {member.events.get().pgh_label for member in scope.members.all()} == {"insert"}

    @pytest.mark.parametrize("table", ["slf_postevent", "slf_scopememberevent", "slf_shareevent"])
    @pytest.mark.parametrize("change", ["update {} set pgh_label = ''", "delete from {}", "truncate {}"])
    def test_is_never_changed(self, table, change):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table))


class TestANewDay:
    def test_ends_and_begins_what_guardian_holds(self, post, charnwood, melton, everything):
        user, family, today = post(Role.FSW, charnwood), FamilyFactory(), timezone.localdate()
        give_post(
            user, role=Role.SENIOR, locality=melton, by=everything, starts_on=today, ends_on=today + timedelta(days=2)
        )
        give_post(user, role=Role.BUSINESS, locality=melton, by=everything, starts_on=today + timedelta(days=2))
        with acting_as(user):
            open_with_reason(family, by=user, reason="Covering the telephone today")
        now = timezone.now()
        Share.objects.filter(user=user).update(period=(now - timedelta(days=2), now - timedelta(days=1)))
        user.posts.filter(role=Role.SENIOR).update(period=(SINCE, today))
        user.posts.filter(role=Role.BUSINESS).update(period=(today, None))
        with acting_as(None):
            derive_everybodys()
        now_has = ((charnwood, Role.FSW), (melton, Role.BUSINESS))
        expected = {(can.value, locality.pk) for locality, role in now_has for can in ROLES[role]}
        assert guardian_rows(user) == expected
        assert not FamilyUserObjectPermission.objects.filter(user=user).exists()

    def test_ends_what_a_post_opened_that_ended_by_its_own_date(self, post, melton, charnwood, everything):
        user, today = post(Role.FSW, melton), timezone.localdate()
        give_post(user, role=Role.FSW, locality=charnwood, by=everything, starts_on=SINCE, ends_on=today + DAY)
        lent, own = FamilyFactory(), FamilyFactory(locality=melton)
        for family in (lent, own):
            give_family(family, worker=user, by=everything, on=today - 30 * DAY)
        user.posts.filter(locality=charnwood).update(period=(SINCE, today))
        for _ in range(2):
            with acting_as(None):
                derive_everybodys()
        assert [share.family for share in Share.objects.not_over().filter(user=user)] == [own]
        assert (lent.allocations.get().goes_on, own.allocations.get().goes_on) == (False, True)

    def test_goes_on_after_one_who_fails_and_says_so_at_the_end(self, post, charnwood, monkeypatch, caplog):
        broken, user = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        LocalityUserObjectPermission.objects.all().delete()
        monkeypatch.setattr("slf.access.services.wanted_permissions", Failing(broken))
        with acting_as(None), pytest.raises(NotDerived, match=str(broken.pk)):
            derive_everybodys()
        assert guardian_rows(user) == wanted_permissions(user)
        assert f"account {broken.pk}" in caplog.text


class Failing:
    """The rule itself, which fails for one person."""

    def __init__(self, broken):
        self.broken = broken

    def __call__(self, user):
        if user == self.broken:
            raise IntegrityError
        return wanted_permissions(user)


class TestAPostThatEnds:
    """What was held through it ends with it, in whatever locality whoever ends it works."""

    @pytest.fixture
    def worker(self, post, charnwood):
        return post(Role.FSW, charnwood)

    @pytest.fixture
    def family(self, worker, everything):
        family = FamilyFactory()
        give_family(family, worker=worker, by=everything, on=clock.today() - timedelta(days=30))
        return family

    def test_ends_shares_and_allocations(self, worker, family, post, everything):
        admin, today = post(Role.ADMIN), timezone.localdate()
        with acting_as(admin):
            end_post(worker.posts.get(), by=admin, on=today)
        share, allocation = Share.objects.get(user=worker), family.allocations.get()
        assert (share.period.upper <= timezone.now(), share.ended_by) == (True, admin)
        assert allocation.period.upper == clock.today()

    def test_ends_them_as_far_ahead_by_the_day_of_the_service(self, worker, family, everything):
        end_post(worker.posts.get(), by=everything, on=timezone.localdate() + timedelta(days=7))
        assert family.allocations.get().period.upper == clock.today() + timedelta(days=7)

    @pytest.mark.django_db(transaction=True)
    def test_tells_who_allocates_there_without_naming_the_family(self, worker, family, post, charnwood):
        admin = post(Role.ADMIN)
        User.objects.filter(pk=post(Role.SENIOR, charnwood).pk).update(email="senior@example.org")
        with acting_as(admin), transaction.atomic():
            end_post(worker.posts.get(), by=admin, on=timezone.localdate())
            uid = Job.objects.get(kind="allocation.tell_seniors").uid
        run(uid)
        (sent,) = mail.outbox
        assert sent.to == ["senior@example.org"]
        assert "can no longer work with 1 family, which has" in sent.body
        assert family.name not in sent.body

    def test_gives_nothing_back_with_another(self, worker, family, charnwood, everything):
        today = timezone.localdate()
        end_post(worker.posts.get(), by=everything, on=today)
        give_post(worker, role=Role.FSW, locality=charnwood, by=everything, starts_on=today)
        assert family.pk not in read_rights(worker.pk).families

    def test_keeps_what_another_post_reaches(self, worker, family, charnwood, everything):
        today = timezone.localdate()
        give_post(worker, role=Role.SENIOR, locality=charnwood, by=everything, starts_on=today)
        end_post(worker.posts.get(role=Role.FSW), by=everything, on=today)
        assert Share.objects.not_over().filter(user=worker).exists()
