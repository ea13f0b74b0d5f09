"""What one person proposes by a document and another confirms: settings, and the rules of a scheme."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

WAITING = Q(confirmed_by__isnull=True, taken_back_by__isnull=True)


class ProposedQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Return what waits for a second person."""
        return self.filter(WAITING)


class Proposed(models.Model):
    """A row that counts once a second person has confirmed it, and can be taken back until then."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.CharField(max_length=300, help_text="What it rests on, and where that is kept.")
    proposed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_two_people",
                condition=Q(confirmed_by__isnull=True) | ~Q(proposed_by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_confirmed_says_when",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_taken_back_never_counted",
                condition=Q(taken_back_by__isnull=True, taken_back_at__isnull=True)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False, confirmed_by__isnull=True),
            ),
            models.CheckConstraint(name="%(app_label)s_%(class)s_rests_on_something", condition=~Q(document="")),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_by_id is None and self.taken_back_by_id is None
