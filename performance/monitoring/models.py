"""How far each attached family is, worked out each night, and what can be claimed when if nothing changes."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from performance.claims.rules import CALLED, pounds
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass


class MonitoredQuerySet(FamilyRecordQuerySet):
    def to_read(self) -> Self:
        """Return the families of which something went back and nobody has said since that they read it."""
        unread = Q(read_on__isnull=True) | Q(read_on__lt=F("went_back_on"))
        return self.exclude(went_back=[]).filter(unread)


class Monitored(FamilyRecord):
    """How far one attached family is with each result of its scheme, on the day it was worked out."""

    record_class = RecordClass.EVIDENCE
    on = models.DateField(help_text="The date of the service it was worked out for.")
    worked_at = models.DateTimeField()
    scheme = models.CharField(max_length=10)
    scheme_name = models.CharField(max_length=100)
    attached_on = models.DateField()
    eligible = models.CharField(max_length=10)
    reason = models.CharField(max_length=500)
    results = models.JSONField(default=list)
    went_back = models.JSONField(default=list, help_text="What was so and is not any more, without figures or names.")
    went_back_on = models.DateField(null=True)
    read_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    read_on = models.DateField(null=True)
    objects = MonitoredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family"], name="performance_monitored_once"),
            models.CheckConstraint(
                name="performance_monitored_read_on_a_day",
                condition=Q(read_by__isnull=True, read_on__isnull=True)
                | Q(read_by__isnull=False, read_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family}: progress to results"

    def get_absolute_url(self) -> str:
        return reverse("performance:monitored", args=[self.family.uid])

    @property
    def is_read(self) -> bool:
        return self.read_on is not None and (self.went_back_on is None or self.read_on >= self.went_back_on)

    @property
    def told(self) -> list[dict[str, Any]]:
        """Return each result with its name and what it brings, as the page shows it."""
        return [
            each | {"called": CALLED.get(each["code"], each["code"]), "pounds": in_pounds(each["amount"])}
            for each in self.results
        ]


def in_pounds(amount: str | None) -> str:
    return pounds(Decimal(amount)) if amount else ""


class ExpectedQuerySet(FamilyRecordQuerySet):
    def claimable(self) -> Self:
        return self.filter(claimable=True)

    def asked_for(self, *, scheme: str = "", locality: str = "") -> Self:
        found = self.filter(scheme=scheme) if scheme else self
        return found.filter(scope__locality__slug=locality) if locality else found

    def nearest(self) -> Self:
        return self.select_related("family", "scope__locality").order_by("earliest", "family__reference", "component")


class Expected(FamilyRecord):
    """The first day on which a family can meet a result if nothing changes, and the claim window it falls into."""

    record_class = RecordClass.EVIDENCE
    scheme = models.CharField(max_length=10)
    component = models.CharField(max_length=24)
    earliest = models.DateField()
    claimable = models.BooleanField()
    because = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    window_from = models.DateField(null=True)
    window_to = models.DateField(null=True)
    objects = ExpectedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "component"], name="performance_expected_once")]
        indexes = [models.Index(fields=["scheme", "window_from"])]

    def __str__(self) -> str:
        return f"{self.family}: {self.called}"

    @property
    def called(self) -> str:
        return CALLED.get(self.component, self.component)

    @property
    def pounds(self) -> str:
        return "" if self.amount is None else pounds(self.amount)

    def get_absolute_url(self) -> str:
        return reverse("performance:monitored", args=[self.family.uid])
