"""A partner's day: referrals begun, referrals sent and what became of them."""

from datetime import date

from django.urls import reverse

from performance.home.panels import Item, Main, Panel, Part
from referrals.intake.models import Receipt, Referral
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.tones import tone_of
from slf.web.words import day_in_words

SHOWN = 8


def part(user: User, on: date) -> Part:
    drafts = Referral.objects.visible_to(user, can=Can.REFER).drafts_of(user).for_list()
    receipts = Receipt.objects.visible_to(user, can=Can.REFER).kept_by(user)
    return Part(
        main=Main("Refer a family", reverse("referrals:start")),
        panels=(
            Panel("A team asks you", [to_reply_to(receipt) for receipt in receipts.to_reply_to()]),
            Panel("Begun, not sent", [begun(draft) for draft in drafts]),
            Panel(
                "Your referrals", [of_receipt(receipt) for receipt in receipts[:SHOWN]],
                empty="You have not sent a referral yet.", more="All of them", href=reverse("referrals:mine"),
            ),
        )
    )  # fmt: skip


def begun(draft: Referral) -> Item:
    return Item(draft.name, draft.get_absolute_url(), detail="Carry on where you stopped", tag="Draft", tone="neutral")


def to_reply_to(receipt: Receipt) -> Item:
    detail = f"The {receipt.team} team waits for your reply"
    by = f"Reply by {day_in_words(receipt.reply_by)}" if receipt.reply_by else ""
    return Item(receipt.name, reverse("referrals:reply", args=[receipt.uid]), detail=detail, tag=by, tone="attention")


def of_receipt(receipt: Receipt) -> Item:
    tone = tone_of(receipt.state)
    detail = f"Sent on {day_in_words(receipt.sent_on)} to {receipt.team}"
    return Item(receipt.name, receipt.get_absolute_url(), detail=detail, tag=receipt.get_state_display(), tone=tone)
