"""What a person said of themselves to this service, or what was said of them. Never edited: a later row counts."""

from typing import Self

from django.db import models
from django.db.models import Q

from families.about import rules
from families.names.rules import WORD_CHOICES
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet


class AnswerQuerySet(FamilyRecordQuerySet):
    def in_force(self) -> Self:
        return self.filter(superseded_by__isnull=True)


class AboutAnswer(FamilyRecord):
    """One answer, with its source and its day. It stays in the family in which it was told.

    ``supersedes`` is unique: of two who answer the same question at once, one is told.
    """

    append_only = True
    person = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=rules.KINDS)
    answer = models.CharField(max_length=20)
    words = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    told_by = models.CharField(max_length=10, choices=WORD_CHOICES)
    said_on = models.DateField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="families_aboutanswer_kind_known", condition=Q(kind__in=[code for code, _ in rules.KINDS])
            ),
            models.CheckConstraint(name="families_aboutanswer_says_something", condition=~Q(answer="")),
            models.UniqueConstraint(
                name="families_aboutanswer_one_first",
                fields=["family", "person", "kind"],
                condition=Q(supersedes__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return rules.QUESTIONS[self.kind].in_words(self.answer, self.words)
