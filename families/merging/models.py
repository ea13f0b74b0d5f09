"""The pointer from an entry to the one person it is of: since when, by whom, why; and when it was taken away."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from families.people.models import Person
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass
from slf.history.kept import kept

if TYPE_CHECKING:
    from slf.accounts.models import User


class MergeQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return those of which both entries are in sight: who sees one of them only learns nothing of the other."""
        return super().visible_to(user, can=can).filter(into__in=Person.objects.visible_to(user))

    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)


@kept
class PersonMerge(FamilyRecord):
    """``person`` is the same as ``into``. Nothing is moved: rows keep whom they were written of, and are read as one.

    It stands in the record of the family in which ``person`` was entered. It is only ever undone, once; the trigger
    that checks it keeps ``Person.merged_into`` (``families/merging/sql.py``).
    """

    record_class = RecordClass.CARD
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_into")
    since = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_on = models.DateField(null=True, blank=True)
    undone_reason = models.TextField(blank=True)
    undone_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="families_personmerge_of_two", condition=~Q(person=F("into"))),
            models.CheckConstraint(name="families_personmerge_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at__isnull=True), name="families_personmerge_one_at_a_time"
            ),
            models.CheckConstraint(
                name="families_personmerge_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_on__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(undone_at__isnull=False, undone_on__isnull=False, undone_by__isnull=False) & ~Q(undone_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"One person since {self.since.isoformat()}"
