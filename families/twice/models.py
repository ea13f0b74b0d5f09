"""The pointer from a family to the one that stands for it: since when, by whom, why; and when it was taken away."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from families.people.models import Family
from slf.access.fields import FamilyField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass
from slf.history.kept import kept

if TYPE_CHECKING:
    from slf.accounts.models import User


class FamilyMergeQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return those of which both families are in sight."""
        return super().visible_to(user, can=can).filter(into__in=Family.objects.visible_to(user))

    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)


@kept
class FamilyMerge(FamilyRecord):
    """``family`` is the same as ``into``. Nothing is moved: rows keep the family they were written in.

    It stands in the record of the family that is not shown any more. It is only ever undone, once; the trigger that
    checks it keeps ``Family.merged_into`` (``families/twice/sql.py``).
    """

    record_class = RecordClass.CARD
    family = FamilyField(Family, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="merges_into")
    since = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_on = models.DateField(null=True, blank=True)
    undone_reason = models.TextField(blank=True)
    undone_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    objects = FamilyMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="families_familymerge_of_two", condition=~Q(family=F("into"))),
            models.CheckConstraint(name="families_familymerge_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["family"], condition=Q(undone_at__isnull=True), name="families_familymerge_one_at_a_time"
            ),
            models.CheckConstraint(
                name="families_familymerge_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_on__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(undone_at__isnull=False, undone_on__isnull=False, undone_by__isnull=False) & ~Q(undone_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"One family since {self.since.isoformat()}"
