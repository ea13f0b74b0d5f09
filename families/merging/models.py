"""The pointer from an entry to the one person it is of."""

from django.db import models
from django.db.models import F, Q

from families.people.models import Person
from families.people.pointers import Pointer
from slf.history.kept import kept


@kept
class PersonMerge(Pointer):
    """``person`` is the same as ``into``: rows keep whom they were written of, and are read as one.

    It stands in the record of the family in which ``person`` was entered. The trigger that checks it keeps
    ``Person.merged_into`` (``families/merging/sql.py``).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_into")

    class Meta(Pointer.Meta):
        constraints = [
            *Pointer.Meta.constraints,
            models.CheckConstraint(name="families_personmerge_of_two", condition=~Q(person=F("into"))),
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at__isnull=True), name="families_personmerge_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"One person since {self.since.isoformat()}"
