"""Proposing that progress is worth a goal, deciding on it as somebody else, taking the proposal back."""

from datetime import date

from django.db import transaction

from casework.equivalents import rules
from casework.equivalents.models import EquivalentProgress
from casework.equivalents.rules import REASONS, State
from families.needs.models import Need
from families.people.models import Family
from families.people.services import lock_family
from slf.access.rights import rights_of
from slf.access.rules import ROLE_NAMES, ROLES, Can, RecordClass
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotForYou


def may(can: Can, family: Family, user: User) -> bool:
    """Tell whether somebody acts on a family's record like that. None of it is of a partner it is shared with."""
    rights = rights_of(user)
    if family.scope_id in rights.as_partner:
        return False
    return rights.opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk, can=can)


def needs_of(family: Family, *, by: User) -> list[Need]:
    """Return the needs of a family, for which progress can be proposed to be worth the goal."""
    rows = Need.objects.visible_to(by).filter(family=family).select_related("person__merged_into")
    return list(rows.order_by("kind", "pk"))


@transaction.atomic
def propose_equivalent(
    family: Family, *, need: Need, because: str, words: str, by: User, on: date
) -> EquivalentProgress:
    """Propose that progress with a need is worth the goal. The same again is the same."""
    rules.check_said(because, words, offered=dict(value_of(REASONS, on=on).choices))
    if not may(Can.WORK_FAMILY, family, by):
        raise NotForYou(rules.NOT_YOURS_TO_PROPOSE)
    lock_family(family)
    waiting: EquivalentProgress | None = (
        EquivalentProgress.objects.for_page().filter(need=need, state=State.PROPOSED).first()
    )
    if waiting is not None:
        if (waiting.proposed_by_id, waiting.because, waiting.words) == (by.pk, because, words.strip()):
            return waiting
        raise Conflict(rules.WAITS.format(who=waiting.proposed_by))
    made: EquivalentProgress = EquivalentProgress.objects.create(
        family_id=need.family_id, need=need, because=because, words=words.strip(), proposed_by=by, proposed_on=on
    )
    return made


@transaction.atomic
def decide_equivalent(
    found: EquivalentProgress, *, approve: str, answer: str = "", by: User, on: date
) -> EquivalentProgress:
    """Approve what somebody else proposed, or refuse it and say why, in one's own name and grade. Safe twice."""
    is_approved = rules.check_answer(approve, answer)
    held = lock(found)
    if not may(Can.SIGN_ASSESSMENT, held.family.shown, by):
        raise NotForYou(rules.NOT_YOURS)
    state = State.APPROVED if is_approved else State.REFUSED
    if not held.waits:
        if (held.decided_by_id, held.state, held.answer) == (by.pk, state, answer.strip()):
            return held
        raise Conflict(decided_already(held))
    if held.proposed_by_id == by.pk:
        raise NotForYou(rules.OWN)
    held.state, held.decided_by, held.decided_on = state, by, on
    held.grade, held.answer = grade_of(by, held.family.shown), answer.strip()
    held.save()
    return held


@transaction.atomic
def withdraw_equivalent(found: EquivalentProgress, *, by: User, on: date) -> EquivalentProgress:
    """Take back a proposal on which nobody has decided. Safe twice."""
    held = lock(found)
    if held.proposed_by_id != by.pk:
        raise NotForYou(rules.NOT_YOURS_TO_WITHDRAW)
    if held.state == State.WITHDRAWN:
        return held
    if not held.waits:
        raise Conflict(decided_already(held))
    held.state, held.decided_by, held.decided_on = State.WITHDRAWN, by, on
    held.save()
    return held


def decided_already(held: EquivalentProgress) -> str:
    return rules.DECIDED.format(who=held.decided_by, state=held.get_state_display().lower())


def grade_of(user: User, family: Family) -> str:
    """Return the posts by which somebody decides here, in words."""
    reached = {role for role, scope in rights_of(user).reaches if scope == family.scope_id}
    return ", ".join(sorted(ROLE_NAMES[role] for role in reached if Can.SIGN_ASSESSMENT in ROLES.get(role, ())))[:60]


def lock(found: EquivalentProgress) -> EquivalentProgress:
    rows = EquivalentProgress.objects.for_page().select_for_update(of=("self",), no_key=True)
    held: EquivalentProgress = rows.get(pk=found.pk)
    return held
