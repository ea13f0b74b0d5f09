"""Star tools (versioned reference data, never changed) and the readings families take with them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.provenance.models import without_kept
from casework.provenance.rules import About
from casework.stars import rules
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User

COMPLETED_CHOICES = [(c.value, name) for c, name in rules.COMPLETED_NAMES.items()]
NEVER_CHANGED = pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
"""A reading must mean next year what it meant when it was taken: a change of words is a new version of the tool."""


class StarToolQuerySet(models.QuerySet):
    def each_in_use(self, *, on: date) -> list["StarTool"]:
        """Return the stars that new readings are taken with, the family's own first."""
        return rules.each_in_use(self.with_wording().filter(starts_on__lte=on), on=on)

    def in_use(self, *, on: date, code: str = "") -> "StarTool":
        """Return the star of that code, if it is in use, else the first that is."""
        if not (tools := self.each_in_use(on=on)):
            raise self.model.DoesNotExist("No star tool is in use. Load the reference data.")
        return next((tool for tool in tools if tool.code == code), tools[0])

    def with_wording(self) -> Self:
        return self.prefetch_related("areas", "stages")


class StarTool(models.Model):
    """One version of a star: its scale and, through its areas and stages, its words."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)
    lowest = models.PositiveSmallIntegerField(default=1)
    highest = models.PositiveSmallIntegerField()
    starts_on = models.DateField(help_text="New readings are taken with it from this day, until a later one starts.")
    licence = models.CharField(max_length=120, blank=True, help_text="The council's licence, where the owner asks one.")
    source = models.CharField(max_length=200)
    instead_of = models.SlugField(
        max_length=40, blank=True, help_text="The code of the star whose place it takes. Empty: it is used beside them."
    )
    loaded_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(null=True, help_text="Written by PostgreSQL. Empty: it came with the service.")
    objects = StarToolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="casework_startool_version_once"),
            models.CheckConstraint(name="casework_startool_scale", condition=Q(highest__gt=F("lowest"))),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return self.name

    def as_rules(self) -> rules.Tool:
        """Return the tool as the rules see it. Load with ``with_wording()`` first."""
        areas = tuple(rules.Area(a.code, a.name, a.asks) for a in self.areas.all())
        stages = tuple(rules.Stage(s.lowest, s.highest, s.name, s.meaning) for s in self.stages.all())
        return rules.Tool(self.code, self.version, self.name, self.lowest, self.highest, areas, stages)


class StarArea(models.Model):
    tool = models.ForeignKey(StarTool, on_delete=models.PROTECT, related_name="areas")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=40)
    asks = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "code"], name="casework_stararea_code_once"),
            models.UniqueConstraint(fields=["tool", "position"], name="casework_stararea_place_once"),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return self.name


class StarStage(models.Model):
    tool = models.ForeignKey(StarTool, on_delete=models.PROTECT, related_name="stages")
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    meaning = models.CharField(max_length=200)

    class Meta:
        ordering = ["lowest"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "lowest"], name="casework_starstage_once"),
            models.CheckConstraint(name="casework_starstage_ends_after", condition=Q(highest__gte=F("lowest"))),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return self.name


class ReadingQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return the readings of families open to them; to a partner alone without what is kept from the partner."""
        return without_kept(super().visible_to(user, can=can), user, About.READING)

    def current(self) -> Self:
        """Return readings that nobody has corrected."""
        return self.filter(superseded_by__isnull=True)

    def for_page(self) -> Self:
        """Return readings with all that the page, the picture and the API show."""
        return self.select_related("recorded_by", "tool", "supersedes").prefetch_related("tool__areas", "tool__stages")

    def pairs(self, families: Iterable[int]) -> dict[int, tuple["Reading", "Reading"]]:
        """Return ``{family id: (first with the present tool, latest)}`` in one query, however many families.

        The same twice when a family has one.
        """
        found = self.current().of_each(families)
        latest = found.order_by("family_id", "-taken_on", "-pk").distinct("family_id")
        first = found.order_by("family_id", "tool_id", "taken_on", "pk").distinct("family_id", "tool_id")
        either = Q(pk__in=latest.values("pk")) | Q(pk__in=first.values("pk"))
        of_each: dict[int, list[Reading]] = defaultdict(list)
        for reading in found.filter(either).order_by("taken_on", "pk"):
            of_each[reading.stands].append(reading)
        return {family: (first_like(read[-1], read), read[-1]) for family, read in of_each.items()}


def first_like(latest: "Reading", readings: Iterable["Reading"]) -> "Reading":
    """Return the first of some readings, in their order, that was made with the same tool."""
    return next(reading for reading in readings if reading.tool_id == latest.tool_id)


class Reading(FamilyRecord):
    """A family's marks on one day. Never edited: a correction is a new reading that supersedes.

    ``marks`` is ``{"area code": mark}``; an area that was not talked about is left out. A trigger
    (``casework.stars.sql``) refuses areas the tool does not have and marks off its scale.
    """

    append_only = True
    tool = models.ForeignKey(StarTool, on_delete=models.PROTECT, related_name="readings")
    taken_on = models.DateField()
    completed = models.CharField(max_length=10, choices=COMPLETED_CHOICES)
    marks = models.JSONField()
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    why_corrected = models.CharField(max_length=300, blank=True)
    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_on", "-pk"]
        indexes = [
            models.Index(fields=["family", "taken_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="casework_reading_completed_known", condition=Q(completed__in=[c.value for c in rules.Completed])
            ),
            models.CheckConstraint(
                name="casework_reading_correction_says_why", condition=Q(supersedes__isnull=True) ^ ~Q(why_corrected="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tool}, {day_in_words(self.taken_on)}"

    def get_absolute_url(self) -> str:
        return reverse("casework:star", args=[self.family.shown.uid])

    @property
    def average(self) -> float:
        return rules.average(self.marks)
