"""The pointer from a family to the one that stands for it."""

from django.db import models
from django.db.models import F, Q

from families.people.models import Family
from families.people.pointers import Pointer
from slf.access.fields import FamilyField
from slf.history.kept import kept


@kept
class FamilyMerge(Pointer):
    """``family`` is the same as ``into``: rows keep the family they were written in, and are read as of one.

    It stands in the record of the family that is not shown any more. The trigger that checks it keeps
    ``Family.merged_into`` (``families/twice/sql.py``).
    """

    family = FamilyField(Family, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="merges_into")

    class Meta(Pointer.Meta):
        constraints = [
            *Pointer.Meta.constraints,
            models.CheckConstraint(name="families_familymerge_of_two", condition=~Q(family=F("into"))),
            models.UniqueConstraint(
                fields=["family"], condition=Q(undone_at__isnull=True), name="families_familymerge_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"One family since {self.since.isoformat()}"
