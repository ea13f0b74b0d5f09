"""What became of the lines of a submitted run: remittances, what each pays, and a ledger that is only added to.

Functions of PostgreSQL write all three (``sql_verbs``); the application has no right to.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from performance.claims.models import Claim, ClaimRun
from performance.claims.payments.rules import KIND_NAMES, Kind, Outcome
from performance.claims.rules import pounds
from slf.access.models import FamilyRecord, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass

KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]
OUTCOME_CHOICES = [each.value for each in Outcome]


class RemittanceQuerySet(ScopedQuerySet):
    def for_list(self):
        return self.select_related("run", "entered_by", "confirmed_by", "taken_back_by").order_by("pk")

    def waiting(self):
        return self.filter(confirmed_at=None, taken_back_at=None)


class Remittance(Scoped):
    """Money that the department says it sent for a run. It counts once a second person has confirmed it."""

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="remittances")
    reference = models.CharField(max_length=100)
    received_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    unmatched = models.JSONField(default=list, help_text="Rows of no line of the run: reference, result, amount, why.")
    entered_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    objects = RemittanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "reference"], condition=Q(taken_back_at=None), name="performance_remittance_once"
            ),
            models.CheckConstraint(name="performance_remittance_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="performance_remittance_two_people",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="performance_remittance_settled_once", condition=Q(confirmed_at=None) | Q(taken_back_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Remittance {self.reference}"

    @property
    def pounds(self) -> str:
        return pounds(self.amount)

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.taken_back_at is None

    @property
    def standing(self) -> tuple[str, str]:
        if self.confirmed_at:
            return "Confirmed", "good"
        return ("Taken back", "neutral") if self.taken_back_at else ("To be confirmed", "attention")

    def get_absolute_url(self) -> str:
        return reverse("performance:remittance", args=[self.uid])


class RemittanceLine(FamilyRecord):
    """What a remittance pays of one line."""

    record_class = RecordClass.CLAIM
    append_only = True
    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="lines")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["remittance", "claim"], name="performance_remittanceline_once"),
            models.CheckConstraint(name="performance_remittanceline_of_something", condition=Q(amount__gt=0)),
        ]


class ClaimEntry(FamilyRecord):
    """What was done to one line: its effect on what is paid and on what is let go of. Never changed, only reversed."""

    record_class = RecordClass.CLAIM
    append_only = True
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=KINDS)
    paid = models.DecimalField(max_digits=10, decimal_places=2)
    released = models.DecimalField(max_digits=10, decimal_places=2)
    remittance = models.ForeignKey(Remittance, null=True, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    reason = models.CharField(max_length=500, blank=True)
    counts_on = models.DateField(help_text="When its money arrived; of any other entry when it was made.")
    entered_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="performance_claimentry_does_one_thing",
                condition=Q(kind=Kind.PAID, paid__gt=0, released=0, remittance__isnull=False, reverses__isnull=True)
                | Q(kind__in=[Kind.REJECTED, Kind.WITHDRAWN], paid=0, released__gt=0, remittance__isnull=True,
                    reverses__isnull=True)
                | Q(kind=Kind.REVERSAL, reverses__isnull=False),
            ),
            models.CheckConstraint(
                name="performance_claimentry_says_why", condition=Q(kind=Kind.PAID) | ~Q(reason="")
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["claim"])]

    @property
    def pounds(self) -> str:
        return pounds(abs(self.paid or self.released))

    @property
    def may_be_reversed(self) -> bool:
        return self.kind != Kind.REVERSAL and not hasattr(self, "reversed_by")
