"""Money asked for, approved and paid, the way people do it."""

from datetime import date
from decimal import Decimal

from casework.budget.rules import Asking
from casework.budget.services import (
    add_receipt,
    approve_spending,
    ask_for_money,
    change_allowance,
    record_payment,
    reverse_entry,
)
from slf.accounts.models import User
from tests.casework.closing.factories import worked
from tests.referrals.intake.factories import in_the_name_of

__all__ = ["add_receipt", "worked"]
TODAY = date(2014, 10, 15)
WHY = "The landlord took less than he had said."


def money(amount) -> Decimal:
    return Decimal(str(amount))


def asking(amount="80.50", **other) -> Asking:
    said = {
        "what_for": "A bed for the eldest, who sleeps on the floor.", "amount": money(amount), "payee": "Beds of Mercy",
        "family_does": "They paint the room and carry it up.",
    }  # fmt: skip
    return Asking(**said | other)


def asked(family, by: User, amount="80.50", *, on: date = TODAY, **other):
    with in_the_name_of(by):
        part = {key: other.pop(key) for key in ("goal", "action") if key in other}
        return ask_for_money(family, asking(amount, **other), by=by, on=on, **part)


def approved(family, by: User, *, asked_by: User, amount="80.50", on: date = TODAY):
    made = asked(family, asked_by, amount, on=on)
    with in_the_name_of(by):
        return approve_spending(made, by=by, on=on)


def paid(spending, by: User, amount=None, *, on: date = TODAY, **other):
    said = {"paid_on": on, "method": "card", "amount": money(amount or spending.amount)} | other
    with in_the_name_of(by):
        return record_payment(spending, by=by, on=on, **said)


def reversed_(entry, by: User, *, on: date = TODAY):
    with in_the_name_of(by):
        return reverse_entry(entry, reason=WHY, by=by, on=on)


def allowed(family, by: User, amount, *, on: date = TODAY):
    with in_the_name_of(by):
        return change_allowance(family, amount=money(amount), reason="Two children came home.", by=by, on=on)


def answers(**other) -> dict[str, str]:
    """Return what the form for asking sends."""
    return {name: str(said) for name, said in vars(asking()).items()} | other


def payment(**other) -> dict[str, str]:
    day = {"paid_on_day": "15", "paid_on_month": "10", "paid_on_year": "2014"}
    return day | {"amount": "80.50", "method": "card", "reference": "4711", "is_last": "no"} | other
