"""Asking for money, approving, declining and cancelling; paying, receipts, reversing; a changed allowance.

Every verb holds the family first, then its account: whoever approves a second request waits and reads what is left.
PostgreSQL holds the account by itself for whoever does not come through here.
"""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction

from casework.budget import rules
from casework.budget.models import BudgetAccount, BudgetEntry, Spending, SpendingReceipt, summed
from casework.budget.rules import Act, Asking, Balance, Kind, Limits, Method, State, WrongSpending, pounds
from casework.diary.services import case_is_over
from casework.plans.models import Action, Goal
from families.people.models import Family
from families.people.services import lock_family
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.files.rules import WrongFile
from slf.files.services import Taken, keep, take
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words
from slf.work.services import promise

NOT_YOURS = "This is not yours to do in this family."


# What stands ---------------------------------------------------------------------------------------------------------


def balance_on(family: Family, day: date, *, by: User) -> Balance:
    """Return how a family's own ledger stood at the end of a day, to the penny."""
    rows = BudgetEntry.objects.visible_to(by).filter(family__pk=family.pk)
    return rules.balance((entry.line for entry in rows), on=day)


def limits_on(day: date) -> Limits:
    """Return who approves up to how much on a day."""
    of = [Decimal(value_of(setting, on=day)) for setting in (rules.SENIOR_UP_TO, rules.MANAGER_UP_TO)]
    return Limits(senior=of[0], manager=of[1])


def held_for(spending: Spending) -> Decimal:
    """Return what is held for a request now: what can still be paid of it."""
    return summed(BudgetEntry.objects.filter(spending=spending)).held


# Asking --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_money(
    family: Family, asking: Asking, *, by: User, on: date, goal: Goal | None = None, action: Action | None = None
) -> Spending:
    """Ask for money for a family. The same again, while nobody has decided, is the same."""
    rules.check_asking(asking)
    family = _hold(family, by=by, can=Can.ASK_SPENDING)
    if case_is_over(family):
        raise NotAllowed(rules.OVER)
    account = open_account(family, by=by, on=on)
    said = {**asdict(asking), "goal": action.goal if action else goal, "action": action}
    waits: Spending | None = Spending.objects.waiting().filter(account=account, asked_by=by, **said).first()
    if waits is not None:
        return waits
    made: Spending = Spending.objects.create(
        family=family, account=account, state=State.ASKED, asked_by=by, asked_on=on, **said
    )
    return made


def open_account(family: Family, *, by: User, on: date) -> BudgetAccount:
    """Return the family's account; begin it with the allowance of the day where it has none. Its family is held."""
    found: BudgetAccount | None = BudgetAccount.objects.filter(family__pk=family.pk).first()
    if found is not None:
        return found
    fund = value_of(rules.FUNDS, on=on).choices[0][0]
    account: BudgetAccount = BudgetAccount.objects.create(family=family, fund=fund, opened_on=on, opened_by=by)
    _enter(account, Kind.OPENING, by=by, on=on, allowance=Decimal(value_of(rules.ALLOWANCE, on=on)))
    return account


# Deciding ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def approve_spending(spending: Spending, *, by: User, on: date) -> Spending:
    """Approve a request: its amount is held from now on, if the family's budget reaches. Safe twice."""
    spending = _hold_spending(spending, by=by, can=Can.APPROVE_SPENDING)
    if spending.state in {State.APPROVED, State.PAID} and spending.decided_by_id == by.pk:
        return spending
    state = _next(spending, Act.APPROVE)
    if spending.asked_by_id == by.pk:
        raise NotForYou(rules.OWN)
    _check_limit(spending, by=by, on=on)
    left = summed(BudgetEntry.objects.filter(account=spending.account_id)).left
    if spending.amount > left:
        raise NotAllowed(rules.SHORT.format(left=pounds(left), amount=pounds(spending.amount)))
    _decide(spending, state, by=by, on=on)
    promise("budget.tell_decided", by=by, spending=spending.pk)
    return spending


def _check_limit(spending: Spending, *, by: User, on: date) -> None:
    limits, roles = limits_on(on), rights_of(by).roles_over(spending.family.scope_id)
    if not limits.reach(spending.amount, roles):
        limit = pounds(limits.of(roles) or rules.NOTHING)
        amount, who = pounds(spending.amount), limits.who(spending.amount)
        raise NotForYou(rules.ABOVE.format(limit=limit, amount=amount, who=who))


@transaction.atomic
def decline_spending(spending: Spending, *, answer: str, by: User, on: date) -> Spending:
    """Decline a request with a reason that whoever asked can read. Safe twice."""
    rules.check_words(answer=answer)
    spending = _hold_spending(spending, by=by, can=Can.APPROVE_SPENDING)
    if spending.state == State.DECLINED and (spending.decided_by_id, spending.answer) == (by.pk, answer.strip()):
        return spending
    state = _next(spending, Act.DECLINE)
    if spending.asked_by_id == by.pk:
        raise NotForYou(rules.OWN)
    _decide(spending, state, by=by, on=on, answer=answer.strip())
    promise("budget.tell_decided", by=by, spending=spending.pk)
    return spending


def _decide(spending: Spending, state: State, *, by: User, on: date, answer: str = "") -> None:
    spending.state, spending.decided_by, spending.decided_on, spending.answer = state, by, on, answer
    spending.save(update_fields=["state", "decided_by", "decided_on", "answer"])


@transaction.atomic
def cancel_spending(spending: Spending, *, because: str, by: User, on: date) -> Spending:
    """Cancel a request: what is still held for it is free again, what is paid stays paid. Safe twice."""
    rules.check_words(because=because)
    spending = _hold_spending(spending, by=by, can=Can.READ)
    approves = rights_of(by).may(Can.APPROVE_SPENDING, spending.family.scope_id)
    if not (approves or (spending.asked_by_id == by.pk and rights_of(by).may(Can.ASK_SPENDING))):
        raise NotForYou(rules.NOT_YOURS_TO_CANCEL)
    if spending.state == State.CANCELLED and spending.ended_by_id == by.pk:
        return spending
    spending.state = _next(spending, Act.CANCEL)
    spending.ended_by, spending.ended_on, spending.because = by, on, because.strip()
    spending.save(update_fields=["state", "ended_by", "ended_on", "because"])
    return spending


# Paying --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_payment(
    spending: Spending, *, amount: Decimal, paid_on: date, method: str, by: User, on: date, reference: str = "",
    is_last: bool = True,
) -> BudgetEntry:  # fmt: skip
    """Write down what was paid of an approved request. With the last payment, what is left of it is free again."""
    rules.check_amount(amount)
    if method not in set(Method):
        raise WrongSpending("Say how it was paid.", field="method")
    spending = _hold_spending(spending, by=by, can=Can.RECORD_SPENDING)
    _next(spending, Act.PAY)
    if amount > (held := held_for(spending)):
        raise WrongSpending(rules.NOT_HELD.format(held=pounds(held)), field="amount")
    if paid_on > on:
        raise WrongSpending(rules.TO_COME, field="paid_on")
    since = _held_since(spending)
    if paid_on < since:
        raise WrongSpending(rules.TOO_EARLY.format(day=day_in_words(since)), field="paid_on")
    return _enter(
        spending.account, Kind.PAYMENT, by=by, on=on, counts_on=paid_on, held=-amount, paid=amount, spending=spending,
        method=method, reference=reference.strip(), is_last=is_last,
    )  # fmt: skip


def _held_since(spending: Spending) -> date:
    """Return when money was last set aside for a request: at its approval, or when a payment was reversed."""
    days = BudgetEntry.objects.filter(spending=spending, held__gt=0).values_list("counts_on", flat=True)
    latest: date = max(days)
    return latest


@transaction.atomic
def reverse_entry(entry: BudgetEntry, *, reason: str, by: User, on: date) -> BudgetEntry:
    """Enter the opposite of a payment or of a changed allowance. What was written before stays. Safe twice."""
    rules.check_words(reason=reason)
    if entry.kind not in rules.REVERSIBLE:
        raise NotAllowed(rules.NOT_REVERSED)
    _hold(entry.family, by=by, can=Can.RECORD_SPENDING if entry.kind == Kind.PAYMENT else Can.CHANGE_ALLOWANCE)
    there: BudgetEntry | None = BudgetEntry.objects.filter(reverses=entry).first()
    if there is not None:
        if (there.recorded_by_id, there.reason) == (by.pk, reason.strip()):
            return there
        raise Conflict(rules.REVERSED)
    left = summed(BudgetEntry.objects.filter(account=entry.account_id)).left
    if left - entry.allowance < 0:
        raise NotAllowed(rules.SPENT)
    return _enter(
        entry.account, Kind.REVERSAL, by=by, on=on, reverses=entry, reason=reason.strip(), spending=entry.spending,
        allowance=-entry.allowance, held=-entry.held, paid=-entry.paid,
    )  # fmt: skip


@transaction.atomic
def change_allowance(family: Family, *, amount: Decimal, reason: str, by: User, on: date) -> BudgetEntry:
    """Make one family's allowance another amount, with a reason: an entry of the difference."""
    rules.check_amount(amount)
    rules.check_words(reason=reason)
    family = _hold(family, by=by, can=Can.CHANGE_ALLOWANCE)
    account = open_account(family, by=by, on=on)
    now = summed(BudgetEntry.objects.filter(account=account))
    if amount == now.allowance:
        raise WrongSpending(rules.SAME.format(amount=pounds(amount)), field="amount")
    if amount < now.used:
        said = rules.BELOW_USED.format(used=pounds(now.used), amount=pounds(amount))
        raise WrongSpending(said, field="amount")
    return _enter(account, Kind.CHANGE, by=by, on=on, allowance=amount - now.allowance, reason=reason.strip())


# Receipts ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_receipt(
    entry: BudgetEntry, *, by: User, on: date, file: BinaryIO | None = None, name: str = "", no_receipt: str = ""
) -> SpendingReceipt:
    """Keep the receipt of a payment, or why there is none. The same content again is the same receipt."""
    if bool(file) == bool(no_receipt.strip()):
        raise WrongSpending(rules.TWO_WAYS, field="file")
    _hold(entry.family, by=by, can=Can.RECORD_SPENDING)
    if entry.kind != Kind.PAYMENT:
        raise NotAllowed(rules.NOT_A_PAYMENT)
    if file is None:
        return _keep(SpendingReceipt(no_receipt=no_receipt.strip()), entry, by=by, on=on)
    try:
        taken = take(file, name=name, what="Receipt", by=by)
    except WrongFile as refused:
        raise WrongSpending(refused.message, field="file") from refused
    return _keep(SpendingReceipt(**taken.row), entry, by=by, on=on, taken=taken)


def _keep(
    made: SpendingReceipt, entry: BudgetEntry, *, by: User, on: date, taken: Taken | None = None
) -> SpendingReceipt:
    same = SpendingReceipt.objects.filter(entry=entry, digest=made.digest, no_receipt=made.no_receipt)
    held: SpendingReceipt | None = same.first()
    if held is not None:
        return held
    made.family, made.entry, made.added_by, made.added_on = entry.family, entry, by, on
    if taken is not None:
        keep(made.content, taken)
    made.save()
    return made


# What every verb needs -----------------------------------------------------------------------------------------------


def _hold(family: Family, *, by: User, can: Can) -> Family:
    """Take turns with whoever else spends of this family's budget; refuse whoever may not."""
    rows = Family.objects.open_to(by, record_class=RecordClass.MONEY).visible_to(by, can=can)
    if not rows.filter(pk=family.pk).exists():
        raise NotForYou(NOT_YOURS)
    return lock_family(family)


def _hold_spending(spending: Spending, *, by: User, can: Can) -> Spending:
    _hold(spending.family, by=by, can=can)
    rows = Spending.objects.for_page().select_for_update(of=("self",), no_key=True)
    held: Spending = rows.get(pk=spending.pk)
    return held


def _next(spending: Spending, act: Act) -> State:
    """Return the state after an act, or say who was first."""
    state = rules.next_state(spending.state, act)
    if state is None:
        who, day = spending.settled
        raise Conflict(rules.SETTLED[State(spending.state)].format(who=who, day=day_in_words(day) if day else ""))
    return state


def _enter(
    account: BudgetAccount, kind: Kind, *, by: User, on: date, counts_on: date | None = None, **what: object
) -> BudgetEntry:
    made: BudgetEntry = BudgetEntry.objects.create(
        family=account.family, account=account, kind=kind, counts_on=counts_on or on, recorded_on=on, recorded_by=by,
        **what,
    )  # fmt: skip
    return made
