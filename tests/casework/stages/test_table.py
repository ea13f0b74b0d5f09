"""The table, row by row: each verb refuses what its row refuses, in the table's words, and goes where all is there."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from casework.assessments.services import sign_off, start_assessment
from casework.cases.models import Case
from casework.cases.services import HandoverNote, allocate_family
from casework.closing import rules as closing_rules
from casework.closing.services import (
    close_case,
    confirm_closing,
    propose_closing,
    send_back_closing,
    take_back_closing,
    withdraw_closing,
)
from casework.plan_reviews.services import Said as Went
from casework.plan_reviews.services import record_review
from casework.plans.rules import How, Said
from casework.plans.services import record_answer, start_plan
from casework.stages.services import go_on, step_case
from casework.transfers.services import propose_transfer
from casework.transitions.rules import LACKS, STAGE_NAMES, TRANSITIONS, Move, Stage
from casework.transitions.rules import Need as Needed
from families.needs.models import Need
from families.people.models import Family
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import give_post
from slf.web.errors import DomainError, NotForYou
from slf.web.words import day_in_words
from tests.at_once import acting
from tests.casework.assessments.factories import finished
from tests.casework.closing.factories import (
    AGREED_ON,
    MISTAKE,
    TODAY,
    closed,
    proposed,
    refer_again,
    told,
    worked,
)
from tests.casework.merging.factories import made_one
from tests.casework.plans.factories import agreed, draft, parents
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db
EARLIER = TODAY - timedelta(days=20)
ROWS = [(move, need) for move, step in TRANSITIONS.items() for need in Needed if need in step.needs]


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@dataclass
class World:
    """Who there is, the family, and what a verb is about; ``lack`` takes away one thing it needs."""

    worker: Any
    other: Any
    senior: Any
    manager: Any
    everything: Any
    melton: Any
    family: Any = None
    it: Any = None
    person: Any = None

    def take(self, move: Move, *, by=None):
        who = by or self.who(move)
        with acting(who):
            return VERBS[move](self, by=who)

    def who(self, move: Move):
        return {"WORK_FAMILY": self.worker, "PROPOSE_CLOSING": self.worker, "REVIEW_FAMILY": self.senior}.get(
            TRANSITIONS[move].who[0].name, self.senior
        )


@pytest.fixture
def world(post, charnwood, melton, worker, senior, manager, everything):
    return World(worker, post(Role.FSW, charnwood), senior, manager, everything, melton)


def give(world: World, *, by, to=None):
    said = {"note": HandoverNote("Ring first.")} if to else {}
    return allocate_family(world.family, worker=to or world.worker, by=by, on=TODAY, **said)


def step(world: World, *, by, **other):
    said = {"way": "up", "whom": "First Response", "reason": "Bruises.", "then": "goes_on"} | other
    return step_case(world.family, happened_on=TODAY, by=by, on=TODAY, **said)


def answer(world: World, *, by):
    said = {"said": Said.AGREED, "how": How.PAPER, "said_on": TODAY, "revision": world.it.revision}
    return record_answer(world.it, person=world.person, by=by, **said)


def review(world: World, *, by):
    goals = {goal.pk: Went("better") for goal in world.it.goals.all()}
    said = {"held_on": TODAY, "family_says": "It is calmer.", "next_on": TODAY + timedelta(days=42)}
    return record_review(world.it, goals=goals, by=by, on=TODAY, **said)


VERBS = {
    Move.ALLOCATE: give,
    Move.ALLOCATE_AGAIN: give,
    Move.HAND_OVER: lambda world, by: give(world, by=by, to=world.other),
    Move.BEGIN_ASSESSMENT: lambda world, by: start_assessment(world.family, by=by, on=TODAY),
    Move.ASSESS: lambda world, by: sign_off(world.it, by=by, on=TODAY),
    Move.SIGN_LATE: lambda world, by: sign_off(world.it, by=by, on=TODAY),
    Move.BEGIN_PLAN: lambda world, by: start_plan(world.family, by=by, on=TODAY),
    Move.PLAN: answer,
    Move.REVIEW: review,
    Move.STEP: step,
    Move.HOLD: lambda world, by: step(world, by=by, way=world.it or "up", then="held"),
    Move.GO_ON: lambda world, by: go_on(world.it, because="They are done.", by=by, on=TODAY),
    Move.PROPOSE: lambda world, by: propose_closing(world.family, told(), by=by, on=TODAY),
    Move.SEND_BACK: lambda world, by: send_back_closing(world.it, answer="Not yet.", by=by, on=TODAY),
    Move.WITHDRAW: lambda world, by: withdraw_closing(world.it, by=by, on=TODAY),
    Move.CONFIRM: lambda world, by: confirm_closing(world.it, by=by, on=TODAY),
    Move.CLOSE: lambda world, by: close_case(world.family, told(), by=by, on=TODAY),
    Move.TAKE_BACK: lambda world, by: take_back_closing(world.it, because=MISTAKE, by=by, on=TODAY),
}
"""The verb of each row."""


def ready(world: World, move: Move) -> None:
    """Have everything there that a row needs."""
    if move is Move.ALLOCATE:
        world.family = FamilyFactory(household=True)
        agree(world)
        return
    world.family = worked(world.worker)
    if move in {Move.ASSESS, Move.SIGN_LATE}:
        world.it = finished(world.family, world.worker)
    elif move is Move.PLAN:
        world.it, world.person = draft(world.family), parents(world.family)[0]
    elif move is Move.REVIEW:
        world.it = agreed(world.family)
    elif move is Move.GO_ON:
        with acting(world.worker):
            world.it = step(world, by=world.worker, then="held")
    elif move in {Move.SEND_BACK, Move.WITHDRAW, Move.CONFIRM}:
        world.it = proposed(world.family, world.worker)
    if move in {Move.TAKE_BACK, Move.ALLOCATE_AGAIN, Move.SIGN_LATE}:
        shut = closed(world.family, world.manager)
        world.it = world.it or shut
    if move is Move.ALLOCATE_AGAIN:
        refer_again(world.family, world.senior)


def agree(world: World) -> None:
    said = {"said_on": AGREED_ON, "how": Agreement.How.IN_PERSON, "by": world.everything}
    record_agreement(world.family, state=Agreement.State.GIVEN, **said)


def not_agreed(world: World, move: Move) -> None:
    if move is Move.ALLOCATE:
        world.family = FamilyFactory(household=True)
        return
    ready(world, move)
    said = {"said_on": TODAY, "how": Agreement.How.IN_PERSON, "by": world.everything}
    record_agreement(world.family, state=Agreement.State.WITHDRAWN, **said)


def not_referred(world: World, move: Move) -> None:
    world.family = worked(world.worker)
    closed(world.family, world.manager)


def not_standing(world: World, move: Move) -> None:
    """The family was made one with another that nobody works with."""
    ready(world, move)
    made_one(world.family, FamilyFactory(household=True))


def not_ready(world: World, move: Move) -> None:
    world.family = worked(world.worker)
    world.it, world.person = draft(world.family, goals=0), parents(world.family)[0]


def not_planned(world: World, move: Move) -> None:
    world.family = worked(world.worker)
    world.it = draft(world.family)


def not_said(world: World, move: Move) -> None:
    ready(world, move)
    Need.objects.create(family=world.family, kind="housing", started_on=EARLIER, source="Visit")


def not_staying(world: World, move: Move) -> None:
    ready(world, move)
    said = {"reason": "They move.", "must_know": "Ring first.", "keep_days": 0}
    with acting(world.senior):
        propose_transfer(world.family, to=world.melton, moves_on=TODAY, by=world.senior, on=TODAY, **said)


def not_stepped_up(world: World, move: Move) -> None:
    ready(world, move)
    world.it = "down"


def not_in_time(world: World, move: Move) -> None:
    world.family = worked(world.worker)
    world.it = closed(world.family, world.manager, on=EARLIER)


def not_apart(world: World, move: Move) -> None:
    ready(world, move)
    made_one(world.family, worked(world.other, name="The same again"))


def with_a_new_case(world: World, move: Move) -> None:
    ready(world, move)
    Case.objects.create(family=world.family, opened_on=TODAY, opened_by=world.everything)


WITHOUT = {
    Needed.AGREED: not_agreed, Needed.REFERRED: not_referred, Needed.STANDS: not_standing, Needed.READY: not_ready,
    Needed.PLAN: not_planned, Needed.OUTCOMES: not_said, Needed.STAYS_HERE: not_staying,
    Needed.STEPPED_UP: not_stepped_up, Needed.IN_TIME: not_in_time, Needed.APART: not_apart,
    Needed.NO_NEW_CASE: with_a_new_case,
}  # fmt: skip


def in_the_words(need: Needed, world: World) -> str:
    one = Family.objects.get(pk=world.family.pk).shown
    return LACKS[need].format(
        one=one, reference=one.reference, closed=day_in_words(TODAY), needs="Housing", to=world.melton,
        days=closing_rules.TAKE_BACK_WITHIN.default, opened=day_in_words(TODAY),
    )  # fmt: skip


class TestEachRow:
    @pytest.mark.parametrize("move", list(Move))
    def test_goes_where_all_that_it_needs_is_there(self, world, move):
        ready(world, move)
        world.take(move)

    @pytest.mark.parametrize(("move", "need"), ROWS)
    def test_is_refused_without_what_it_needs_in_the_words_of_the_table(self, world, move, need):
        WITHOUT[need](world, move)
        with pytest.raises(DomainError) as refused:
            world.take(move)
        said, words = refused.value.message, in_the_words(need, world)
        start = words.partition("Housing")[0]
        assert said.startswith(start)

    @pytest.mark.parametrize("move", list(Move))
    def test_is_refused_to_whom_it_does_not_name(self, world, move, post):
        ready(world, move)
        stranger = post(Role.FSW, world.melton)
        with pytest.raises((NotForYou, ObjectDoesNotExist)) as refused:
            world.take(move, by=stranger)
        words = TRANSITIONS[move].own or TRANSITIONS[move].not_yours
        assert isinstance(refused.value, ObjectDoesNotExist) or refused.value.message == words

    @pytest.mark.parametrize("move", [move for move, step in TRANSITIONS.items() if step.second])
    def test_is_refused_to_whoever_is_not_second(self, world, move, charnwood, everything):
        ready(world, move)
        give_post(world.senior, role=Role.FSW, locality=charnwood, by=everything, starts_on=AGREED_ON)
        world.family = worked(world.senior, name="Another")
        make = finished if move in {Move.ASSESS, Move.SIGN_LATE} else proposed
        world.it = make(world.family, world.senior)
        with pytest.raises(NotForYou) as refused:
            world.take(move)
        assert refused.value.message == TRANSITIONS[move].second


class TestAStage:
    @pytest.mark.parametrize(
        "move", [Move.BEGIN_ASSESSMENT, Move.BEGIN_PLAN, Move.STEP, Move.HOLD],
    )  # fmt: skip
    def test_that_is_closed_lets_nothing_begin(self, world, move):
        world.family = worked(world.worker)
        closed(world.family, world.manager)
        forget_rights(world.worker)
        with pytest.raises(DomainError) as refused:
            world.take(move, by=world.everything)
        step = TRANSITIONS[Move.STEP if move is Move.HOLD else move]
        assert refused.value.message == (step.late or "This family has no open case.")

    @pytest.mark.parametrize("move", [Move.HOLD, Move.CLOSE])
    def test_that_is_proposed_to_be_closed_waits_for_that_first(self, world, move):
        world.family = worked(world.worker)
        proposed(world.family, world.worker)
        with pytest.raises(DomainError, match="has proposed to close this case"):
            world.take(move, by=world.senior if move is not Move.HOLD else world.worker)


def test_every_need_of_the_table_has_its_words_and_is_taken_away_here():
    needed = {need for step in TRANSITIONS.values() for need in step.needs}
    assert needed == set(LACKS) == set(WITHOUT)
    assert set(VERBS) == set(Move)
    assert set(STAGE_NAMES) == set(Stage)
