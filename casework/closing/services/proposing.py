"""Proposing to close a case; sending that back, and withdrawing it."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.outcomes import Outcomes, check_outcomes, say_outcomes
from casework.closing.rules import Act, State, Told
from casework.closing.services.days import bounds_of
from casework.closing.services.turns import NOT_YOURS, lock_case, lock_closing, next_state, standing, waiting_for
from families.people.models import Family
from families.people.services import lock_family
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.work.services import promise

NOT_YOURS_TO_PROPOSE = "Only who works with the family proposes to close its case."


@transaction.atomic
def propose_closing(family: Family, told: Told, *, by: User, on: date, outcomes: Outcomes | None = None) -> Closing:
    """Propose to close a case: until a senior has confirmed it, everything stays. The same again is the same."""
    rules.check_told(told, reasons=value_of(rules.REASONS, on=on), on=on)
    held = Family.objects.visible_to(by, can=Can.PROPOSE_CLOSING).filter(pk=family.pk).first()
    if held is None:
        raise NotForYou(NOT_YOURS_TO_PROPOSE)
    family = standing(lock_family(held))
    case = lock_case(family)
    if case is None:
        raise NotAllowed(rules.NO_CASE)
    if (waits := waiting_for(case)) is not None:
        if waits.proposed_by_id == by.pk and all(getattr(waits, name) == said for name, said in asdict(told).items()):
            return waits
        raise Conflict(rules.ONE_WAITS.format(who=waits.proposed_by))
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
    if not Closing.objects.visible_to(by, can=Can.CLOSE_CASE).filter(pk=closing.pk).exists():
        raise NotForYou(NOT_YOURS)
    closing = lock_closing(closing)
    if closing.state == State.SENT_BACK and (closing.decided_by_id, closing.answer) == (by.pk, answer.strip()):
        return closing
    state = next_state(closing, Act.SEND_BACK)
    if closing.proposed_by_id == by.pk:
        raise NotForYou(rules.OWN_TO_WITHDRAW)
    closing.state, closing.answer = state, answer.strip()
    closing.decided_by, closing.decided_on = by, on
    closing.save(update_fields=["state", "answer", "decided_by", "decided_on"])
    promise("closing.tell", by=by, closing=closing.pk, what="sent_back")
    return closing


@transaction.atomic
def withdraw_closing(closing: Closing, *, by: User, on: date) -> Closing:
    """Take one's own proposal back before anybody has decided. Safe twice."""
    closing = lock_closing(closing)
    if closing.proposed_by_id != by.pk:
        raise NotForYou(rules.NOT_THEIRS)
    if closing.state == State.WITHDRAWN:
        return closing
    closing.state = next_state(closing, Act.WITHDRAW)
    closing.decided_by, closing.decided_on = by, on
    closing.save(update_fields=["state", "decided_by", "decided_on"])
    return closing
