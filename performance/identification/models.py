"""The store of identification: runs, the families on their lists, and people no family is known of. Deleted on a day.

A record class of its own: data officers alone read it, and PostgreSQL asks. Nothing here is kept in a history, because
what is deleted is to be gone.
"""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from performance.identification.rules import PLACES, Missing, Place, in_words, is_running
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass
from slf.web.words import day_in_words
from slf.work.models import Job

PLACE_CHOICES = [(place.value, name) for place, name in PLACES.items()]


class IdentificationRunQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("asked_by").order_by("-pk")

    def to_show(self) -> Self:
        """Return the runs that are finished and not deleted."""
        return self.filter(finished_at__isnull=False, deleted_on__isnull=True)

    def past(self, day: date) -> Self:
        """Return the runs whose day of deletion has come."""
        return self.filter(delete_on__lte=day, deleted_on__isnull=True)


class IdentificationRun(Scoped):
    """One look over the data: by which rules and which right, how many were found, and when it is deleted. Stays."""

    record_class = RecordClass.IDENTIFICATION
    on = models.DateField(help_text="The date of the service on which it was looked.")
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    engine = models.CharField(max_length=10)
    schemes = models.JSONField(help_text="Version, name, number and digest of each scheme it asked.")
    use = models.JSONField(help_text="What could be used for it that day, by the register.")
    said = models.JSONField(default=dict, help_text="What was left out and cannot be found, in sentences.")
    counts = models.JSONField(default=dict, help_text="How many it found, by list; kept when they are deleted.")
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    delete_on = models.DateField()
    deleted_on = models.DateField(null=True)
    objects = IdentificationRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="performance_identificationrun_deleted_when_due",
                condition=Q(deleted_on__isnull=True) | Q(deleted_on__gte=F("delete_on")),
            ),
            models.CheckConstraint(
                name="performance_identificationrun_is_deleted_some_day", condition=Q(delete_on__gt=F("on"))
            ),
        ]

    def __str__(self) -> str:
        return f"Identification of {day_in_words(self.on)}"

    def get_absolute_url(self) -> str:
        return reverse("performance:identification_run", args=[self.uid])

    @property
    def by_whom(self) -> str:
        return "by itself at night" if self.asked_by.is_service else f"for {self.asked_by}"

    @property
    def is_running(self) -> bool:
        return is_running(self.begun_at, self.finished_at, now=timezone.now())

    @property
    def state(self) -> str:
        if self.deleted_on:
            return "Deleted"
        if self.finished_at:
            return "Finished"
        return "Being looked" if self.is_running else "Did not finish"

    @property
    def tone(self) -> str:
        return {"Finished": "good", "Deleted": "neutral", "Being looked": "waiting"}.get(self.state, "attention")


class FoundQuerySet(FamilyRecordQuerySet):
    def asked_for(self, *, scheme: str = "", locality: str = "") -> Self:
        found = self.filter(scheme=scheme) if scheme else self
        return found.filter(scope__locality__slug=locality) if locality else found

    def for_list(self) -> Self:
        return self.select_related("scope__locality").order_by("reference", "scheme")


class Identified(FamilyRecord):
    """One family on a list of one run, by its reference alone. Never changed, and deleted with its run."""

    record_class = RecordClass.IDENTIFICATION
    run = models.ForeignKey(IdentificationRun, on_delete=models.PROTECT, related_name="families")
    place = models.CharField(max_length=10, choices=PLACE_CHOICES)
    scheme = models.CharField(max_length=10)
    reference = models.CharField(max_length=20)
    judged_on = models.DateField(help_text="Attachment; the day of the run for a family that is not attached.")
    attached_on = models.DateField(null=True)
    attached_by = models.CharField(max_length=300, blank=True, help_text="What attachment rests on.")
    eligible = models.BooleanField()
    reason = models.CharField(max_length=500)
    missing = models.JSONField(default=list)
    objects = FoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "family", "scheme"], name="performance_identified_once"),
            models.CheckConstraint(
                name="performance_identified_found_is_not_supported",
                condition=Q(place=Place.FOUND, attached_on__isnull=True)
                | Q(place__in=[Place.ELIGIBLE, Place.ONE_AWAY], attached_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["run", "place"])]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_place_display()}"

    @property
    def locality(self) -> str:
        return str(self.scope.locality or "Not known")

    @property
    def lacks(self) -> str:
        return lacking(self.missing)


class FoundPersonQuerySet(ScopedQuerySet):
    def asked_for(self, *, scheme: str = "", locality: str = "") -> Self:
        """Return those of a scheme; of a locality nobody, because no file says where they live."""
        found = self.filter(scheme=scheme) if scheme else self
        return found.none() if locality else found

    def for_list(self) -> Self:
        return self.order_by("pk")


class FoundPerson(Scoped):
    """Somebody in files of agencies whom the service knows no family of: the lines of the files, and no name."""

    record_class = RecordClass.IDENTIFICATION
    run = models.ForeignKey(IdentificationRun, on_delete=models.PROTECT, related_name="people")
    scheme = models.CharField(max_length=10)
    lines = ArrayField(models.CharField(max_length=250))
    eligible = models.BooleanField()
    reason = models.CharField(max_length=500)
    missing = models.JSONField(default=list)
    objects = FoundPersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["run", "scheme"])]

    def __str__(self) -> str:
        return f"Somebody in {len(self.lines)} lines"

    @property
    def lacks(self) -> str:
        return lacking(self.missing)


def lacking(missing: list[dict[str, Any]]) -> str:
    return in_words(Missing(**each) for each in missing)
