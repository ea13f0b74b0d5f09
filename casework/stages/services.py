"""Stepping a case up to children's social care or down from it, its acknowledgement, and going on after it was held."""

from datetime import date
from typing import Any

from django.db import transaction

from casework.cases.models import Case
from casework.stages import rules
from casework.stages.facts import standing_of as standing_of
from casework.stages.models import CareStep
from casework.stages.rules import Then, Way, WrongStep
from casework.transitions.rules import TRANSITIONS, Facts, Move, Need, Stage, lacking, late, stage_of
from families.people.models import Family
from families.people.services import lock_family
from slf.access.rights import rights_of
from slf.access.rules import RecordClass
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words


@transaction.atomic
def step_case(
    family: Family, *, way: str, happened_on: date, whom: str, reason: str, then: str, by: User, on: date
) -> CareStep:
    """Say that a case was stepped up or down: it goes on, is held, or is to be closed. The same again is the same."""
    rules.check_step(way, happened_on=happened_on, on=on, whom=whom, reason=reason, then=then)
    if not may_take(Move.STEP, family, by):
        raise NotForYou(TRANSITIONS[Move.STEP].not_yours)
    lock_family(family)
    rows = Case.objects.filter(family=family, closed_on=None).select_for_update(of=("self",), no_key=True)
    case: Case | None = rows.first()
    if case is None:
        raise NotAllowed(late(Move.STEP, Stage.CLOSED))
    known = {"case": case, "way": way, "happened_on": happened_on, "whom": whom.strip()}
    there: CareStep | None = CareStep.objects.filter(**known).first()
    if there is not None:
        if (there.reason, there.then) == (reason.strip(), then):
            return there
        raise Conflict(rules.SAID_OTHERWISE.format(who=there.recorded_by))
    if then == Then.HELD:
        _insist_on_holding(case, way=way)
    made: CareStep = CareStep.objects.create(
        family_id=case.family_id, **known, reason=reason.strip(), then=then, recorded_by=by, recorded_on=on
    )
    return made


def _insist_on_holding(case: Case, *, way: str) -> None:
    """Refuse to hold what is held already, what is proposed to be closed, and what was not stepped up."""
    stage, words = standing_now(case)
    if said := late(Move.HOLD, stage, **words):
        raise WrongStep(said, field="then")
    if (lacks := lacking(Move.HOLD, {Need.STEPPED_UP: way == Way.UP})) is not None:
        raise WrongStep(lacks[1], field="then")


def standing_now(case: Case) -> tuple[Stage, dict[str, str]]:
    """Return where an open case stands, and since when or by whom it does."""
    holds: CareStep | None = CareStep.objects.holding().filter(case=case).first()
    waits: Any = case.closings.filter(state="proposed").select_related("proposed_by").first()  # of an area above
    facts = Facts(has_case=True, is_open=True, is_held=holds is not None, is_proposed=waits is not None)
    held = day_in_words(holds.happened_on) if holds else ""
    return stage_of(facts), {"held": held, "who": str(waits.proposed_by) if waits else ""}


@transaction.atomic
def acknowledge_step(step: CareStep, *, who: str, acknowledged_on: date, by: User, on: date) -> CareStep:
    """Say that they acknowledged it, and who. Safe twice."""
    step = _lock(step, by=by)
    if step.acknowledged_on is not None:
        if (step.acknowledged_who, step.acknowledged_on) == (who.strip(), acknowledged_on):
            return step
        raise Conflict(rules.ALREADY_SAID.format(who=step.acknowledged_by))
    if not who.strip():
        raise WrongStep("Say who acknowledged it.", field="who")
    if not step.happened_on <= acknowledged_on <= on:
        raise WrongStep("The day must be the day of the step or later, and not to come.", field="acknowledged_on")
    step.acknowledged_who, step.acknowledged_on, step.acknowledged_by = who.strip(), acknowledged_on, by
    step.save(update_fields=["acknowledged_who", "acknowledged_on", "acknowledged_by"])
    return step


@transaction.atomic
def go_on(step: CareStep, *, because: str, by: User, on: date) -> CareStep:
    """Go on with a case that was held, and say why. Safe twice."""
    if not may_take(Move.GO_ON, step.family.shown, by):
        raise NotForYou(TRANSITIONS[Move.GO_ON].not_yours)
    step = _lock(step, by=by)
    if not step.holds and step.went_on_by_id == by.pk and step.went_on_because == because.strip():
        return step
    if said := late(Move.GO_ON, Stage.HELD if step.holds else Stage.BEGUN):
        raise Conflict(said)
    if not because.strip():
        raise WrongStep("Say why it goes on.", field="because")
    step.went_on_on, step.went_on_because, step.went_on_by = on, because.strip(), by
    step.save(update_fields=["went_on_on", "went_on_because", "went_on_by"])
    return step


def may_take(move: Move, family: Family, user: User) -> bool:
    """Tell whether the table lets somebody take a step. None is of a partner the family is shared with."""
    rights = rights_of(user)
    if family.scope_id in rights.as_partner:
        return False
    scope, record = family.scope_id, RecordClass.RECORD
    return any(rights.opens(record, scope_id=scope, family_id=family.pk, can=can) for can in TRANSITIONS[move].who)


def may_step(family: Family, user: User) -> bool:
    return may_take(Move.STEP, family, user)


def may_go_on(family: Family, user: User) -> bool:
    return may_take(Move.GO_ON, family, user)


def _lock(step: CareStep, *, by: User) -> CareStep:
    rows = CareStep.objects.visible_to(by).for_page().select_for_update(of=("self",), no_key=True)
    held: CareStep | None = rows.filter(pk=step.pk).first()
    if held is None or not may_step(held.family.shown, by):
        raise NotForYou(TRANSITIONS[Move.STEP].not_yours)
    return held
