"""Stepping a case up to children's social care or down from it, its acknowledgement, and going on after it was held."""

from datetime import date

from django.db import transaction

from casework.cases.models import Case
from casework.stages import rules
from casework.stages.facts import standing_of as standing_of
from casework.stages.models import CareStep
from casework.stages.rules import Then, WrongStep
from families.people.models import Family
from families.people.services import lock_family
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words


@transaction.atomic
def step_case(
    family: Family, *, way: str, happened_on: date, whom: str, reason: str, then: str, by: User, on: date
) -> CareStep:
    """Say that a case was stepped up or down: it goes on, is held, or is to be closed. The same again is the same."""
    rules.check_step(way, happened_on=happened_on, on=on, whom=whom, reason=reason, then=then)
    if not may_step(family, by):
        raise NotForYou(rules.NOT_YOURS)
    lock_family(family)
    rows = Case.objects.filter(family=family, closed_on=None).select_for_update(of=("self",), no_key=True)
    case: Case | None = rows.first()
    if case is None:
        raise NotAllowed(rules.NOT_OPEN)
    known = {"case": case, "way": way, "happened_on": happened_on, "whom": whom.strip()}
    there: CareStep | None = CareStep.objects.filter(**known).first()
    if there is not None:
        if (there.reason, there.then) == (reason.strip(), then):
            return there
        raise Conflict(rules.SAID_OTHERWISE.format(who=there.recorded_by))
    holds: CareStep | None = CareStep.objects.holding().filter(case=case).first()
    if then == Then.HELD and holds is not None:
        raise WrongStep(rules.HELD_ALREADY.format(day=day_in_words(holds.happened_on)), field="then")
    made: CareStep = CareStep.objects.create(
        family_id=case.family_id, **known, reason=reason.strip(), then=then, recorded_by=by, recorded_on=on
    )
    return made


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
    if not _opens(step.family.shown, by, Can.REVIEW_FAMILY):
        raise NotForYou(rules.NOT_YOURS_TO_GO_ON)
    step = _lock(step, by=by)
    if not step.holds:
        if step.went_on_by_id == by.pk and step.went_on_because == because.strip():
            return step
        raise Conflict(rules.NOT_HELD)
    if not because.strip():
        raise WrongStep("Say why it goes on.", field="because")
    step.went_on_on, step.went_on_because, step.went_on_by = on, because.strip(), by
    step.save(update_fields=["went_on_on", "went_on_because", "went_on_by"])
    return step


def may_step(family: Family, user: User) -> bool:
    """Tell whether somebody works here with the family, or stands above that work."""
    is_partner = family.scope_id in rights_of(user).as_partner
    return not is_partner and any(_opens(family, user, can) for can in (Can.WORK_FAMILY, Can.REVIEW_FAMILY))


def may_go_on(family: Family, user: User) -> bool:
    return _opens(family, user, Can.REVIEW_FAMILY)


def _opens(family: Family, user: User, can: Can) -> bool:
    return rights_of(user).opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk, can=can)


def _lock(step: CareStep, *, by: User) -> CareStep:
    rows = CareStep.objects.visible_to(by).for_page().select_for_update(of=("self",), no_key=True)
    held: CareStep | None = rows.filter(pk=step.pk).first()
    if held is None or not may_step(held.family.shown, by):
        raise NotForYou(rules.NOT_YOURS)
    return held
