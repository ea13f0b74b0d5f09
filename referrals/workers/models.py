"""When a worker works, which languages they speak, and when they are away. Nothing of a family, and no reason why."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from families.about.rules import BESIDE_ENGLISH, languages_in_words
from referrals.workers.rules import USUAL, days_in_words
from slf.history.kept import kept
from slf.web.words import day_in_words


def usual_days() -> list[int]:
    return list(USUAL)


@kept
class WorkPattern(models.Model):
    """The days and evenings one worker works, where they start from, and what they speak beside English."""

    worker = models.OneToOneField("slf.User", on_delete=models.PROTECT, related_name="work_pattern")
    days = ArrayField(models.PositiveSmallIntegerField(), default=usual_days, help_text="0 is Monday.")
    evenings = models.BooleanField(default=False)
    languages = ArrayField(
        models.CharField(max_length=3, choices=list(BESIDE_ENGLISH.items())), default=list, blank=True
    )
    district = models.CharField(max_length=4, blank=True, help_text="The first half of a postcode, like LE11.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referrals_workpattern_has_days",
                condition=Q(days__contained_by=list(range(7))) & Q(days__len__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.days_in_words}"

    @property
    def days_in_words(self) -> str:
        return days_in_words(self.days, evenings=self.evenings)

    @property
    def languages_in_words(self) -> str:
        return languages_in_words(self.languages)


class LeaveQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        return self.filter(period__contains=day)

    def not_over(self, *, on: date) -> Self:
        return self.filter(period__endswith__gt=on)


@kept
class Leave(models.Model):
    """Some days on which a worker is away. Why is nobody's business here."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="leaves")
    period = DateRangeField()
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["period", "pk"]
        constraints = [
            ExclusionConstraint(
                name="referrals_leave_once_at_a_time",
                expressions=[("worker", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="referrals_leave_has_both_ends",
                condition=Q(period__isempty=False)
                & Q(period__startswith__isnull=False)
                & Q(period__endswith__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} away {self.in_words}"

    @property
    def last_day(self) -> date:
        return self.period.upper - timedelta(days=1)

    @property
    def in_words(self) -> str:
        first, last = day_in_words(self.period.lower), day_in_words(self.last_day)
        return first if first == last else f"{first} to {last}"
