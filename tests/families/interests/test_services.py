"""Somebody knows a family: nothing of it is newly opened to them, and those who decide see to it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from casework.cases.services import HandoverNote, allocate_family
from families.interests.models import Interest
from families.interests.services import who_know
from families.opening.services import (
    NOT_OPENED,
    ask_for_emergency_access,
    emergencies_to_review,
    open_own,
    review_emergency,
    reviewers_of,
)
from families.people.models import Family
from referrals.allocation.candidates import candidates
from referrals.allocation.conflicts import to_look_into
from slf.access.models import EmergencyTry, Share
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.clock import today
from slf.web.errors import Conflict, Incomplete, NotAllowed, NotForYou
from slf.work.models import Job
from slf.work.services import run
from tests.casework.cases.factories import agreed_family
from tests.factories import FamilyFactory
from tests.families.interests.factories import knows, looked_into
from tests.families.restricting.factories import name
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
WHY = "The school rang about the children"


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "worker")


@pytest.fixture
def colleague(post, charnwood):
    return post(Role.FSW, charnwood, "colleague")


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior")


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager")


@pytest.fixture
def family(everything):
    return agreed_family(everything, household=True)


def give(family, worker, by, **more):
    forget_rights(by)
    with in_the_name_of(by):
        return allocate_family(family, worker=worker, by=by, on=today(), **more)


def open_(family, by):
    forget_rights(by)
    with in_the_name_of(by):
        return open_own(family, by=by, reason=WHY)


def may_open(user, family):
    forget_rights(user)
    with in_the_name_of(user):
        return Family.objects.open_to(user).filter(pk=family.pk).exists()


def seen_by(user):
    forget_rights(user)
    with in_the_name_of(user):
        return list(Interest.objects.visible_to(user)), list(Interest.objects.all())


class TestSayingSo:
    def test_is_read_by_those_who_decide_and_by_themselves(self, family, worker, colleague, senior, manager):
        interest = knows(family, worker)
        for user in (worker, senior, manager):
            assert seen_by(user) == ([interest], [interest])
        assert seen_by(colleague) == ([], [])

    def test_twice_is_once(self, family, worker):
        assert knows(family, worker) == knows(family, worker, kind="relative")
        assert Interest.objects.get().kind == "friend"

    def test_says_how_where_the_list_does_not(self, family, worker):
        with pytest.raises(Incomplete):
            knows(family, worker, kind="other", words=" ")

    def test_ends_what_they_look_at(self, family, worker):
        open_(family, worker)
        assert may_open(worker, family)
        knows(family, worker)
        assert not may_open(worker, family)
        share = Share.objects.get()
        assert (share.ended_by, share.period.upper <= timezone.now()) == (worker, True)

    def test_ends_emergency_access_in_another_locality(self, melton, worker):
        far = FamilyFactory(locality=melton, household=True)
        with in_the_name_of(worker):
            ask_for_emergency_access(far.reference, by=worker, reason=WHY)
        knows(far, worker)
        assert not may_open(worker, far)
        with in_the_name_of(worker):
            assert not Family.objects.filter(pk=far.pk).exists()

    def test_leaves_the_work_with_it_until_somebody_else_has_it(self, family, worker, colleague, senior, manager):
        give(family, worker, senior)
        knows(family, worker)
        assert may_open(worker, family)
        with in_the_name_of(senior):
            assert [one.family for one in to_look_into(senior, on=today())] == [family]
            (job,) = Job.objects.filter(kind="interests.tell") or [None]
        assert job is None, "a job is read by whoever asked"
        with in_the_name_of(worker):
            uid = Job.objects.get(kind="interests.tell").uid
        type(senior).objects.filter(pk__in=[senior.pk, manager.pk]).update(email="decides@example.org")
        run(uid)
        assert len(mail.outbox) == 2
        assert family.name not in mail.outbox[0].body
        give(family, colleague, senior)
        with in_the_name_of(senior):
            assert not to_look_into(senior, on=today()).exists()

    def test_of_somebody_who_decides_is_shown_to_another(self, family, senior, manager):
        knows(family, senior)
        for user, shown in ((manager, [False]), (senior, [])):
            with in_the_name_of(user):
                assert [one.works for one in to_look_into(user, on=today())] == shown

    def test_of_a_colleague_is_for_who_decides(self, family, worker, colleague, senior):
        with pytest.raises(Exception, match="no such family"):
            knows(family, worker, by=colleague)
        assert knows(family, worker, by=senior).declared_by == senior

    def test_is_not_possible_of_a_family_out_of_sight(self, melton, worker):
        with pytest.raises(Exception, match="no such family"):
            knows(FamilyFactory(locality=melton), worker)


class TestSomebodyWhoKnowsAFamily:
    @pytest.fixture(autouse=True)
    def _knows(self, family, worker):
        knows(family, worker)

    def test_does_not_open_it_with_a_reason(self, family, worker):
        with pytest.raises(NotAllowed, match="knows this family"):
            open_(family, worker)

    def test_does_not_open_it_in_an_emergency_and_is_told_as_if_it_were_missing(self, family, worker):
        with in_the_name_of(worker), pytest.raises(NotAllowed, match="No record was opened") as refused:
            ask_for_emergency_access(family.reference, by=worker, reason=WHY)
        assert refused.value.message == NOT_OPENED
        with in_the_name_of(worker):
            assert not EmergencyTry.objects.exclude(outcome="refused").exists()

    def test_is_not_suggested_and_not_given_it(self, family, worker, senior):
        with in_the_name_of(senior):
            (one,) = candidates(family, by=senior, on=today())
        assert (one.is_suggested, one.knows_them) == (False, True)
        assert next(reason.words for reason in one.reasons) == "Declared that they know the family"
        with pytest.raises(NotAllowed, match="knows this family"):
            give(family, worker, senior)

    def test_does_not_come_along_after_a_handover(self, everything, worker, colleague, senior):
        other = agreed_family(everything)
        with in_the_name_of(senior):
            allocate_family(other, worker=worker, by=senior, on=today() - timedelta(days=9))
        knows(other, worker)
        note = HandoverNote("Ring before ten.", today() + timedelta(days=2))
        with pytest.raises(NotAllowed, match="knows this family"):
            give(other, colleague, senior, note=note)
        give(other, colleague, senior, note=HandoverNote("Ring before ten."))
        assert not may_open(worker, other)

    def test_is_given_nothing_past_the_service(self, family, worker, senior):
        now = timezone.now()
        for kind in Share.Kind:
            with pytest.raises(Exception, match="knows the family"), in_the_name_of(senior):
                Share.objects.create(
                    user=worker, family=family, kind=kind, period=(now, None), reason=WHY, given_by=senior
                )

    def test_is_not_newly_named_when_it_is_restricted(self, family, worker, manager):
        with pytest.raises(NotAllowed, match="knows this family"):
            name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)

    def test_does_not_review_who_had_emergency_access(self, family, post, melton, senior, manager):
        stranger = post(Role.FSW, melton)
        with in_the_name_of(stranger):
            ask_for_emergency_access(family.reference, by=stranger, reason=WHY)
        share = Share.objects.get(kind=Share.Kind.EMERGENCY)
        knows(family, senior)
        assert manager in reviewers_of(family.pk, besides=stranger)
        assert senior not in reviewers_of(family.pk, besides=stranger)
        with in_the_name_of(senior):
            assert not emergencies_to_review(senior).exists()
            with pytest.raises(NotForYou):
                review_emergency(share, by=senior)
        with in_the_name_of(manager):
            assert review_emergency(share, by=manager).reviewed_by == manager


class TestEndingIt:
    def test_opens_the_family_to_them_again_and_keeps_why(self, family, worker, senior):
        interest = knows(family, worker)
        ended = looked_into(interest, by=senior)
        assert (ended.ended_by, ended.ended_on) == (senior, today())
        open_(family, worker)
        assert may_open(worker, family)
        assert who_know(family, by=senior) == frozenset()

    def test_is_not_for_whom_it_is_about_nor_who_said_so(self, family, worker, senior, manager):
        noted = knows(family, worker, by=senior)
        own = knows(family, manager)
        for interest, by in ((noted, senior), (own, manager)):
            with pytest.raises(NotForYou):
                looked_into(interest, by=by)
        assert looked_into(noted, by=manager).ended_by == manager

    def test_happens_once(self, family, worker, senior, manager):
        interest = knows(family, worker)
        looked_into(interest, by=senior)
        with pytest.raises(Conflict):
            looked_into(interest, by=manager)

    def test_leaves_room_for_it_to_be_said_again(self, family, worker, senior):
        looked_into(knows(family, worker), by=senior)
        knows(family, worker)
        assert Interest.objects.in_force().count() == 1


class TestTheDatabase:
    @pytest.mark.parametrize("statement", ["insert", "update", "delete"])
    def test_lets_no_program_write_it(self, family, worker, senior, statement):
        interest = knows(family, worker)
        acts = {
            "insert": lambda: Interest.objects.bulk_create(
                [
                    Interest(
                        family=family,
                        user=senior,
                        kind="friend",
                        declared_by=senior,
                        began_on=today(),
                        at=timezone.now(),
                    )
                ]
            ),
            "update": lambda: Interest.objects.filter(pk=interest.pk).update(words="None of it"),
            "delete": lambda: Interest.objects.filter(pk=interest.pk).delete(),
        }
        with in_the_name_of(senior), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            acts[statement]()
