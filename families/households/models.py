"""What was done to who is in a family: each change with its day, its reason, and who wrote it down."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from families.households import rules
from families.households.rules import Did
from families.people.models import Family, Membership, Person, PersonField
from slf.access.models import FamilyRecord


class HouseholdChange(FamilyRecord):
    """One coming, going or correction. Only added to; it stands in the record of the family it happened in."""

    append_only = True
    did = models.CharField(max_length=10, choices=[(did.value, name) for did, name in rules.DID_NAMES.items()])
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="The day from which it holds.")
    part = models.CharField(max_length=8, choices=Membership.Part.choices, blank=True)
    why = models.CharField(max_length=12, choices=list(rules.LEAVING_REASONS.items()), blank=True)
    where_to = models.CharField(max_length=10, choices=list(rules.WHERE.items()), blank=True)
    words = models.TextField(blank=True)
    was = DateRangeField(null=True, blank=True, help_text="What stood there before a correction.")
    came_from = models.ForeignKey(
        Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The family that a new one came out of. The first does not say where the others are.",
    )  # fmt: skip
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="families_change_of_somebody", condition=Q(person__isnull=False) | Q(did=Did.BEGAN.value)
            ),
            models.CheckConstraint(
                name="families_change_corrects_something", condition=Q(was__isnull=True) ^ Q(did=Did.CORRECTED.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_did_display()}: {self.person}" if self.person else self.get_did_display()
