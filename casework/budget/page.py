"""A family's budget as its page, its paper and the API show it: each ledger with the balance after every entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.timezone import localdate

from casework.budget import rules
from casework.budget.models import BudgetAccount, BudgetEntry, Spending, SpendingQuerySet
from casework.budget.rules import Balance, Kind, State
from casework.budget.services import limits_on
from casework.plans.models import Goal
from casework.plans.rules import PlanState
from families.people.models import Family
from slf.access.rights import rights_of
from slf.access.rules import Can, Role
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.words import day_in_words


@dataclass(frozen=True)
class Row:
    """One line of a ledger and how it stood after it."""

    entry: BudgetEntry
    after: Balance

    @property
    def title(self) -> str:
        return str(self.entry.get_kind_display())

    @property
    def detail(self) -> list[str]:
        """What else is said of it, each in a few words."""
        entry, said = self.entry, []
        if entry.reverses:
            said.append(f"Undoes “{entry.reverses.get_kind_display().lower()}” of {day_of(entry.reverses)}")
        if entry.spending:
            said.append(entry.spending.short)
        if entry.kind == Kind.PAYMENT:
            how = ", ".join(filter(None, (entry.get_method_display(), entry.reference)))
            said.append(f"{how}. {receipts_of(entry)}")
            if entry.counts_on != entry.recorded_on:
                said.append(f"Written down on {day_in_words(entry.recorded_on)}")
        if entry.is_reversed:
            said.append(f"Reversed on {day_of(entry.reversal)}")
        return [*said, *filter(None, [entry.reason])]


def day_of(entry: BudgetEntry) -> str:
    return day_in_words(entry.counts_on)


def receipts_of(entry: BudgetEntry) -> str:
    kept = list(entry.receipts.all())
    if not kept:
        return "No receipt yet"
    return "Receipt kept" if any(receipt.name for receipt in kept) else "No receipt, and why"


@dataclass(frozen=True)
class Ledger:
    """The ledger of one account, up to a day. A family that is one with another keeps two, each to its own penny."""

    account: BudgetAccount
    family: Family
    rows: list[Row]
    balance: Balance

    @property
    def is_of_another(self) -> bool:
        return self.family.merged_into_id is not None


def ledgers(family: Family, *, user: User, on: date) -> list[Ledger]:
    """Return the family's own ledger first, then those of what is the same family."""
    entries = BudgetEntry.objects.visible_to(user).filter(family=family).for_ledger()
    accounts = BudgetAccount.objects.visible_to(user).filter(family=family).select_related("family").order_by("pk")
    by_account: dict[int, list[BudgetEntry]] = {}
    for entry in entries:
        if entry.counts_on <= on:
            by_account.setdefault(entry.account_id, []).append(entry)
    found = [ledger_of(account, by_account.get(account.pk, [])) for account in accounts]
    return sorted(found, key=lambda ledger: ledger.family.pk != family.pk)


def ledger_of(account: BudgetAccount, entries: list[BudgetEntry]) -> Ledger:
    after = rules.running(entry.line for entry in entries)
    rows = [Row(entry, balance) for entry, balance in zip(entries, after, strict=True)]
    return Ledger(account, account.family, rows, after[-1] if after else Balance())


def parts_of_plan(family: Family, *, user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the goals and actions of the plan the family agreed to, as a choice: what money can be asked for."""
    goals = Goal.objects.visible_to(user).filter(family=family, plan__state=PlanState.AGREED)
    return [
        (goal.words, [(f"goal:{goal.uid}", "The goal as a whole"), *((f"action:{a.uid}", a.what) for a in actions)])
        for goal in goals.prefetch_related("actions")
        if (actions := list(goal.actions.all())) is not None
    ]


def standing(family: Family, *, user: User, on: date) -> dict[str, Any]:
    """Return what the page of a family's budget shows, and what this person may do there."""
    rights = rights_of(user)
    found = ledgers(family, user=user, on=on)
    own = next((ledger for ledger in found if not ledger.is_of_another), None)
    allowance, fund = setting_on(rules.ALLOWANCE), setting_on(rules.FUNDS)
    return {
        "family": family,
        "on": on,
        "is_today": on == today(),
        "ledgers": found,
        "own": own,
        "balance": own.balance if own else Balance(),
        "allowance": allowance,
        "fund": own.account.fund_name if own else fund.value.choices[0][1],
        "spendings": list(Spending.objects.visible_to(user).filter(family=family).for_page()),
        "may_ask": works_on_money(family, user, Can.ASK_SPENDING),
        "may_change": rights.may(Can.CHANGE_ALLOWANCE, family.scope_id),
    }


def works_on_money(family: Family, user: User, can: Can) -> bool:
    """Tell whether a button is shown: the role may, and the family is more than looked at."""
    return Family.objects.visible_to(user, can=can).filter(pk=family.pk).exists()


def acts(spending: Spending, user: User) -> dict[str, Any]:
    """Return what this person may do about one request."""
    rights, scope = rights_of(user), spending.family.scope_id
    limits, roles = limits_on(today()), rights.roles_over(scope)
    waits, own = spending.state == State.ASKED, spending.asked_by_id == user.pk
    approves = rights.may(Can.APPROVE_SPENDING, scope)
    return {
        "may_approve": waits and approves and not own and limits.reach(spending.amount, roles),
        "may_decline": waits and approves and not own,
        "may_cancel": spending.state in {State.ASKED, State.APPROVED} and (own or approves),
        "may_pay": spending.state == State.APPROVED and works_on_money(spending.family, user, Can.RECORD_SPENDING),
        "may_record": works_on_money(spending.family, user, Can.RECORD_SPENDING),
        "who_decides": limits.who(spending.amount),
        "is_own": own,
    }


def awaiting(user: User) -> list[Spending]:
    """Return the requests that wait for this person first, the longest waiting at the top."""
    return first_for(user, list(others_asked(user).for_page().order_by("asked_on", "pk")))


def others_asked(user: User) -> SpendingQuerySet:
    """Return the requests of others where this person may decide on some."""
    return Spending.objects.visible_to(user, can=Can.APPROVE_SPENDING).waiting().exclude(asked_by=user)


def first_for(user: User, rows: Iterable[Spending]) -> list[Spending]:
    """Return of some requests those that wait for this person first, by the limit of their role."""
    limits, rights, seniors = limits_on(today()), rights_of(user), asked_by_seniors(rows)
    return [
        row
        for row in rows
        if limits.waits_for(
            row.amount, rights.roles_over(row.family.scope_id), asked_by_senior=row.asked_by_id in seniors
        )
    ]


def asked_by_seniors(rows: Iterable[Spending]) -> set[int]:
    now = {"posts__role": Role.SENIOR, "posts__period__contains": localdate()}
    people = User.objects.filter(pk__in={row.asked_by_id for row in rows}, **now)
    return set(people.values_list("pk", flat=True))


# The list ------------------------------------------------------------------------------------------------------------

PLACE = ("family__scope__locality__name", "family__scope__locality__slug")
CLOSED_TO_OTHERS = ("Restricted families", "restricted")
WITH_PAYMENTS = "with_payments"
SHOWN = {**{state.value: name for state, name in rules.STATE_NAMES.items()}, WITH_PAYMENTS: "With a payment"}


def spendings_for(user: User, *, locality: str = "", state: str = "") -> QuerySet[Spending]:
    """Return the requests of every family whose money this person may read, narrowed to a locality and a state."""
    rows = Spending.objects.visible_to(user).for_page().with_sums().order_by("-asked_on", "-pk")
    if locality == CLOSED_TO_OTHERS[1]:
        rows = rows.filter(family__scope__locality=None)
    elif locality:
        rows = rows.filter(family__scope__locality__slug=locality)
    if state == WITH_PAYMENTS:
        return rows.filter(paid__gt=0)
    return rows.filter(state=state) if state else rows


@dataclass(frozen=True)
class Total:
    """The sums of one locality's ledgers, and what of its requests waits or is to be paid."""

    name: str
    slug: str
    balance: Balance
    waiting: int
    to_pay: int

    def opens(self, state: str) -> str:
        return f"{reverse('casework:spendings')}?locality={self.slug}&state={state}"

    @property
    def href(self) -> str:
        return f"{reverse('casework:spendings')}?locality={self.slug}"

    @property
    def waiting_href(self) -> str:
        return self.opens(State.ASKED)

    @property
    def to_pay_href(self) -> str:
        return self.opens(State.APPROVED)

    @property
    def paid_href(self) -> str:
        return self.opens(WITH_PAYMENTS)


def totals(user: User) -> list[Total]:
    """Return the sums by locality: each figure opens the list behind it."""
    rows = BudgetEntry.objects.visible_to(user).order_by().values_list(*PLACE)
    sums = {
        (name, slug): Balance(*three)
        for name, slug, *three in rows.annotate(a=Sum("allowance"), h=Sum("held"), p=Sum("paid"))
    }
    asked = Spending.objects.visible_to(user).order_by().values_list(*PLACE, "state").annotate(number=Count("pk"))
    counts = {(name, slug, state): number for name, slug, state, number in asked}
    return [
        Total(
            *((place[0], place[1]) if place[1] else CLOSED_TO_OTHERS), sums[place],
            counts.get((*place, State.ASKED), 0), counts.get((*place, State.APPROVED), 0),
        )
        for place in sorted(sums, key=lambda place: place[0] or "~")
    ]  # fmt: skip


COLUMNS = (
    "Family", "Reference", "Locality", "Asked on", "Asked by", "What for", "Paid to", "Amount", "State", "Decided by",
    "Decided on", "Held", "Paid",
)  # fmt: skip


def as_rows(rows: Iterable[Spending]) -> list[tuple[Any, ...]]:
    """Return the list as a file has it."""
    return [
        (
            row.family.shown.name, row.family.shown.reference, str(row.family.scope.locality or "Restricted"),
            row.asked_on, str(row.asked_by), row.what_for, row.payee, row.amount, row.get_state_display(),
            str(row.decided_by or ""), row.decided_on, row.held or rules.NOTHING, row.paid or rules.NOTHING,
        )
        for row in rows
    ]  # fmt: skip
