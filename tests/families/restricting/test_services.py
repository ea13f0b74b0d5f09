"""Restricting a family, naming others, lifting it: what is done, what is refused, who is told."""

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from families.addresses.services import Place
from families.households.services import split_family
from families.opening.services import NOT_OPENED, ask_for_emergency_access
from families.people.models import Family
from families.restricting import rules
from families.restricting.audience import could_be_named, losing_sight, named_for, state_of
from families.restricting.models import RestrictionStep
from families.restricting.rules import Kind
from families.restricting.services import families_left, how_many_restricted, name_for_left
from referrals.allocation.models import Allocation
from referrals.allocation.services import give_family
from slf.access.models import Share
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import hold_family, locality_scope, move_family, shared_scope
from slf.clock import today
from slf.web.errors import Conflict, NotAllowed
from slf.work.models import Job
from slf.work.services import run
from tests.factories import FamilyFactory
from tests.families.restricting.factories import REASON, leave, left_alone, lift, name, parts
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
EMERGENCY = "A neighbour rang: shouting, and children in the street"


@pytest.fixture
def family(charnwood):
    return FamilyFactory(household=True)


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood, "senior.charnwood")


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


@pytest.fixture
def head(post):
    return post(Role.HEAD, None, "head")


def sees(user, family) -> bool:
    forget_rights(user)
    with in_the_name_of(user):
        return Family.objects.visible_to(user).filter(pk=family.pk).exists()


def named(family, by) -> set:
    with in_the_name_of(by):
        found = Family.objects.select_related("scope").get(pk=family.pk)
        return {(part.user, part.role) for part in named_for(found)}


def steps(by) -> list[RestrictionStep]:
    with in_the_name_of(by):
        return list(RestrictionStep.objects.order_by("number"))


class TestRestrictingAFamily:
    def test_leaves_it_to_the_people_named(self, family, manager, senior, worker, head):
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        assert [sees(one, family) for one in (manager, worker, senior, head)] == [True, True, False, False]

    def test_opens_its_record_to_a_worker_who_is_named(self, family, manager, worker):
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        with in_the_name_of(worker):
            assert Family.objects.open_to(worker).get() == family

    def test_need_not_leave_it_to_whoever_does_it(self, family, manager, head):
        name(family, (head, Role.HEAD), by=manager)
        assert (sees(manager, family), sees(head, family)) == (False, True)

    def test_may_name_somebody_of_another_locality(self, family, manager, post, melton):
        other = post(Role.FSW, melton)
        name(family, (manager, Role.MANAGER), (other, Role.FSW), by=manager)
        assert sees(other, family)

    def test_keeps_who_did_it_why_and_whom_they_named(self, family, manager, worker):
        step = name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager, worker=worker)
        assert (step.number, step.kind, step.by, step.reason) == (1, Kind.RESTRICTED, manager, REASON)
        assert (set(step.parts), step.worker) == (set(parts((manager, Role.MANAGER), (worker, Role.FSW))), worker)

    def test_twice_changes_nothing(self, family, manager):
        first = name(family, (manager, Role.MANAGER), by=manager)
        assert name(family, (manager, Role.MANAGER), by=manager, seen=0) == first
        assert len(steps(manager)) == 1

    def test_is_for_somebody_who_decides_to_be_named(self, family, manager, worker):
        with pytest.raises(NotAllowed, match=rules.NOBODY_DECIDES):
            name(family, (worker, Role.FSW), by=manager)
        assert steps(manager) == []

    def test_to_somebody_who_has_left_is_refused(self, family, manager, worker, everything):
        leave(worker, by=everything)
        with pytest.raises(NotAllowed, match=rules.NOT_IN_POST):
            name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)

    @pytest.mark.parametrize("role", [Role.FSW, Role.SENIOR])
    def test_is_the_job_of_managers_and_the_head(self, role, family, manager, post, charnwood):
        with pytest.raises(Conflict):
            name(family, (manager, Role.MANAGER), by=post(role, charnwood))

    def test_of_another_locality_is_impossible(self, family, post, melton):
        other = post(Role.MANAGER, melton)
        with pytest.raises(Conflict):
            name(family, (other, Role.MANAGER), by=other)
        assert sees(other, family) is False

    def test_takes_it_from_the_provider_it_was_shared_with(self, family, manager, charnwood, post, everything):
        provider = post(Role.ESF, charnwood)
        move_family(family, to=shared_scope(charnwood, role=Role.ESF), by=everything)
        assert sees(provider, family)
        name(family, (manager, Role.MANAGER), by=manager)
        assert not sees(provider, family)


class TestWhatSomebodyHeldOfIt:
    def test_ends_for_whoever_is_not_named(self, family, manager, worker, everything):
        give_family(family, worker=worker, by=everything, on=today())
        name(family, (manager, Role.MANAGER), by=manager)
        with in_the_name_of(worker):
            assert not Share.objects.not_over().filter(user=worker).exists()
        with in_the_name_of(manager):
            assert not Allocation.objects.get(family=family).goes_on

    def test_goes_on_for_whoever_is(self, family, manager, worker, everything):
        give_family(family, worker=worker, by=everything, on=today())
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager, worker=worker)
        with in_the_name_of(worker):
            assert Share.objects.not_over().get(family=family).user == worker
            assert Allocation.objects.get(family=family).goes_on

    def test_does_not_come_back_when_the_restriction_is_lifted(self, family, manager, worker, everything):
        hold_family(family, user=worker, kind=Share.Kind.COVER, by=everything)
        name(family, (manager, Role.MANAGER), by=manager)
        lift(family, by=manager)
        with in_the_name_of(worker):
            assert not Family.objects.open_to(worker).exists()

    def test_ends_for_somebody_from_elsewhere_when_it_is_lifted(self, family, manager, post, melton, everything):
        other = post(Role.FSW, melton)
        name(family, (manager, Role.MANAGER), (other, Role.FSW), by=manager)
        with in_the_name_of(manager):
            give_family(Family.objects.get(pk=family.pk), worker=other, by=manager, on=today())
        lift(family, by=manager)
        assert not Allocation.objects.get(family=family).goes_on
        assert not sees(other, family)


class TestNamingOthers:
    @pytest.fixture
    def restricted(self, family, manager, worker):
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        return family

    def test_adds_and_takes_off(self, restricted, manager, worker, senior):
        step = name(restricted, (manager, Role.MANAGER), (senior, Role.SENIOR), by=manager)
        assert (step.number, step.kind) == (2, Kind.NAMED)
        assert [sees(one, restricted) for one in (manager, senior, worker)] == [True, True, False]

    def test_cannot_take_off_the_last_who_decides(self, restricted, manager, worker):
        with pytest.raises(NotAllowed, match=rules.NOBODY_DECIDES):
            name(restricted, (worker, Role.FSW), by=manager)
        assert named(restricted, manager) == {(manager.pk, Role.MANAGER), (worker.pk, Role.FSW)}

    def test_cannot_by_sql_either(self, restricted, manager, worker):
        with in_the_name_of(manager), pytest.raises(IntegrityError, match="nobody who is named decides"):
            RestrictionStep.objects.create(
                family=restricted,
                number=2,
                kind=Kind.NAMED,
                done_on=today(),
                reason=REASON,
                named=[f"{worker.pk}:fsw"],
                by=manager,
            )

    def test_is_not_for_a_named_worker_by_sql_either(self, restricted, manager, worker):
        with in_the_name_of(worker), pytest.raises(ProgrammingError, match="no such family"):
            RestrictionStep.objects.create(
                family=restricted,
                number=2,
                kind=Kind.NAMED,
                done_on=today(),
                reason=REASON,
                named=[f"{manager.pk}:manager"],
                by=worker,
            )

    def test_from_what_somebody_else_changed_meanwhile_is_refused(self, restricted, manager, senior):
        name(restricted, (manager, Role.MANAGER), (senior, Role.SENIOR), by=manager)
        with pytest.raises(Conflict):
            name(restricted, (manager, Role.MANAGER), by=manager, seen=1)

    def test_may_shut_out_emergency_access(self, restricted, manager, worker, post, melton):
        name(restricted, (manager, Role.MANAGER), (worker, Role.FSW), by=manager, sealed=True)
        outsider = post(Role.SENIOR, melton)
        with in_the_name_of(outsider), pytest.raises(NotAllowed, match=NOT_OPENED):
            ask_for_emergency_access(restricted.reference, by=outsider, reason=EMERGENCY)

    def test_ends_emergency_access_that_is_open(self, restricted, manager, senior, post, melton):
        outsider = post(Role.SENIOR, melton)
        with in_the_name_of(outsider):
            ask_for_emergency_access(restricted.reference, by=outsider, reason=EMERGENCY)
        assert sees(outsider, restricted)
        name(restricted, (manager, Role.MANAGER), (senior, Role.SENIOR), by=manager)
        assert [sees(one, restricted) for one in (manager, senior, outsider)] == [True, True, False]


class TestLiftingARestriction:
    def test_opens_the_family_to_its_locality_again(self, family, manager, senior, charnwood):
        name(family, (manager, Role.MANAGER), by=manager)
        step = lift(family, by=manager)
        assert (step.kind, step.named, sees(senior, family)) == (Kind.LIFTED, [], True)
        assert Family.objects.get(pk=family.pk).scope == locality_scope(charnwood)

    def test_goes_back_to_the_provider_it_was_shared_with(self, family, manager, charnwood, everything):
        shared = shared_scope(charnwood, role=Role.ESF)
        move_family(family, to=shared, by=everything)
        name(family, (manager, Role.MANAGER), by=manager)
        lift(family, by=manager)
        assert Family.objects.get(pk=family.pk).scope == shared

    def test_lets_emergency_access_in_again(self, family, manager):
        name(family, (manager, Role.MANAGER), by=manager, sealed=True)
        lift(family, by=manager)
        assert not Family.objects.get(pk=family.pk).sealed

    def test_twice_changes_nothing(self, family, manager):
        name(family, (manager, Role.MANAGER), by=manager)
        assert lift(family, by=manager) == lift(family, by=manager, seen=1)
        assert len(steps(manager)) == 2

    def test_of_one_that_came_out_of_a_restricted_family_opens_it_to_the_same_locality(self, family, manager, worker):
        name(family, (manager, Role.MANAGER), by=manager)
        with in_the_name_of(manager):
            family = Family.objects.get(pk=family.pk)
            going = list(family.memberships.filter(part="parent")[:1])
            second = split_family(family, going=going, name="Second", place=Place(), by=manager, on=today())
        lift(second, by=manager)
        assert (sees(worker, second), sees(worker, family)) == (True, False)

    def test_of_a_family_that_was_never_restricted_is_refused(self, family, manager):
        with pytest.raises(NotAllowed, match=rules.NOT_RESTRICTED):
            lift(family, by=manager)

    def test_is_not_for_a_named_worker(self, family, manager, worker):
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        with pytest.raises(Conflict):
            lift(family, by=worker)

    def test_leaves_the_steps_of_each_time_apart(self, family, manager):
        name(family, (manager, Role.MANAGER), by=manager)
        lift(family, by=manager)
        name(family, (manager, Role.MANAGER), by=manager, reason="The police ask for it")
        with in_the_name_of(manager):
            state = state_of(Family.objects.select_related("scope").get(pk=family.pk), user=manager)
        assert [step.number for step in state.this_time] == [3]
        assert state.began.reason == "The police ask for it"


class TestWhoWouldLoseSight:
    def test_is_everybody_who_reaches_it_and_is_not_kept(self, family, manager, senior, worker, head, post, melton):
        post(Role.AUDITOR), post(Role.SENIOR, melton)
        with in_the_name_of(manager):
            lost = losing_sight(family, keep={manager.pk})
        assert {user for user, _ in lost.people} == {senior, worker, head}

    def test_names_first_who_has_the_record_in_hand(self, family, manager, senior, worker, everything):
        hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
        with in_the_name_of(manager):
            lost = losing_sight(family, keep={manager.pk})
        assert lost.at_work == [(worker, "Works with the family")]
        assert senior in {user for user, _ in lost.others}

    def test_says_nothing_to_those_who_do_not_decide(self, family, senior):
        with in_the_name_of(senior):
            assert not losing_sight(family, keep=())


class TestThoseWhoCouldBeNamed:
    def test_hold_a_post_that_opens_families(self, manager, worker, head, post, charnwood):
        for role in (Role.DATA, Role.AUDITOR, Role.BOARD, Role.ADMIN, Role.REFERRER):
            post(role, charnwood)
        assert [one.user for one in could_be_named()] == [manager, head, worker]


class TestAFamilyWhoseNamedPeopleHaveLeft:
    @pytest.fixture
    def left(self, family, everything):
        return left_alone(family, by=everything)

    def test_is_told_the_head_by_its_reference(self, left, head, manager):
        with in_the_name_of(head):
            (one,) = families_left()
            assert (one.uid, one.reference, how_many_restricted()) == (left.uid, left.reference, 1)
        with in_the_name_of(manager):
            assert (families_left(), how_many_restricted()) == ([], 0)

    def test_is_given_to_somebody_without_the_head_seeing_it(self, left, head, manager):
        with in_the_name_of(head):
            name_for_left(left.uid, people=parts((manager, Role.MANAGER)), reason=REASON, by=head, on=today())
            assert families_left() == []
        assert (sees(manager, left), sees(head, left)) == (True, False)
        step = steps(manager)[-1]
        assert (step.kind, step.by) == (Kind.NAMED, head)

    def test_keeps_those_who_are_still_in_post(self, family, head, manager, worker, post, charnwood, everything):
        other = post(Role.MANAGER, charnwood)
        name(family, (other, Role.MANAGER), (worker, Role.FSW), by=everything)
        leave(other, by=everything)
        with in_the_name_of(head):
            name_for_left(family.uid, people=parts((manager, Role.MANAGER)), reason=REASON, by=head, on=today())
        assert named(family, manager) == {(manager.pk, Role.MANAGER), (worker.pk, Role.FSW)}

    def test_needs_somebody_who_decides(self, left, head, worker):
        with in_the_name_of(head), pytest.raises(NotAllowed, match=rules.NOBODY_DECIDES):
            name_for_left(left.uid, people=parts((worker, Role.FSW)), reason=REASON, by=head, on=today())

    def test_is_nobody_elses_to_name_for(self, left, manager):
        with in_the_name_of(manager), pytest.raises(Conflict):
            name_for_left(left.uid, people=parts((manager, Role.MANAGER)), reason=REASON, by=manager, on=today())

    def test_that_is_decided_on_is_not_the_heads(self, family, head, manager):
        name(family, (manager, Role.MANAGER), by=manager)
        with in_the_name_of(head):
            assert families_left() == []
            with pytest.raises(Conflict):
                name_for_left(family.uid, people=parts((head, Role.HEAD)), reason=REASON, by=head, on=today())
            with connection.cursor() as cursor:
                cursor.execute("select slf.is_left(slf.family_scope(%s))", [family.pk])
                assert cursor.fetchone() == (False,)


@pytest.mark.django_db(transaction=True)
class TestThoseWhoAreTold:
    @pytest.fixture
    def told(self, family, manager, worker, head):
        for one in (manager, worker, head):
            one.email = f"{one.username}@example.org"
            one.save(update_fields=["email"])
        name(family, (manager, Role.MANAGER), (worker, Role.FSW), by=manager)
        with in_the_name_of(manager):
            jobs = list(Job.objects.filter(kind__startswith="restricting.").values_list("uid", flat=True))
        for uid in jobs:
            run(uid)
        return {sent.to[0]: sent.subject + sent.body for sent in mail.outbox}

    def test_are_who_is_named_and_the_head_of_service(self, told):
        assert set(told) == {"fsw.charnwood@example.org", "head@example.org"}

    def test_are_told_of_no_family(self, told, family):
        with transaction.atomic():
            assert not any(family.name in text or family.reference in text for text in told.values())
