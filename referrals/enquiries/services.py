"""Replying to a team's questions, as the referrer does."""

import json
from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction

from referrals.enquiries import rules
from referrals.intake.models import Receipt
from slf.accounts.models import User
from slf.clock import add_working_days, working_days_between
from slf.web.errors import Conflict


@transaction.atomic
def reply_to_team(receipt: Receipt, *, by: User, on: date, replies: Mapping[str, str]) -> Receipt:
    """Reply to every open question, by its uid; the referral goes back to the queue. Replied again it is once."""
    receipt = Receipt.objects.visible_to(by).kept_by(by).get(pk=receipt.pk)
    if _replied_already(receipt, replies):
        return receipt
    if not receipt.open_enquiries:
        raise Conflict(rules.NOT_ASKED)
    rules.check_replies(replies, asked=[one["uid"] for one in receipt.open_enquiries])
    with connection.cursor() as cursor:
        cursor.execute(
            "select slf.reply_to_team(%s, %s, %s, %s)",
            [receipt.uid, json.dumps(dict(replies)), on, _due_after(receipt, on=on)],
        )
        (kept,) = cursor.fetchone()
    receipt.refresh_from_db()
    if not kept and not _replied_already(receipt, replies):
        raise Conflict(rules.NOT_ASKED)
    return receipt


def _due_after(receipt: Receipt, *, on: date) -> date:
    """Return when the decision is due now: later by the working days the reply took, where the clock stops."""
    asked_on = date.fromisoformat(receipt.open_enquiries[0]["asked_on"])
    return add_working_days(receipt.due_on, rules.days_given_back(working_days_between(asked_on, on)))


def _replied_already(receipt: Receipt, replies: Mapping[str, str]) -> bool:
    said = {one["uid"]: one["reply"] for one in receipt.replied}
    return bool(replies) and all(said.get(uid) == text for uid, text in replies.items())
