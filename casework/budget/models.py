"""A family's budget: its account, what is asked for, the ledger that is only added to, and receipts.

What was asked never changes; a trigger decides what may become of it, writes what is held into the ledger and keeps
the ledger from going below nothing (``casework.budget.sql``).
"""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.budget import rules
from casework.budget.rules import (
    FUNDS,
    KIND_NAMES,
    LONGEST,
    LONGEST_LINE,
    METHOD_NAMES,
    STATE_NAMES,
    Balance,
    Line,
    State,
)
from casework.plans.models import Action, Goal
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.files.rules import KINDS, LARGEST, in_short
from slf.history.kept import kept
from slf.policy.models import value_of

ENTRY_KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]
MONEY = {"max_digits": 9, "decimal_places": 2}
FOLDER = "budget/"


class OfMoney(FamilyRecord):
    record_class = RecordClass.MONEY

    class Meta:
        abstract = True


class BudgetAccount(OfMoney):
    """That a family's ledger has begun. Whoever adds an entry holds this row: nobody spends the same pound twice."""

    append_only = True
    fund = models.CharField(max_length=12, help_text="A code of the setting “budget_funds”.")
    opened_on = models.DateField()
    opened_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="casework_budgetaccount_one_each", fields=["family"])]

    def __str__(self) -> str:
        return f"The budget of {self.family}"

    @property
    def fund_name(self) -> str:
        return value_of(FUNDS).label(self.fund)


class SpendingQuerySet(FamilyRecordQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.ASKED)

    def to_pay(self) -> Self:
        return self.filter(state=State.APPROVED)

    def for_page(self) -> Self:
        people, part = ("asked_by", "decided_by", "ended_by"), ("goal", "action", "account")
        return self.select_related("family__merged_into", "family__scope__locality", *part, *people)

    def with_sums(self) -> Self:
        """Add what is held for each now and what of it is paid."""
        return self.annotate(held=models.Sum("entries__held"), paid=models.Sum("entries__paid"))


@kept
class Spending(OfMoney):
    """Money asked for: what became of it is its state; what it did to the budget stands in the ledger."""

    account = models.ForeignKey(BudgetAccount, on_delete=models.PROTECT, related_name="spendings")
    what_for = models.TextField(max_length=LONGEST)
    amount = models.DecimalField(**MONEY)
    payee = models.CharField(max_length=LONGEST_LINE, help_text="Who is to be paid.")
    family_does = models.TextField(max_length=LONGEST, help_text="What the family itself will do.")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, name) for s, name in STATE_NAMES.items()])
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    decided_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    answer = models.TextField(max_length=LONGEST, blank=True, help_text="Why it was declined, or on what terms not.")
    ended_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    because = models.TextField(max_length=LONGEST, blank=True, help_text="Why it was cancelled.")
    objects = SpendingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [models.Index(fields=["state", "asked_on"])]
        constraints = [
            models.CheckConstraint(
                name="casework_spending_says_what",
                condition=Q(amount__gt=0) & ~Q(what_for="") & ~Q(payee="") & ~Q(family_does=""),
            ),
            models.CheckConstraint(
                name="casework_spending_state_known", condition=Q(state__in=[state.value for state in State])
            ),
            models.CheckConstraint(
                name="casework_spending_decided_once",
                condition=Q(state="asked", decided_by__isnull=True, decided_on__isnull=True)
                | Q(state__in=["approved", "paid", "declined"], decided_by__isnull=False, decided_on__isnull=False)
                | Q(state="cancelled"),
            ),
            models.CheckConstraint(
                name="casework_spending_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="casework_spending_declined_says_why", condition=~Q(state="declined") | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="casework_spending_cancelled_says_why",
                condition=(Q(state="cancelled", ended_by__isnull=False, ended_on__isnull=False) & ~Q(because=""))
                | (~Q(state="cancelled") & Q(ended_by__isnull=True, ended_on__isnull=True, because="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{rules.pounds(self.amount)} for {self.family}"

    def get_absolute_url(self) -> str:
        return reverse("casework:spending", args=[self.uid])

    @property
    def tone(self) -> str:
        return rules.TONES[State(self.state)]

    @property
    def short(self) -> str:
        """What it is for, in a line of a table."""
        return self.what_for if len(self.what_for) <= 80 else f"{self.what_for[:79].rstrip()}…"

    @property
    def settled(self) -> tuple[str, date | None]:
        """Who did the last thing to it, and when."""
        if self.state == State.CANCELLED:
            return str(self.ended_by), self.ended_on
        return str(self.decided_by), self.decided_on


class EntryQuerySet(FamilyRecordQuerySet):
    def in_order(self) -> Self:
        return self.order_by("counts_on", "pk")

    def for_ledger(self) -> Self:
        rows = self.in_order().select_related("spending", "recorded_by", "reverses", "reversal")
        return rows.prefetch_related("receipts")


class BudgetEntry(OfMoney):
    """One line of the ledger. Three amounts say what it does: to the allowance, to what is held, to what is paid."""

    append_only = True
    account = models.ForeignKey(BudgetAccount, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=ENTRY_KINDS)
    counts_on = models.DateField(help_text="The day from which it counts: of a payment, when it was paid.")
    recorded_on = models.DateField()
    allowance = models.DecimalField(**MONEY, default=Decimal(0))
    held = models.DecimalField(**MONEY, default=Decimal(0))
    paid = models.DecimalField(**MONEY, default=Decimal(0))
    spending = models.ForeignKey(Spending, null=True, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    reason = models.TextField(max_length=LONGEST, blank=True)
    method = models.CharField(max_length=8, blank=True, choices=[(m.value, name) for m, name in METHOD_NAMES.items()])
    reference = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="What the bank or the card calls it.")
    is_last = models.BooleanField(default=False, help_text="Nothing more is to be paid: the rest is free again.")
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["counts_on", "pk"]
        indexes = [models.Index(fields=["account", "counts_on"])]
        constraints = [
            models.UniqueConstraint(
                name="casework_budgetentry_one_opening", fields=["account"], condition=Q(kind="opening")
            ),
            models.CheckConstraint(
                name="casework_budgetentry_does_one_thing",
                condition=Q(kind="opening", allowance__gt=0, held=0, paid=0, spending=None, reverses=None)
                | (Q(kind="change", held=0, paid=0, spending=None, reverses=None) & ~Q(allowance=0))
                | Q(kind="hold", allowance=0, held__gt=0, paid=0, spending__isnull=False, reverses=None)
                | Q(kind="release", allowance=0, held__lt=0, paid=0, spending__isnull=False, reverses=None)
                | Q(
                    kind="payment", allowance=0, paid__gt=0, held=Decimal(0) - F("paid"), spending__isnull=False,
                    reverses=None,
                )
                | Q(kind="reversal", reverses__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_budgetentry_says_why", condition=~Q(kind__in=["change", "reversal"]) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="casework_budgetentry_paid_somehow", condition=Q(kind="payment") ^ Q(method="")
            ),
            models.CheckConstraint(
                name="casework_budgetentry_counts_when_recorded",
                condition=Q(counts_on=F("recorded_on")) | Q(kind="payment", counts_on__lt=F("recorded_on")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {rules.pounds(self.amount)}"

    @property
    def line(self) -> Line:
        return Line(self.counts_on, self.allowance, self.held, self.paid)

    @property
    def amount(self) -> Decimal:
        """The one figure that says how much it is about, without a sign."""
        return abs(self.paid or self.held or self.allowance)

    @property
    def is_reversed(self) -> bool:
        return getattr(self, "reversal", None) is not None

    @property
    def lacks_receipt(self) -> bool:
        return self.kind == rules.Kind.PAYMENT and not self.is_reversed and not self.receipts.all()


def stored_as(receipt: "SpendingReceipt", given: str) -> str:
    return f"{FOLDER}{receipt.uid}"


class SpendingReceipt(OfMoney):
    """The receipt of a payment: a file, or why there is none. Only ever added to."""

    append_only = True
    entry = models.ForeignKey(BudgetEntry, on_delete=models.PROTECT, related_name="receipts")
    no_receipt = models.CharField(max_length=500, blank=True, help_text="Why there is none.")
    name = models.CharField(max_length=100, blank=True)
    content = models.FileField(upload_to=stored_as, max_length=100, blank=True)
    content_type = models.CharField(
        max_length=80, blank=True, choices=[(kind.content_type, kind.label) for kind in KINDS.values()]
    )
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the content.")
    added_on = models.DateField()
    added_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_spendingreceipt_file_or_why",
                condition=(
                    Q(no_receipt="", content_type__in=list(KINDS), size__gt=0, size__lte=LARGEST)
                    & ~Q(content="")
                    & ~Q(name="")
                    & ~Q(digest="")
                )
                | (Q(content="", name="", content_type="", digest="", size=0) & ~Q(no_receipt="")),
            ),
            models.UniqueConstraint(
                name="casework_spendingreceipt_own_content", fields=["content"], condition=~Q(content="")
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"No receipt: {self.no_receipt}"

    @property
    def in_short(self) -> str:
        """Return "PDF, 120 KB"."""
        return in_short(self.get_content_type_display(), self.size)


def summed(entries: "models.Manager[BudgetEntry] | EntryQuerySet") -> Balance:
    """Add entries up in the database: the sums of a list, not of one ledger."""
    none = models.Value(Decimal(0), output_field=models.DecimalField())
    totals = {name: models.functions.Coalesce(models.Sum(name), none) for name in ("allowance", "held", "paid")}
    return Balance(**entries.aggregate(**totals))
