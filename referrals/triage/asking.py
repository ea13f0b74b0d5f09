"""Asking the referrer for more: the referral waits for the reply, and the clock with it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max

from referrals.enquiries import rules
from referrals.intake.models import Referral
from referrals.intake.rules import REPLY_WITHIN, Action, State, next_state
from referrals.triage.deciding import lock_referral, refuse_if_replied, refuse_if_settled, tell_referrer
from referrals.triage.rules import NOBODY_REPLIES
from slf.accounts.models import User
from slf.clock import add_working_days
from slf.policy.models import value_of
from slf.web.errors import NotAllowed


@transaction.atomic
def ask_referrer(
    referral: Referral, *, by: User, on: date, questions: Mapping[str, str], seen: int | None = None
) -> Referral:
    """Ask what is missing, by subject, and let the referral wait. Asked again with the same questions it is once."""
    rules.check_questions(questions)
    referral = lock_referral(referral, by=by)
    if _asked_already(referral, questions, by=by):
        return referral
    refuse_if_settled(referral)
    if referral.is_own:
        raise NotAllowed(NOBODY_REPLIES)
    refuse_if_replied(referral, seen=seen)
    referral.state = next_state(referral.state, Action.ASK)
    referral.asked_on, referral.reply_by = on, add_working_days(on, value_of(REPLY_WITHIN, on=on))
    referral.save(update_fields=["state", "asked_on", "reply_by"])
    last = referral.enquiries.aggregate(last=Max("round"))["last"] or 0
    for about, question in questions.items():
        referral.enquiries.create(
            round=last + 1, about=about, question=question, asked_by=by, asked_on=on,
            reply_by=referral.reply_by,
        )  # fmt: skip
    tell_referrer(referral, by=by)
    return referral


def _asked_already(referral: Referral, questions: Mapping[str, str], *, by: User) -> bool:
    """Tell whether this person's own questions are those that wait for a reply."""
    rows = referral.enquiries.filter(replied_on=None, asked_by=by)
    return referral.state == State.ASKED and dict(rows.values_list("about", "question")) == dict(questions)
