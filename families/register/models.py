"""The register: the lawful basis of each kind of processing, and the gateway of each share. Dated, never rewritten."""

import uuid
from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from families.facts.rules import AGENCIES, CATEGORIES
from families.register.rules import GRADES, PURPOSES, Ground, Purpose
from slf.history.kept import kept

PURPOSE_CHOICES = [(p.value, name) for p, name in PURPOSES.items()]
GRADE_CHOICES = list(GRADES.items())
COUNTS = Q(confirmed_by__isnull=False) | Q(proposed_by__isnull=True)
STANDS = Q(confirmed_by__isnull=False) | Q(ended_by__isnull=True)
"""What was not taken back before anybody confirmed it."""


class RowQuerySet(models.QuerySet[Any]):
    def counting(self) -> Self:
        """Return the rows that count in their time: confirmed by a second person, or shipped with their source."""
        return self.filter(COUNTS)

    def waiting(self) -> Self:
        """Return the rows that wait for a second person."""
        return self.exclude(COUNTS).filter(ended_by__isnull=True)

    def on(self, day: date) -> Self:
        return self.filter(period__contains=day)

    def for_list(self) -> Self:
        return self.select_related("proposed_by", "confirmed_by", "ended_by").order_by("category", "purpose", "period")


class RegisterRow(models.Model):
    """One row of the register. Proposed by one person, confirmed by another; who shipped one is nobody."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=10, choices=PURPOSE_CHOICES)
    category = models.CharField("category of data", max_length=16, choices=list(CATEGORIES.items()))
    law = models.CharField(max_length=200, help_text="The statute and section, or whose consent.")
    by_consent = models.BooleanField(default=False)
    period = DateRangeField(help_text="From the first day it counts to the day before its end; empty if it never did.")
    document = models.CharField(max_length=300, blank=True, help_text="Where it is written down.")
    source = models.CharField(max_length=300)
    grade = models.CharField(max_length=1, choices=GRADE_CHOICES)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replacements")
    proposed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True)
    ended_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.CharField(max_length=500, blank=True)
    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_two_people",
                condition=Q(confirmed_by__isnull=True)
                | (Q(proposed_by__isnull=False) & ~Q(proposed_by=F("confirmed_by"))),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_a_start",
                condition=Q(period__startswith__isnull=False) | Q(period__isempty=True),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ended_says_why",
                condition=Q(ended_by__isnull=True) | ~Q(ended_because=""),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_replaced_once", fields=["replaces"], condition=STANDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.law}"

    def get_absolute_url(self) -> str:
        return reverse("families:register_row", args=[self.called, self.uid])

    @property
    def is_shipped(self) -> bool:
        """Tell whether it came with the service: an example until the county has its own."""
        return self.proposed_by_id is None

    @property
    def is_replaced(self) -> bool:
        """Tell whether another row was put in its place or waits to be; one that was taken back leaves it free."""
        return self.replacements.filter(STANDS).exists()

    @property
    def is_waiting(self) -> bool:
        return not self.is_shipped and self.confirmed_by_id is None and self.ended_by_id is None

    def counts_on(self, day: date) -> bool:
        counts = self.is_shipped or self.confirmed_by_id is not None
        return counts and day in self.period


@kept
class Basis(RegisterRow):
    """The lawful basis of using one category of data for one purpose; one at a time."""

    called = "bases"
    special = models.CharField(
        "condition for sensitive data", max_length=200, blank=True, help_text="The second condition, where one is due."
    )

    class Meta(RegisterRow.Meta):
        verbose_name_plural = "bases"
        constraints = [
            *RegisterRow.Meta.constraints,
            ExclusionConstraint(
                name="families_basis_one_at_a_time",
                expressions=[
                    ("purpose", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=COUNTS,
            ),
        ]

    @property
    def ground(self) -> Ground:
        return Ground(self.category, None, self.by_consent)


@kept
class Gateway(RegisterRow):
    """By what one agency shares one category of data for one purpose; several may stand beside each other."""

    called = "gateways"
    agency = models.CharField(max_length=12, choices=list(AGENCIES.items()))

    class Meta(RegisterRow.Meta):
        pass

    @property
    def ground(self) -> Ground:
        return Ground(self.category, self.agency, self.by_consent)


def grounds_on(day: date, *, purpose: Purpose) -> list[Ground]:
    """Return the rows that count for a purpose on a day."""
    models_ = (Basis, Gateway)
    return [row.ground for model in models_ for row in model.objects.counting().on(day).filter(purpose=purpose)]
