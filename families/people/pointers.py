"""The pointer from what is there twice to the one that stands for it, with who set it and why; and its undoing."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass

if TYPE_CHECKING:
    from slf.accounts.models import User


class PointerQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return those of which both sides are in sight: who sees one of them only learns nothing of the other."""
        others = self.model._meta.get_field("into").related_model
        return super().visible_to(user, can=can).filter(into__in=others.objects.visible_to(user))

    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)


class Pointer(FamilyRecord):
    """Something is the same as ``into``. Nothing is moved. It is only ever undone, once; a trigger checks it."""

    record_class = RecordClass.CARD
    since = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_on = models.DateField(null=True, blank=True)
    undone_reason = models.TextField(blank=True)
    undone_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    objects = PointerQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="%(app_label)s_%(class)s_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_on__isnull=True, undone_by__isnull=True, undone_reason="")
                | Q(undone_at__isnull=False, undone_on__isnull=False, undone_by__isnull=False) & ~Q(undone_reason=""),
            ),
        ]
