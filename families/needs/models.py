"""Needs of a family or of one of its members, dated."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from families.needs.rules import NEEDS
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept


class NeedQuerySet(FamilyRecordQuerySet):
    def open_on(self, day: date) -> Self:
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), started_on__lte=day)


@kept
class Need(FamilyRecord):
    """One of the common issues, of the family or of one person, from the day it was found to the day it was met."""

    kind = models.CharField(max_length=24, choices=list(NEEDS.items()))
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    source = models.CharField(max_length=200)
    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "kind"]
        constraints = [
            models.CheckConstraint(
                name="families_need_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
            models.UniqueConstraint(
                fields=["family", "kind", "person"], condition=Q(ended_on__isnull=True),
                name="families_need_open_once", nulls_distinct=False,
            ),
            models.UniqueConstraint(fields=["id", "family"], name="families_need_id_family"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()


class Statement(FamilyRecord):
    """What somebody said later of a need or a person the record knows already: kept beside it, never instead of it."""

    append_only = True
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    words = models.TextField()
    source = models.CharField(max_length=200)
    responsible = models.BooleanField(
        null=True, help_text="Whether they have parental responsibility, as it was said; empty: it says nothing of it."
    )
    said_on = models.DateField()
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["said_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="families_statement_of_one_thing", condition=Q(need__isnull=True) ^ Q(person__isnull=True)
            ),
            models.CheckConstraint(name="families_statement_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="families_statement_responsible_is_somebody",
                condition=Q(responsible__isnull=True) | Q(person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.need or self.person}"
