"""Two people at the same moment, each on a connection of their own."""

import pytest
from django.db import transaction
from django.utils import timezone

from families.opening.services import ask_for_emergency_access
from families.people.models import Family
from families.restricting import rules
from families.restricting.models import RestrictionStep
from families.restricting.services import Naming, lift_restriction, name_for_left, name_people
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import end_post, one_at_a_time, open_with_reason
from slf.clock import today
from slf.web.errors import Conflict
from tests.at_once import at_once, in_the_name_of, meanwhile, wait_for_a_lock
from tests.factories import FamilyFactory
from tests.families.restricting.factories import REASON, left_alone, name, number, parts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EMERGENCY = "A neighbour rang: shouting, and children in the street"


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def manager(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager.charnwood")


@pytest.fixture
def other(post, charnwood):
    return post(Role.MANAGER, charnwood, "manager2.charnwood")


@pytest.fixture
def worker(post, charnwood):
    return post(Role.FSW, charnwood, "fsw.charnwood")


def sees(user, family) -> bool:
    with in_the_name_of(user):
        return Family.objects.visible_to(user).filter(pk=family.pk).exists()


def naming(*people, **more) -> Naming:
    return Naming(parts(*people), REASON, **more)


def steps(by) -> list[RestrictionStep]:
    with in_the_name_of(by):
        return list(RestrictionStep.objects.order_by("number"))


class TestTwoWhoChangeTheNames:
    def test_are_one_after_the_other_and_the_second_is_told(self, family, manager, other, worker):
        both = (manager, Role.MANAGER), (other, Role.MANAGER)
        name(family, *both, by=manager)
        with_worker = in_the_name_of(manager)(
            lambda: name_people(family, naming(*both, (worker, Role.FSW)), seen=1, by=manager, on=today())
        )
        alone = in_the_name_of(other)(
            lambda: name_people(family, naming((other, Role.MANAGER)), seen=1, by=other, on=today())
        )
        answers = at_once(with_worker, alone)
        assert [isinstance(answer, Conflict) for answer in answers].count(True) == 1
        assert len(steps(other)) == 2

    def test_who_both_restrict_leave_one_restriction(self, family, manager, other):
        both = (manager, Role.MANAGER), (other, Role.MANAGER)
        answers = at_once(
            in_the_name_of(manager)(lambda: name_people(family, naming(*both), seen=0, by=manager, on=today())),
            in_the_name_of(other)(lambda: name_people(family, naming(*both), seen=0, by=other, on=today())),
        )
        assert len(steps(manager)) == 1
        assert sum(isinstance(answer, RestrictionStep) for answer in answers) >= 1


class TestLiftingWhileSomebodyIsNamed:
    @pytest.mark.parametrize("first", ["lift", "name"])
    def test_does_what_came_first_and_tells_the_other(self, family, manager, other, worker, first):
        both = (manager, Role.MANAGER), (other, Role.MANAGER)
        name(family, *both, by=manager)
        acts = {
            "lift": (manager, lambda: lift_restriction(family, reason=REASON, seen=1, by=manager, on=today())),
            "name": (
                other,
                lambda: name_people(family, naming(*both, (worker, Role.FSW)), seen=1, by=other, on=today()),
            ),
        }
        (one, act), (two, acts_then) = (acts[first], acts["name" if first == "lift" else "lift"])
        with acting_as(one), meanwhile(acts_then, two) as (outcome, second):
            done = act()
            second.start()
        assert isinstance(done, RestrictionStep)
        assert isinstance(outcome[0], Conflict)
        assert len(steps(manager)) == 2
        assert sees(worker, family)


class TestRestrictingWhileSomebodyOpensIt:
    def test_in_an_emergency_first_is_to_be_looked_at_again(self, family, manager, post, melton):
        outsider = post(Role.SENIOR, melton)
        ask = lambda: ask_for_emergency_access(family.reference, by=outsider, reason=EMERGENCY)  # noqa: E731
        close = lambda: name_people(family, naming((manager, Role.MANAGER)), seen=0, by=manager, on=today())  # noqa: E731
        with acting_as(outsider), meanwhile(close, manager) as (outcome, second):
            ask()
            second.start()
        assert isinstance(outcome[0], Conflict)
        assert sees(outsider, family)
        with in_the_name_of(manager):
            close()
        assert (sees(manager, family), sees(outsider, family)) == (True, False)

    def test_in_an_emergency_after_it_opens_the_restricted_family(self, family, manager, worker, post, melton):
        outsider = post(Role.SENIOR, melton)
        ask = lambda: ask_for_emergency_access(family.reference, by=outsider, reason=EMERGENCY)  # noqa: E731
        with acting_as(manager), meanwhile(ask, outsider) as (outcome, second):
            name_people(family, naming((manager, Role.MANAGER)), seen=0, by=manager, on=today())
            second.start()
        assert outcome == [family]
        assert [sees(one, family) for one in (manager, outsider, worker)] == [True, True, False]

    def test_with_a_reason_leaves_them_nothing(self, family, manager, worker):
        with in_the_name_of(worker):
            open_with_reason(family, by=worker, reason=EMERGENCY)
        at_once(
            in_the_name_of(manager)(
                lambda: name_people(family, naming((manager, Role.MANAGER)), seen=0, by=manager, on=today())
            ),
            in_the_name_of(worker)(lambda: open_with_reason(family, by=worker, reason=EMERGENCY)),
        )
        assert not sees(worker, family)
        with in_the_name_of(worker):
            assert not Family.objects.open_to(worker).exists()


class TestNamingSomebodyWhosePostEnds:
    def test_waits_and_is_refused(self, family, manager, other, everything):
        close = lambda: name_people(family, naming((other, Role.MANAGER)), seen=0, by=manager, on=today())  # noqa: E731
        with acting_as(everything), meanwhile(close, manager) as (outcome, second):
            end_post(other.posts.get(), by=everything, on=other.posts.get().period.lower)
            second.start()
        assert outcome[0].message == f"{rules.NOT_IN_POST}."
        assert steps(manager) == []


class TestTakingAFamilyFromSomebodyWhosePostEnds:
    @pytest.mark.parametrize("act", ["restrict", "lift"])
    def test_waits_for_them_before_it_holds_the_family(self, family, manager, worker, everything, act):
        with_worker = (manager, Role.MANAGER), (worker, Role.FSW)
        if act == "lift":
            name(family, *with_worker, by=manager)
        with in_the_name_of(worker):
            open_with_reason(family, by=worker, reason=EMERGENCY)
        close = lambda: name_people(family, naming((manager, Role.MANAGER)), seen=0, by=manager, on=today())  # noqa: E731
        lift = lambda: lift_restriction(family, reason=REASON, seen=1, by=manager, on=today())  # noqa: E731
        taking = {"restrict": close, "lift": lift}[act]
        with acting_as(everything), meanwhile(taking, manager) as (outcome, second):
            one_at_a_time(worker)
            second.start()
            wait_for_a_lock(second)
            end_post(worker.posts.get(), by=everything, on=timezone.localdate())
        assert isinstance(outcome[0], RestrictionStep)
        assert not sees(worker, family)


class TestTwoHeadsWhoNameSomebody:
    def test_do_it_once(self, family, manager, other, post, everything):
        heads = post(Role.HEAD, None, "head1"), post(Role.HEAD, None, "head2")
        with transaction.atomic():
            left_alone(family, by=everything)
        answers = at_once(
            *(
                in_the_name_of(head)(
                    lambda h=head, m=m: name_for_left(
                        family.uid, people=parts((m, Role.MANAGER)), reason=REASON, by=h, on=today()
                    )
                )
                for head, m in zip(heads, (manager, other), strict=True)
            )
        )
        assert [isinstance(answer, Conflict) for answer in answers].count(True) == 1
        assert [sees(one, family) for one in (manager, other)].count(True) == 1


def test_a_share_ended_by_a_restriction_stays_ended(family, manager, worker, everything):
    with in_the_name_of(worker):
        open_with_reason(family, by=worker, reason=EMERGENCY)
    name(family, (manager, Role.MANAGER), by=manager)
    with in_the_name_of(worker):
        assert not Share.objects.not_over().filter(user=worker).exists()
    with in_the_name_of(manager):
        assert number(family) == 1
