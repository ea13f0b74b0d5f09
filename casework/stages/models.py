"""A step up to children's social care, or down from it: what was said of it never changes, its end is added."""

from typing import Self

from django.db import models
from django.db.models import Q

from casework.cases.models import Case
from casework.stages.rules import LONGEST, LONGEST_WHOM, THEN_NAMES, WAY_NAMES, Then, Way
from slf.access.models import FamilyRecord, OfStaffQuerySet
from slf.history.kept import kept
from slf.web.words import day_in_words

WAYS = [(way.value, name) for way, name in WAY_NAMES.items()]
THENS = [(then.value, name) for then, name in THEN_NAMES.items()]


class CareStepQuerySet(OfStaffQuerySet):
    """What social care was told, and why, is for no partner that the family is shared with."""

    def holding(self) -> Self:
        """Return the steps up by which a case is held now."""
        return self.filter(way=Way.UP, then=Then.HELD, went_on_on__isnull=True)

    def for_page(self) -> Self:
        return self.select_related("family__merged_into", "case", "recorded_by", "acknowledged_by", "went_on_by")


@kept
class CareStep(FamilyRecord):
    """One step up or down. ``then``: what became of the case; held, it goes on from ``went_on_on``."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="care_steps")
    way = models.CharField(max_length=4, choices=WAYS)
    happened_on = models.DateField()
    whom = models.CharField(max_length=LONGEST_WHOM, help_text="Which team, and whom there.")
    reason = models.TextField(max_length=LONGEST)
    then = models.CharField(max_length=7, choices=THENS)
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    acknowledged_on = models.DateField(null=True)
    acknowledged_who = models.CharField(max_length=LONGEST_WHOM, blank=True, help_text="Who there acknowledged it.")
    acknowledged_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    went_on_on = models.DateField(null=True)
    went_on_because = models.TextField(max_length=LONGEST, blank=True)
    went_on_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    objects = CareStepQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_carestep_known",
                condition=Q(way="up", then__in=[then.value for then in Then]) | Q(way="down", then="goes_on"),
            ),
            models.CheckConstraint(name="casework_carestep_says_why", condition=~Q(reason="") & ~Q(whom="")),
            models.CheckConstraint(
                name="casework_carestep_acknowledged",
                condition=Q(acknowledged_on__isnull=True, acknowledged_by__isnull=True, acknowledged_who="")
                | Q(acknowledged_on__isnull=False, acknowledged_by__isnull=False) & ~Q(acknowledged_who=""),
            ),
            models.CheckConstraint(
                name="casework_carestep_went_on",
                condition=Q(went_on_on__isnull=True, went_on_by__isnull=True, went_on_because="")
                | Q(then="held", went_on_on__isnull=False, went_on_by__isnull=False) & ~Q(went_on_because=""),
            ),
            models.UniqueConstraint(
                name="casework_carestep_held_once", fields=["case"],
                condition=Q(then="held", went_on_on__isnull=True),
            ),
            models.UniqueConstraint(name="casework_carestep_once", fields=["case", "way", "happened_on", "whom"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {day_in_words(self.happened_on)}"

    @property
    def is_up(self) -> bool:
        return self.way == Way.UP

    @property
    def holds(self) -> bool:
        return self.then == Then.HELD and self.went_on_on is None

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was said of it, each with what it is called."""
        said = [("To whom" if self.is_up else "From whom", self.whom), ("Why", self.reason)]
        said += [("Our case", self.get_then_display())] if self.is_up else []
        said += [("Written down by", f"{self.recorded_by}, {day_in_words(self.recorded_on)}")]
        if self.acknowledged_on:
            said += [("Acknowledged by", f"{self.acknowledged_who}, {day_in_words(self.acknowledged_on)}")]
        if self.went_on_on:
            said += [("Goes on since", f"{day_in_words(self.went_on_on)}: {self.went_on_because}")]
        return said
