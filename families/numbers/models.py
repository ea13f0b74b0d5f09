"""Questions whether a number that was typed elsewhere is of somebody of this family, and the tries that met one."""

from datetime import date

from django.db import models
from django.db.models import Q

from families.identifiers.rules import KINDS
from families.numbers.rules import ANSWER_NAMES
from slf.access.models import FamilyRecord, Locality
from slf.access.rules import RecordClass
from slf.web.words import day_in_words

KIND_CHOICES = [(kind.field, kind.short) for kind in KINDS.values()]
ANSWER_CHOICES = [(one.value, name) for one, name in ANSWER_NAMES.items()]


class NumberQuestion(FamilyRecord):
    """Somebody elsewhere was given a number that somebody of this family has. Only functions write it.

    It stands in the record of the family in which the number is kept, for whoever decides there; those who typed it
    never see that it was asked. ``of_person`` and ``of_family`` are the keys of the other side.
    """

    record_class = RecordClass.SUPERVISION
    append_only = True
    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    number = models.CharField(max_length=20)
    recorded = models.CharField(max_length=250, help_text="Who has it here, as they were called when it was asked.")
    told = models.CharField(
        max_length=250, blank=True, help_text="Who was given it elsewhere; of a closed family empty."
    )
    told_born = models.DateField(null=True)
    locality = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    of_person = models.BigIntegerField()
    of_family = models.BigIntegerField()
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=ANSWER_CHOICES, blank=True)
    answered_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    note = models.TextField(blank=True, help_text="Why; read by those who may see the question.")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["family", "of_person", "number"], name="families_numberquestion_asked_once"
            ),
            models.CheckConstraint(
                name="families_numberquestion_answered_by_somebody",
                condition=Q(answer="", answered_by__isnull=True, answered_on__isnull=True)
                | Q(~Q(answer=""), answered_by__isnull=False, answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} asked about on {day_in_words(self.asked_at)}"

    @property
    def where(self) -> str:
        return self.locality.name if self.locality else "a family that is closed to others"

    @property
    def other_side(self) -> str:
        """Return who was given the number, as far as it may be told."""
        if not self.told:
            return "Not told"
        born: date | None = self.told_born
        return f"{self.told}, born {day_in_words(born)}" if born else self.told


class NumberTry(models.Model):
    """A number was typed that somebody out of sight has, or one too many that day. Only the function writes it."""

    class Outcome(models.TextChoices):
        ASKED = "asked", "Asked about"
        HELD_BACK = "held_back", "One too many that day"

    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    family_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "number tries"
        indexes = [models.Index(fields=["user", "-at"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_outcome_display().lower()}"
