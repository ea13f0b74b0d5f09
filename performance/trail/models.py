"""The trail: what happened to each claim run as a chain of digests, anchored in one chain of the county.

The application reads it. Triggers and functions of the database write it, in the name of whoever acts, and nothing
is ever changed; only what a digest was taken of may be disposed of when it need not be kept any longer.
"""

from django.db import models

from performance.claims.models import ClaimRun
from performance.trail.rules import BY_NAME, DISPOSED, KEPT_ON, Fault
from slf.access.models import Scope, ScopedQuerySet
from slf.access.rules import RecordClass


class OfTheOffice(models.Model):
    """A row of the claims office that only functions of the database write."""

    record_class = RecordClass.CLAIM
    append_only = True
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class TrailEntryQuerySet(ScopedQuerySet):
    def of_steps(self):
        """Return what happened to runs as such: not the lines they are made of, nor what was chained again."""
        steps = [name for name, each in BY_NAME.items() if each.steps]
        return self.filter(name__in=[*steps, DISPOSED]).exclude(what=KEPT_ON).select_related("by").order_by("number")


class TrailEntry(OfTheOffice):
    """One thing that happened to a run: the digest of what was written, chained to the entry before."""

    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="trail")
    number = models.PositiveIntegerField()
    by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10)
    says = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=63, help_text="The table.")
    key = models.BigIntegerField(help_text="The row, or the parent of the rows.")
    digest = models.CharField(max_length=64, help_text="Of what was written, and a secret of its own.")
    previous = models.CharField(max_length=64, blank=True)
    head = models.CharField(max_length=64, help_text="Of the head before and everything here.")
    objects = TrailEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "trail entries"
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="performance_trailentry_once")]
        indexes = [models.Index(fields=["name", "key", "number"], name="performance_trailentry_row")]

    def __str__(self) -> str:
        return f"Entry {self.number}"


class TrailPayload(models.Model):
    """What a digest was taken of, with its secret. Nobody reads it but the function that verifies the trail."""

    entry = models.OneToOneField(TrailEntry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=36)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"Of entry {self.pk}"


class TrailAnchor(OfTheOffice):
    """How far the trail of a run was after one of its steps, chained across the county."""

    number = models.PositiveIntegerField(unique=True)
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="anchors")
    entries = models.PositiveIntegerField()
    run_head = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Step {self.number}"


class TrailCheckQuerySet(ScopedQuerySet):
    def for_list(self):
        return self.select_related("by").order_by("-pk")


class TrailCheck(OfTheOffice):
    """One verification of the whole trail against the rows as they stood."""

    by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    runs = models.PositiveIntegerField()
    entries = models.PositiveIntegerField()
    anchors = models.PositiveIntegerField()
    head = models.CharField(max_length=64, help_text="Of the county's chain.")
    faults = models.JSONField(help_text="The first of what is not as it was chained.")
    objects = TrailCheckQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Verified on {self.at:%d %B %Y}"

    @property
    def holds(self) -> bool:
        return not self.faults

    @property
    def found(self) -> list[Fault]:
        return [Fault.of(told) for told in self.faults]

    @property
    def who(self) -> str:
        return str(self.by) if self.by else "The service, by its clock"
