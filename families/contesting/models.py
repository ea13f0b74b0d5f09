"""What somebody objects to or says is wrong, until it is decided and they were told."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from families.contesting.rules import ABOUT, CONTESTED, DECISIONS, KINDS, LONGEST, SHORT, About, Decision, Kind
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept

UNDECIDED = Q(decision="", decided_on__isnull=True, decided_by__isnull=True, reason="")
DECIDED = Q(decision__in=[d.value for d in Decision], decided_on__isnull=False, decided_by__isnull=False) & ~Q(
    reason=""
)
NOT_TOLD = Q(told_on__isnull=True, told_how="", told_by__isnull=True)
TOLD = Q(told_on__isnull=False, told_by__isnull=False, decided_on__isnull=False) & ~Q(told_how="")


class ContestQuerySet(FamilyRecordQuerySet):
    def undecided(self) -> Self:
        return self.filter(decision="")

    def to_tell(self) -> Self:
        return self.filter(told_on__isnull=True).exclude(decision="")

    def marked(self) -> Self:
        """Return those whose mark stands beside what they are about."""
        return self.filter(decision__in=sorted(CONTESTED))

    def for_list(self) -> Self:
        return self.select_related(
            "raised_by__merged_into", "person__merged_into", "taken_by", "decided_by", "told_by", "family"
        )


@kept
class Contest(FamilyRecord):
    """One objection, or one thing that is said to be wrong. ``target`` is the uid of the row; none: in words alone."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "By telephone"
        WRITING = "writing", "In writing"

    record_class = RecordClass.EVIDENCE
    kind = models.CharField(max_length=12, choices=[(kind.value, name) for kind, name in KINDS.items()])
    raised_by = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    person = PersonField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Whose information it is; none: the whole family's.",
    )  # fmt: skip
    about = models.CharField(max_length=8, choices=[(about.value, name) for about, name in ABOUT.items()])
    target = models.UUIDField(null=True, blank=True)
    words = models.CharField(max_length=300, help_text="What it is about, as it was called then.")
    says = models.TextField(max_length=LONGEST, help_text="What they say is right, or why they object.")
    received_on = models.DateField()
    due_on = models.DateField()
    taken_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=10, choices=[(d.value, name) for d, name in DECISIONS.items()], blank=True)
    reason = models.TextField(max_length=LONGEST, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=10, choices=How.choices, blank=True)
    told_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["target"])]
        constraints = [
            models.CheckConstraint(name="families_contest_kind_known", condition=Q(kind__in=[k.value for k in Kind])),
            models.CheckConstraint(name="families_contest_says_something", condition=~Q(says="") & ~Q(words="")),
            models.CheckConstraint(
                name="families_contest_points_at_a_row", condition=Q(target__isnull=True) ^ ~Q(about=About.OTHER.value)
            ),
            models.CheckConstraint(name="families_contest_due_later", condition=Q(due_on__gt=F("received_on"))),
            models.CheckConstraint(name="families_contest_decided_whole", condition=UNDECIDED | DECIDED),
            models.CheckConstraint(name="families_contest_told_of_a_decision", condition=NOT_TOLD | TOLD),
            models.CheckConstraint(
                name="families_contest_decided_after_receipt",
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="families_contest_told_after_decision",
                condition=Q(told_on__isnull=True) | Q(told_on__gte=F("decided_on")),
            ),
            models.UniqueConstraint(
                name="families_contest_open_once",
                fields=["family", "kind", "about", "target", "raised_by"],
                condition=Q(decision="", target__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{SHORT[Kind(self.kind)]}: {self.words}"

    @property
    def short(self) -> str:
        return SHORT[Kind(self.kind)]

    @property
    def is_open(self) -> bool:
        return self.decision == ""

    def days_left(self, on: date) -> int:
        return (self.due_on - on).days
