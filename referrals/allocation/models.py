"""Which worker has which family, and when."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, GeneratedField, Q

from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept


class AllocationQuerySet(FamilyRecordQuerySet):
    def current(self, *, on: date) -> Self:
        """Return who has which family on one day.

        Asked of whole days and not of the period: behind row security PostgreSQL uses neither statistics nor index
        for an operator on ranges, and then joins a county's caseload one row at a time.
        """
        return self.filter(current_on(on))


def current_on(day: date, *, through: str = "") -> Q:
    """Return the condition that an allocation, or the one ``through`` a relation, is in force on a day."""
    began, ended = f"{through}began_on", f"{through}ended_on"
    return Q(**{f"{began}__lte": day}) & (Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gt": day}))


@kept
class Allocation(FamilyRecord):
    """One worker's time with one family. Their weights make a caseload."""

    record_class = RecordClass.CARD
    worker = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="allocations")
    highly_complex = models.BooleanField(default=False)
    period = DateRangeField()
    began_on = GeneratedField(
        expression=Func("period", function="lower"), output_field=models.DateField(), db_persist=True
    )
    ended_on = GeneratedField(
        expression=Func("period", function="upper"), output_field=models.DateField(null=True), db_persist=True,
        help_text="The first day without it; none while it goes on.",
    )  # fmt: skip
    allocated_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    over_reason = models.TextField(blank=True, help_text="Why it is right although it made more than a full caseload.")
    objects = AllocationQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="referrals_allocation_one_worker",
                expressions=[("family", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="referrals_allocation_has_start",
                condition=Q(period__isempty=False) & Q(period__startswith__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["worker"])]

    @property
    def goes_on(self) -> bool:
        """Tell whether no end is set."""
        return self.period.upper is None
