"""Shares of single families: who holds one, and the rows django-guardian is given of them."""

from datetime import date, timedelta

import pghistory
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from families.people.models import Family
from slf.access.acting import acting_as
from slf.access.models import FamilyUserObjectPermission, Scope, Share
from slf.access.rights import rights_of
from slf.access.rules import POSTS, ROLES, Can, Role
from slf.access.services import (
    give_post,
    hold_family,
    locality_scope,
    move_family,
    open_with_reason,
    partner_scope,
    release_family,
    restrict_family,
    scope_for,
    shared_scope,
)
from slf.accounts.models import User
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
SINCE = date(2012, 4, 1)


class TestAWorker:
    def test_sees_the_card_of_a_colleagues_family_and_not_its_record(self, post, charnwood):
        family = FamilyFactory()
        worker = post(Role.FSW, charnwood)
        assert Family.objects.visible_to(worker).get() == family
        assert not Family.objects.open_to(worker).exists()

    def test_opens_it_with_a_reason_for_a_day(self, post, charnwood):
        family = FamilyFactory()
        worker = post(Role.FSW, charnwood)
        with acting_as(worker):
            share = open_with_reason(family, by=worker, reason="Covering the telephone today")
            share.refresh_from_db()
        assert Family.objects.open_to(worker).get() == family
        assert timedelta(hours=23, minutes=59) < share.period.upper - share.period.lower <= timedelta(hours=24)
        assert FamilyUserObjectPermission.objects.filter(user=worker, content_object=family).count() == 1

    @pytest.mark.parametrize(("then", "lasts"), [(3, 10), (20, 20)])
    def test_covers_it_until_the_later_day(self, post, charnwood, everything, then, lasts):
        family, worker, now = FamilyFactory(), post(Role.FSW, charnwood), timezone.now()
        for days in (10, then):
            until = now + timedelta(days=days)
            hold_family(family, user=worker, kind=Share.Kind.COVER, by=everything, until=until)
        assert Share.objects.get().period.upper == now + timedelta(days=lasts)

    def test_gives_up_a_family_that_is_handed_over(self, post, charnwood, everything):
        family = FamilyFactory()
        worker = post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        release_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        assert not Family.objects.open_to(worker).exists()
        assert not FamilyUserObjectPermission.objects.filter(user=worker).exists()


class TestGuardiansRowsOfShares:
    def of(self, user) -> set[int]:
        return set(FamilyUserObjectPermission.objects.filter(user=user).values_list("content_object_id", flat=True))

    def test_are_the_shares_in_force_whoever_acts(self, post, charnwood, melton, everything):
        here, there = FamilyFactory(), FamilyFactory(locality=melton)
        worker, senior = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        give_post(worker, role=Role.FSW, locality=melton, by=everything, starts_on=SINCE)
        hold_family(there, user=worker, kind=Share.Kind.COVER, by=everything)
        with acting_as(senior):
            hold_family(here, user=worker, kind=Share.Kind.COVER, by=senior)
        assert self.of(worker) == {here.pk, there.pk} == set(rights_of(worker).families)

    def test_end_with_a_share_elsewhere(self, post, charnwood, melton, everything):
        here, there = FamilyFactory(), FamilyFactory(locality=melton)
        worker, senior = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        give_post(worker, role=Role.FSW, locality=melton, by=everything, starts_on=SINCE)
        hold_family(there, user=worker, kind=Share.Kind.COVER, by=everything)
        long_ago = timezone.now() - timedelta(days=2)
        Share.objects.filter(family=there).update(period=(long_ago, long_ago + timedelta(days=1)))
        with acting_as(senior):
            hold_family(here, user=worker, kind=Share.Kind.COVER, by=senior)
        assert self.of(worker) == {here.pk} == set(rights_of(worker).families)


class TestAFamilyMoved:
    """What ``slf.move_family`` asks for: the right to share, or, to and from named people, the right to restrict."""

    @pytest.fixture
    def family(self):
        return FamilyFactory()

    def move(self, family, to: Scope, by: User) -> None:
        with acting_as(by), transaction.atomic():
            move_family(family, to=to, by=by)

    def refused(self, family, to: Scope, by: User) -> None:
        with pytest.raises(ProgrammingError, match="no such family"):
            self.move(family, to, by)

    @pytest.mark.parametrize("role", POSTS)
    def test_is_shared_by_those_who_may_share(self, family, role, post, charnwood):
        by, to = post(role, charnwood), shared_scope(charnwood, role=Role.ESF)
        (self.move if Can.SHARE_FAMILY in ROLES[role] else self.refused)(family, to, by)

    @pytest.mark.parametrize("role", POSTS)
    def test_is_restricted_by_those_who_may_restrict(self, family, role, post, charnwood, everything):
        members = [("user", everything.pk, Role.MANAGER)]
        by, to = post(role, charnwood), scope_for(Scope.Kind.RESTRICTED, name="Named people only", members=members)
        (self.move if Can.RESTRICT_FAMILY in ROLES[role] else self.refused)(family, to, by)

    def test_is_not_given_back_by_a_named_senior(self, family, post, charnwood, everything):
        senior = post(Role.SENIOR, charnwood)
        restrict_family(family, to=[(senior, Role.SENIOR), (everything, Role.MANAGER)], by=everything)
        self.refused(family, locality_scope(charnwood), senior)
        self.move(family, locality_scope(charnwood), everything)

    def test_does_not_go_to_a_partner(self, family, post, charnwood, everything):
        self.refused(family, partner_scope(post(Role.REFERRER), agency="A school"), everything)

    def test_does_not_go_to_another_locality(self, family, post, charnwood, melton):
        self.refused(family, locality_scope(melton), post(Role.MANAGER, charnwood))

    def test_is_told_in_its_history(self, family, post, charnwood):
        manager, to = post(Role.MANAGER, charnwood), shared_scope(charnwood, role=Role.ESF)
        with pghistory.context(user=manager.pk):
            self.move(family, to, manager)
        event = family.events.latest("pgh_id")
        assert (event.scope_id, event.pgh_context["user"]) == (to.pk, manager.pk)
