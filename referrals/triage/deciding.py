"""What every decision on a referral shares: one at a time, from what was read, kept, and told to the referrer."""

from django.db import connection

from referrals.enquiries.rules import REPLIED_MEANWHILE
from referrals.intake.models import Referral
from referrals.intake.rules import DECIDED, State
from referrals.triage import rules
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict
from slf.work.services import promise

NOT_THERE = "Somebody else has dealt with this referral."
DECISION = (
    "state",
    "decided_by",
    "decided_on",
    "reason",
    "message",
    "signposted_to",
    "signposted_because",
    "asked_on",
    "reply_by",
)


def lock_referral(referral: Referral, *, by: User) -> Referral:
    """Lock a referral that was sent, for whoever may decide on it."""
    rows = Referral.objects.visible_to(by, can=Can.TRIAGE).exclude(sent_on=None)
    held: Referral | None = rows.select_for_update(of=("self",), no_key=True).filter(pk=referral.pk).first()
    if held is None:
        raise Conflict(NOT_THERE)
    return held


def refuse_if_settled(referral: Referral) -> None:
    done = DECIDED.get(State(referral.state))
    if done and referral.decided_by and referral.decided_on:
        raise Conflict(rules.settled_message(done, by=str(referral.decided_by), on=referral.decided_on))


def refuse_if_replied(referral: Referral, *, seen: int | None) -> None:
    """Refuse a decision made from a page that did not show the referrer's reply yet."""
    if seen is not None and seen != referral.revision:
        raise Conflict(REPLIED_MEANWHILE)


def keep_decision(referral: Referral) -> None:
    """Keep what was decided; nobody waits for the referrer any more."""
    referral.asked_on = referral.reply_by = None
    referral.save(update_fields=DECISION)


def tell_referrer(referral: Referral, *, by: User) -> None:
    """Copy how it stands onto the receipt, which only the referrer sees, and send word that there is something new."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.tell_referrer(%s)", [referral.pk])
    who = {"referral": referral.uid, "referrer": referral.referred_by_id, "team": referral.locality_id}
    promise("referrals.tell_referrer", by=by, reply_by=referral.reply_by, **who)
