"""Who is out alone, who answers, who was called, and when the clock looked last. Written by functions of PostgreSQL."""

import uuid
from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from casework.lone_working import rules
from casework.lone_working.rules import BECAUSE_NAMES, RANK_NAMES, Because
from slf.access.models import Locality


class Turn(models.Model):
    """Somebody's turn to answer, for one locality or, without one, for the county."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=8, choices=[(rank.value, name) for rank, name in RANK_NAMES.items()])
    period = DateTimeRangeField()
    given_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["period", "pk"]
        constraints = [
            ExclusionConstraint(
                name="casework_turn_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("rank", RangeOperators.EQUAL),
                    (Coalesce("locality", Value(0, models.BigIntegerField())), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="casework_turn_has_an_end",
                condition=Q(period__endswith__isnull=False, period__startswith__isnull=False)
                & Q(rank__in=[rank.value for rank in RANK_NAMES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_rank_display().lower()}, {self.locality or 'the county'}"


class SafeWord(models.Model):
    """The word by which one person says that they are not safe. Only its digest is kept."""

    policy = ("owned", "user_id")
    user = models.OneToOneField("slf.User", on_delete=models.PROTECT, related_name="+")
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    set_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"Word of {self.user}"


class Outing(models.Model):
    """One time that somebody is out alone. Read by them, and once they are late by who answers; then deleted."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, blank=True, help_text="Of the family, if it is about one: no name.")
    place = models.CharField(max_length=rules.LONGEST_PLACE)
    phone = models.CharField(max_length=rules.LONGEST_PHONE)
    armed_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    grace = models.PositiveSmallIntegerField(help_text="Minutes after which it is an alarm.")
    ended_at = models.DateTimeField(null=True, help_text="When they said that they are back.")
    raised_at = models.DateTimeField(null=True)
    because = models.CharField(
        max_length=8, blank=True, choices=[(because.value, name) for because, name in BECAUSE_NAMES.items()]
    )
    answered_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=rules.LONGEST_OUTCOME, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_outing_one_at_a_time", fields=["user"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="casework_outing_raised_says_why",
                condition=Q(raised_at__isnull=True, because="")
                | Q(raised_at__isnull=False, because__in=[because.value for because in BECAUSE_NAMES]),
            ),
            models.CheckConstraint(
                name="casework_outing_answered_by_somebody_else",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("user")),
            ),
            models.CheckConstraint(
                name="casework_outing_closed_says_how",
                condition=Q(closed_by__isnull=True, closed_at__isnull=True, outcome="")
                | Q(closed_by__isnull=False, closed_at__isnull=False, raised_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, out until {self.due_at:%H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("casework:answer_alarm", args=[self.uid])

    @property
    def alarm_at(self) -> datetime:
        return rules.alarm_at(self.due_at, self.grace)

    @property
    def told_to_its_owner(self) -> bool:
        """Tell whether the person's own screen says that an alarm was raised: never that of a word for duress."""
        return self.raised_at is not None and self.because != Because.DURESS

    @property
    def may_be_rung(self) -> bool:
        """Tell whether a page may offer to ring them: after a word for duress somebody may be listening."""
        return self.because != Because.DURESS

    @property
    def what_to_do(self) -> str:
        return rules.WHAT_TO_DO[Because(self.because)] if self.because else ""


class AlarmCall(models.Model):
    """Somebody who was called to answer an alarm."""

    outing = models.ForeignKey(Outing, on_delete=models.CASCADE, related_name="calls")
    user = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=8, choices=[(rank.value, name) for rank, name in RANK_NAMES.items()])
    called_at = models.DateTimeField(db_default=Now())
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="casework_alarmcall_once", fields=["outing", "user"])]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_rank_display().lower()}"


class Watch(models.Model):
    """When the clock, a worker or a page looked last whether somebody is late."""

    source = models.CharField(max_length=8, primary_key=True)
    looked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="When somebody was told last that it had stopped.")

    class Meta:
        verbose_name_plural = "watches"

    def __str__(self) -> str:
        return self.source
