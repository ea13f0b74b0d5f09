"""Money for families of Charnwood: paid with a receipt, to be paid, declined, and waiting for each who approves."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice

from django.db import transaction

from casework.budget.models import Spending
from casework.budget.rules import Asking, Method
from casework.budget.services import (
    add_receipt,
    approve_spending,
    ask_for_money,
    change_allowance,
    decline_spending,
    record_payment,
    reverse_entry,
)
from casework.cases.models import Case
from families.people.models import Family
from families.restricting.audience import worker_of
from performance.demo.closings import is_plain
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

BED = Asking(
    "Two beds with mattresses. The younger two sleep on the sofa and are tired in school.", Decimal("94.50"),
    "Loughborough Furniture Project", "They clear the room and fetch the beds with an uncle's van.",
)  # fmt: skip
COOKER = Asking(
    "A cooker. The old one was condemned and they live on takeaways.", Decimal("189.00"), "Shepshed Electricals",
    "They pay £10 a month back into the credit union, to have something put by next time.",
)  # fmt: skip
CLUB = Asking(
    "Six weeks of swimming for the eldest, who has nothing to do after school.", Decimal("36.00"),
    "Charnwood leisure centre", "Mum goes along and swims too.",
)  # fmt: skip
UNIFORM = Asking(
    "School shoes and a coat for the first day at the new school.", Decimal("62.75"), "Market Place Shoes",
    "Dad takes her to school every morning of the first week.",
)  # fmt: skip
BROADBAND = Asking(
    "A year of broadband, for homework and looking for work.", Decimal("240.00"), "Soar Valley Broadband",
    "They agree on no screens after nine.",
)  # fmt: skip


def spend_some(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let a worker ask for money for several families, and seniors and managers decide.

    Day by day: in a small county it is one family several times, whose ledger goes on from its last day.
    """
    worker, senior, manager = (accounts[f"{who}.charnwood"] for who in ("fsw", "senior", "manager"))
    with acting_as(senior), transaction.atomic():
        theirs = [each.row for each in charnwood if is_worked(each.row, worker)]
    if not theirs:
        return
    first, second, third, fourth, fifth = islice(cycle(theirs), 5)
    weeks = [today - timedelta(weeks=ago) for ago in (7, 6, 5, 3, 1)]
    paid_with_a_receipt(asked(first, BED, worker, weeks[0]), worker, senior, weeks[1])
    paid_twice_by_mistake(asked(second, COOKER, worker, weeks[0]), worker, manager, weeks[2])
    approved(asked(first, CLUB, worker, weeks[3]), senior, weeks[3])
    with acting_as(manager), transaction.atomic():
        reason = "Two grandchildren moved in, and there is nothing for them to sleep on."
        change_allowance(fifth, amount=Decimal(750), reason=reason, by=manager, on=weeks[3])
    asked(second, UNIFORM, worker, weeks[4])
    declined(asked(third, BROADBAND, worker, weeks[4]), manager, today)
    asked(fourth, COOKER, worker, weeks[4])
    asked(fifth, BED, worker, today)


def is_worked(family: Family, worker: User) -> bool:
    """Tell whether the worker has the family and its case is open."""
    open_case = Case.objects.filter(family=family, closed_on=None, closings=None).exists()
    return open_case and is_plain(family) and bool(worker_of(family) == worker)


def asked(family: Family, asking: Asking, worker: User, on: date) -> Spending:
    with acting_as(worker), transaction.atomic():
        return ask_for_money(family, asking, by=worker, on=on)


def approved(spending: Spending, by: User, on: date) -> Spending:
    with acting_as(by), transaction.atomic():
        return approve_spending(spending, by=by, on=on)


def declined(spending: Spending, by: User, on: date) -> None:
    with acting_as(by), transaction.atomic():
        answer = "The library and the school both have it. Ask again if the course needs it at home."
        decline_spending(spending, answer=answer, by=by, on=on)


def paid_with_a_receipt(spending: Spending, worker: User, senior: User, on: date) -> None:
    approved(spending, senior, on)
    with acting_as(worker), transaction.atomic():
        bought = {"amount": Decimal("89.00"), "paid_on": on, "method": Method.CARD, "reference": "Card 2214, 0091"}
        entry = record_payment(spending, **bought, by=worker, on=on)
        add_receipt(entry, no_receipt="The project writes none. Its leader confirmed it by mail.", by=worker, on=on)


def paid_twice_by_mistake(spending: Spending, worker: User, manager: User, on: date) -> None:
    """Pay the wrong amount, reverse it, and pay what it was."""
    approved(spending, manager, on)
    with acting_as(worker), transaction.atomic():
        how = {"paid_on": on, "method": Method.ORDER, "by": worker, "on": on}
        wrong = record_payment(spending, amount=Decimal("169.00"), reference="Order 1180", is_last=False, **how)
        reverse_entry(wrong, reason="Two figures changed places: it was £189.00 on the bill.", by=worker, on=on)
        record_payment(spending, amount=Decimal("189.00"), reference="Order 1180", **how)
