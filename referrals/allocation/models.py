"""Which worker has which family, and when."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept


class AllocationQuerySet(FamilyRecordQuerySet):
    def current(self, *, on: date) -> Self:
        """Return who has which family on one day."""
        return self.filter(period__contains=on)


@kept
class Allocation(FamilyRecord):
    """One worker's time with one family. Their weights make a caseload."""

    record_class = RecordClass.CARD
    worker = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="allocations")
    highly_complex = models.BooleanField(default=False)
    period = DateRangeField()
    allocated_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
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
