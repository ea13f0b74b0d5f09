"""Versions of a scheme and their rows, which never change; and what two people confirm or change, which makes one."""

import json
import uuid
from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from performance.pbr.rules import Row, Scheme
from performance.pbr.rules.figures import in_words
from performance.pbr.rules.shapes import PARTS, SORTS
from performance.rulebook.rules import GRADES, read
from slf.history.kept import kept
from slf.policy.proposed import WAITING, Proposed, ProposedQuerySet

FIRST_DAY = date(2000, 1, 1)
"""From when the rows a scheme came with count: before any claim was made here."""


class RuleProposalQuerySet(ProposedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("proposed_by", "confirmed_by", "taken_back_by", "version").order_by("-pk")


@kept
class RuleProposal(Proposed):
    """Some rules of a scheme, to be confirmed or changed by one document. Confirmed, it makes a version."""

    scheme = models.CharField(max_length=10)
    changes = models.JSONField(help_text="A list of rules; each with a value, as text in its own order, if it changes.")
    document = models.CharField("source document", max_length=300, help_text="What it rests on, where that is kept.")
    reason = models.CharField(max_length=500, blank=True)
    objects = RuleProposalQuerySet.as_manager()

    class Meta(Proposed.Meta):
        abstract = False
        constraints = [
            *Proposed.Meta.constraints,
            models.UniqueConstraint(name="performance_ruleproposal_one_waits", fields=["scheme"], condition=WAITING),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {', '.join(self.rules)}"

    def get_absolute_url(self) -> str:
        return reverse("performance:rules_of", args=[self.scheme])

    @property
    def rules(self) -> list[str]:
        return [each["rule"] for each in self.changes]

    @property
    def told(self) -> list[tuple[str, list[str]]]:
        """Each rule with its new value in words; none for one that is confirmed as it stands."""
        return [(each["rule"], in_words(each["value"] or {})) for each in read(self.changes)]


class SchemeVersionQuerySet(models.QuerySet[Any]):
    def live_on(self, day: date) -> Self:
        """Return the versions that count on a day: one of each scheme."""
        return self.filter(live_from__lte=day).filter(Q(live_until__isnull=True) | Q(live_until__gt=day))

    def with_rows(self) -> Self:
        return self.prefetch_related(models.Prefetch("rows", SchemeRow.objects.order_by("place")))


class SchemeVersion(models.Model):
    """All rows of a scheme as they count from a day to the day before another version. Made by PostgreSQL, once."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    starts_on = models.DateField(help_text="The first day of the programme.")
    ends_on = models.DateField()
    shipped = models.CharField(max_length=64, help_text="Digest of the rows of the product that it goes back to.")
    live_from = models.DateField(help_text="The first day on which a claim is judged by it.")
    live_until = models.DateField(null=True, help_text="The day from which another version counts.")
    made_at = models.DateTimeField(help_text="Set by the database.")
    made_by = models.OneToOneField(RuleProposal, null=True, on_delete=models.PROTECT, related_name="version")
    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="performance_schemeversion_once"),
            models.CheckConstraint(
                name="performance_schemeversion_in_order",
                condition=Q(live_until__isnull=True) | Q(live_until__gte=F("live_from")),
            ),
            ExclusionConstraint(
                name="performance_schemeversion_one_a_day",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    (
                        Func("live_from", "live_until", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, version {self.number}"

    @property
    def as_scheme(self) -> Scheme:
        """The version as the engine reads it."""
        parts: dict[str, Any] = {part: [] for part in PARTS}
        for row in self.rows.all():
            parts[row.part].append(row.as_row)
        rows = {part: tuple(found) for part, found in parts.items()}
        return Scheme(self.scheme, self.name, self.starts_on, self.ends_on, number=self.number, **rows)


class SchemeRow(models.Model):
    """One rule of one version: its value, unit, source, grade and dates. Never changed."""

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField(help_text="In the order of the scheme.")
    part = models.CharField(max_length=15, choices=[(part, part) for part in PARTS])
    rule = models.CharField(max_length=40)
    group = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=40)
    sort = models.CharField(max_length=10, choices=[(sort, sort) for sort in SORTS])
    unit = models.CharField(max_length=30, blank=True)
    question = models.CharField(max_length=300)
    value = models.TextField(help_text="JSON in its own order, which is part of what a reader sees.")
    strict = models.TextField(blank=True, help_text="The stricter reading, used until the rule is confirmed.")
    grade = models.CharField(max_length=1, choices=list(GRADES.items()))
    source = models.CharField(max_length=300)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    confirmed = models.CharField(max_length=300, blank=True, help_text="The document the county confirmed it by.")

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["version", "rule"], name="performance_schemerow_once")]

    def __str__(self) -> str:
        return f"{self.rule} of {self.version}"

    @property
    def as_row(self) -> Row:
        strict = json.loads(self.strict) if self.strict else None
        return Row(
            self.rule, self.kind, self.question, json.loads(self.value), self.grade, self.source, self.group, strict,
            self.starts_on, self.ends_on, self.confirmed, self.sort, self.unit,
        )  # fmt: skip
