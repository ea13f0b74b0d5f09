"""Flags of a family or of one of its members, dated."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from families.flags import rules
from families.people.models import Membership
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept


class FlagQuerySet(FamilyRecordQuerySet):
    def on(self, day: date) -> Self:
        """Return those that count on a day; one of a member while they are in the family, in whatever part."""
        counts = Q(until__isnull=True) | Q(until__gte=day)
        stays = Membership.objects.filter(
            family=models.OuterRef("family"), person=models.OuterRef("membership__person"), period__contains=day
        )
        there = Q(membership__isnull=True) | models.Exists(stays)
        return self.filter(counts, there, Q(ended_on__isnull=True) | Q(ended_on__gt=day), began_on__lte=day)


@kept
class Flag(FamilyRecord):
    """Something to know before knocking, for everybody who sees the family's card."""

    record_class = RecordClass.CARD
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="None: the family's."
    )
    kind = models.CharField(max_length=16, choices=rules.CHOICES)
    words = models.CharField(max_length=120, blank=True)
    began_on = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The last day it counts.")
    ended_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["began_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="families_flag_kind_known", condition=Q(kind__in=[code for code, _ in rules.CHOICES])
            ),
            models.CheckConstraint(
                name="families_flag_says_something", condition=~Q(kind__in=rules.NEEDS_WORDS) | ~Q(words="")
            ),
            models.CheckConstraint(
                name="families_flag_until_after_start", condition=Q(until__isnull=True) | Q(until__gte=F("began_on"))
            ),
            models.CheckConstraint(
                name="families_flag_ended_by_somebody", condition=Q(ended_on__isnull=True) ^ Q(ended_by__isnull=False)
            ),
            models.UniqueConstraint(
                name="families_flag_once",
                fields=["family", "membership", "kind", "words", "until"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return rules.in_words(self.kind, self.words, self.membership.name if self.membership else "")

    @property
    def tone(self) -> str:
        return rules.KINDS[self.kind].tone
