"""Reports as they were made, never changed; who has read one that was made for them."""

import json
import uuid
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse

from performance.reports.rules.due import EVERY_NAMES, LAST_DAY
from slf.access.models import FamilyRecord, Locality
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass, Rights, Role
from slf.accounts.models import User
from slf.web.words import day_in_words
from slf.work.models import Job

CLASSES = (RecordClass.CLAIM, RecordClass.SUPERVISION)
"""What a report can rest on: claims, or the work of a locality as those who supervise it see it."""
OFFICE = frozenset({Role.DATA, Role.AUDITOR, Role.HEAD, Role.SRO})
"""To whom claims are reported."""


def part_of(rights: Rights, part: RecordClass, *, can: Can = Can.READ) -> frozenset[int]:
    """Return the audiences whose records of this class may be reported to somebody.

    A manager reviews the lines of a claim in one locality, and reads no report of claims.
    """
    if part is RecordClass.CLAIM and not OFFICE & {role for role, _ in rights.reaches}:
        return frozenset()
    return frozenset(rights.open_scopes(part, can=can))


class KeptReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User, *, can: Can = Can.READ) -> Self:
        """Return the reports all of whose localities this person may see, in the part that the report rests on."""
        rights = rights_of(user)
        found = Q(pk__in=[])
        for part in CLASSES:
            if mine := part_of(rights, part, can=can):
                found |= Q(rests_on=part, scopes__contained_by=sorted(mine))
        return self.filter(found)

    def for_list(self) -> Self:
        return self.defer("content").select_related("locality", "asked_by", "reader").order_by("-pk")

    def unread_by(self, user: User) -> Self:
        """Return those that were made for this person and wait for them."""
        return self.filter(reader=user).filter(
            ~Exists(ReportReading.objects.filter(report=OuterRef("pk"), read_by=user))
        )


class KeptReport(models.Model):
    """One report: who asked for what, when it was made, what it rests on, its content and the digest of that."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=100)
    rests_on = models.CharField(max_length=16, choices=[(part.value, part.value) for part in CLASSES])
    locality = models.ForeignKey(Locality, null=True, on_delete=models.PROTECT, related_name="+")
    scopes = ArrayField(models.BigIntegerField(), default=list, help_text="Of every locality in it. Set by PostgreSQL.")
    since = models.DateField()
    until = models.DateField()
    as_of = models.DateField()
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    content = models.TextField(help_text="Canonical JSON: every file of the report is made from it.")
    digest = models.CharField(max_length=64)
    objects = KeptReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="performance_keptreport_in_order", condition=Q(until__gte=F("since")))
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("performance:report", args=[self.uid])

    @property
    def place(self) -> str:
        return str(self.locality) if self.locality_id else "The county"

    @property
    def days(self) -> str:
        if self.since == self.until:
            return day_in_words(self.until)
        return f"{day_in_words(self.since)} to {day_in_words(self.until)}"

    @cached_property
    def inside(self) -> dict[str, Any]:
        """What it says, as those who may open it read it."""
        found: dict[str, Any] = json.loads(self.content)
        return found


class ReportReading(models.Model):
    """Somebody has read a report that waited for them."""

    report = models.ForeignKey(KeptReport, on_delete=models.PROTECT, related_name="readings")
    read_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "read_by"], name="performance_reportreading_once")]

    def __str__(self) -> str:
        return f"{self.report}, read by {self.read_by}"


class ReturnReference(FamilyRecord):
    """What a family is called in the national return: made by chance, kept here alone, the same in every return."""

    record_class = RecordClass.CLAIM
    append_only = True
    reference = models.CharField(max_length=20, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family"], name="performance_returnreference_once")]

    def __str__(self) -> str:
        return self.reference


class ReportScheduleQuerySet(models.QuerySet[Any]):
    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def for_list(self) -> Self:
        return self.select_related("locality", "reader", "set_by").order_by("kind", "pk")


class ReportSchedule(models.Model):
    """A report that is made every month or quarter in the name of whoever set it, and waits for its reader."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    every = models.CharField(max_length=10, choices=[(every.value, name) for every, name in EVERY_NAMES.items()])
    day = models.PositiveSmallIntegerField(help_text="Of the month, or of the first month of the quarter.")
    reader = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()
    ended_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="performance_reportschedule_day", condition=Q(day__gte=1, day__lte=LAST_DAY)),
            models.CheckConstraint(
                name="performance_reportschedule_ended_by_somebody",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="performance_reportschedule_once",
                fields=["kind", "locality", "every", "reader"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.reader}"

    @property
    def place(self) -> str:
        return str(self.locality) if self.locality_id else "The county"
