"""What was left out of a family's evidence and is shown to one person all the same."""

from datetime import time, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from families.facts.rules import AGENCIES, KINDS, OWN
from families.overriding.rules import LONGEST_REASON, OCCASIONS, Occasion
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.clock import shown
from slf.history.kept import kept
from slf.web.words import day_in_words, moment_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User

AT_ONCE = ["family", "agency", "kind", "shown_to"]


class OverrideQuerySet(FamilyRecordQuerySet):
    def counting(self) -> Self:
        return self.filter(period__contains=timezone.now())

    def for_list(self) -> Self:
        return self.select_related("shown_to", "given_by", "ended_by", "reviewed_by", "family")


@kept
class Override(FamilyRecord):
    """All facts of one kind from one agency, shown to one person until the end of a day. Only functions change it.

    It opens nothing in a claim, an export or a figure: those never ask for it.
    """

    record_class = RecordClass.EVIDENCE
    append_only = True
    agency = models.CharField(max_length=12, choices=list(AGENCIES.items()), blank=True, default=OWN)
    kind = models.CharField(max_length=32, choices=[(kind.code, kind.label) for kind in KINDS.values()])
    shown_to = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=16, choices=[(p.value, row.label) for p, row in OCCASIONS.items()])
    law = models.CharField(max_length=200)
    reason = models.CharField(max_length=LONGEST_REASON)
    given_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    period = DateTimeRangeField()
    ended_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="families_override_has_reason", condition=~Q(reason="") & ~Q(law="")),
            models.CheckConstraint(name="families_override_kind_known", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(
                name="families_override_occasion_known", condition=Q(occasion__in=[p.value for p in Occasion])
            ),
            models.CheckConstraint(
                name="families_override_reviewed_by_somebody",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="families_override_reviewed_by_somebody_else",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("given_by")) & ~Q(reviewed_by=F("shown_to")),
            ),
            models.CheckConstraint(
                name="families_override_ends",
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False) | Q(period__isempty=True),
            ),
            ExclusionConstraint(
                name="families_override_once_at_a_time",
                expressions=[
                    *((name, RangeOperators.EQUAL) for name in AT_ONCE),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, shown to {self.shown_to}"

    @property
    def what(self) -> str:
        whose = AGENCIES.get(self.agency, "the service itself")
        return f"{self.get_kind_display()}, from {whose}"

    @property
    def until(self) -> str:
        """Until when in words: to the end of a day, unless somebody ended it before."""
        if self.period.isempty:
            return "it was ended at once"
        ends = shown(self.period.upper)
        last = ends - timedelta(days=1)
        return moment_in_words(ends) if ends.time() > time.min else f"the end of {day_in_words(last)}"

    @property
    def counts(self) -> bool:
        return not self.period.isempty and self.period.lower <= timezone.now() < self.period.upper


def overridden(user: "User") -> Q:
    """Return the condition on a fact under which it is shown to a person all the same, now."""
    ours = Override.objects.visible_to(user).counting().filter(shown_to=user)
    return Q(Exists(ours.filter(family__one_with=OuterRef("family"), agency=OuterRef("agency"), kind=OuterRef("kind"))))
