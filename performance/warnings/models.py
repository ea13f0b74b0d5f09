"""What warned when a run was frozen, and who signed it off. Functions of the database write both; nothing changes."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from performance.claims.models import ClaimRun, Judged
from performance.claims.rules import CALLED
from performance.warnings.rules import ASKS
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass


class Standing:
    """Warnings with the last thing that was said of each."""

    def with_word(self, words: type[models.Model]) -> Any:
        last = words._default_manager.filter(warning=OuterRef("pk")).order_by("-turn")  # type: ignore[attr-defined]
        told = {f"last_{name}": Subquery(last.values(name)[:1]) for name in ("signed", "reason", "at")}
        return self.annotate(**told, last_by=Subquery(last.values("by")[:1]))  # type: ignore[attr-defined]

    def unsigned(self) -> Any:
        """Return those, of the above, of which nobody spoke or the last word took it back."""
        return self.filter(Q(last_signed=None) | Q(last_signed=False))  # type: ignore[attr-defined]


class LineWarningQuerySet(Standing, FamilyRecordQuerySet):
    def for_list(self) -> Self:
        found = self.select_related("judged").defer("judged__case", "judged__judgement", "judged__checks")
        return found.with_word(LineSignOff).order_by("check_number", "judged__reference", "pk")


class LineWarning(FamilyRecord):
    """A check that warned of one line of a run, in the words it had when the run was frozen."""

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="line_warnings")
    judged = models.ForeignKey(Judged, on_delete=models.PROTECT, related_name="warnings")
    component = models.CharField(max_length=24)
    check_number = models.PositiveSmallIntegerField()
    sentence = models.TextField()
    objects = LineWarningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judged", "component", "check_number"], name="performance_linewarning_once")
        ]

    def __str__(self) -> str:
        return f"{self.judged.reference}, {CALLED.get(self.component, self.component)}"

    @property
    def asks(self) -> str:
        return ASKS.get(self.check_number, "")


class RunWarningQuerySet(Standing, ScopedQuerySet):
    def for_list(self) -> Self:
        return self.with_word(RunSignOff).order_by("check_number")


class RunWarning(Scoped):
    """A check of the run as a whole that warned when it was frozen."""

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="run_warnings")
    check_number = models.PositiveSmallIntegerField()
    sentence = models.TextField()
    objects = RunWarningQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "check_number"], name="performance_runwarning_once")]

    def __str__(self) -> str:
        return "The run as a whole"

    @property
    def asks(self) -> str:
        return ASKS.get(self.check_number, "")


class Word(models.Model):
    """Signed off, or that taken back: of one warning, one after the other. The last one counts."""

    turn = models.PositiveSmallIntegerField(help_text="1 signs it off, 2 takes that back, and so on.")
    signed = models.BooleanField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


def in_turn(table: str) -> list[models.BaseConstraint]:
    odd = Q(turn__in=range(1, 20, 2))
    return [
        models.UniqueConstraint(fields=["warning", "turn"], name=f"performance_{table}_once"),
        models.CheckConstraint(
            name=f"performance_{table}_in_turn", condition=Q(odd, signed=True) | Q(~odd, signed=False)
        ),
        models.CheckConstraint(name=f"performance_{table}_says_why", condition=~Q(reason="")),
    ]


class LineSignOff(FamilyRecord, Word):
    record_class = RecordClass.CLAIM
    append_only = True
    warning = models.ForeignKey(LineWarning, on_delete=models.PROTECT, related_name="words")

    class Meta:
        constraints = in_turn("linesignoff")

    def __str__(self) -> str:
        return f"{self.warning}: {'signed off' if self.signed else 'taken back'}"


class RunSignOff(Scoped, Word):
    record_class = RecordClass.CLAIM
    append_only = True
    warning = models.ForeignKey(RunWarning, on_delete=models.PROTECT, related_name="words")

    class Meta:
        constraints = in_turn("runsignoff")

    def __str__(self) -> str:
        return f"{self.warning}: {'signed off' if self.signed else 'taken back'}"
