"""Proposing to close a case; sending that back, and withdrawing it."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.outcomes import Outcomes, check_outcomes, say_outcomes
from casework.closing.rules import State, Told
from casework.closing.services.days import bounds_of
from casework.closing.services.turns import (
    insist,
    lock_case,
    lock_closing,
    look,
    no_open_case,
    settled_in_words,
    stage_by,
    theirs,
    waiting_for,
)
from casework.stages.services import standing_now
from casework.transitions.rules import TRANSITIONS, Move, can_of
from families.people.models import Family
from families.people.services import lock_family
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import NotForYou
from slf.work.services import promise


@transaction.atomic
def propose_closing(family: Family, told: Told, *, by: User, on: date, outcomes: Outcomes | None = None) -> Closing:
    """Propose to close a case: until a senior has confirmed it, everything stays. The same again is the same."""
    rules.check_told(told, reasons=value_of(rules.REASONS, on=on), on=on)
    family = lock_family(theirs(Move.PROPOSE, family, by=by))
    case = lock_case(family)
    waits = waiting_for(case) if case else None
    if (
        waits
        and waits.proposed_by_id == by.pk
        and all(getattr(waits, key) == said for key, said in asdict(told).items())
    ):
        return waits
    if case is None:
        raise no_open_case(family)
    stage, more = standing_now(case)
    there, words = look(family, outcomes or {}, on=on)
    insist(Move.PROPOSE, stage=stage, there=there, **words, **more)
    said = check_outcomes(family, outcomes or {}, on=on)
    rules.check_day(told.closes_on, bounds=bounds_of(case), on=on)
    made: Closing = Closing.objects.create(
        family=case.family, case=case, state=State.PROPOSED, proposed_by=by, proposed_on=on, **asdict(told)
    )
    say_outcomes(made, said, by=by, on=on)
    promise("closing.tell_seniors", by=by, closing=made.pk)
    return made


@transaction.atomic
def send_back_closing(closing: Closing, *, answer: str, by: User, on: date) -> Closing:
    """Send a proposal back with a reason: the case stays open. Safe twice."""
    rules.check_words(answer=answer)
    if not Closing.objects.visible_to(by, can=can_of(Move.SEND_BACK)).filter(pk=closing.pk).exists():
        raise NotForYou(TRANSITIONS[Move.SEND_BACK].not_yours)
    closing = lock_closing(closing)
    if closing.state == State.SENT_BACK and (closing.decided_by_id, closing.answer) == (by.pk, answer.strip()):
        return closing
    insist(Move.SEND_BACK, stage=stage_by(closing), there={}, settled=settled_in_words(closing))
    if closing.proposed_by_id == by.pk:
        raise NotForYou(TRANSITIONS[Move.SEND_BACK].second)
    closing.state, closing.answer = State.SENT_BACK, answer.strip()
    closing.decided_by, closing.decided_on = by, on
    closing.save(update_fields=["state", "answer", "decided_by", "decided_on"])
    promise("closing.tell", by=by, closing=closing.pk, what="sent_back")
    return closing


@transaction.atomic
def withdraw_closing(closing: Closing, *, by: User, on: date) -> Closing:
    """Take one's own proposal back before anybody has decided. Safe twice."""
    closing = lock_closing(closing)
    if closing.proposed_by_id != by.pk:
        raise NotForYou(TRANSITIONS[Move.WITHDRAW].own)
    if closing.state == State.WITHDRAWN:
        return closing
    insist(Move.WITHDRAW, stage=stage_by(closing), there={}, settled=settled_in_words(closing))
    closing.state = State.WITHDRAWN
    closing.decided_by, closing.decided_on = by, on
    closing.save(update_fields=["state", "decided_by", "decided_on"])
    return closing
