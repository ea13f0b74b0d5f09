"""A planned visit: one row for each occasion, those of a series together by its number."""

import uuid
from datetime import date, time
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from casework.diary import rules
from casework.diary.rules import CASE_CLOSED, KIND_NAMES, STATE_NAMES, State
from referrals.allocation.models import current_on
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.clock import is_working_day
from slf.history.kept import kept
from slf.policy.models import value_of
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User

KIND_CHOICES = [(kind.value, name) for kind, name in KIND_NAMES.items()]
NOT_SETTLED = Q(settled_by__isnull=True, settled_on__isnull=True, reason="", said="")
SETTLED = Q(settled_by__isnull=False, settled_on__isnull=False)


class PlannedVisitQuerySet(FamilyRecordQuerySet):
    def open(self) -> Self:
        return self.filter(state=State.PLANNED)

    def of_worker(self, user: "User", *, on: date) -> Self:
        """Return those this person goes to: named, or as the worker the family has on that day."""
        theirs = current_on(on, through="family__allocations__") & Q(family__allocations__worker=user)
        rows = self.filter(Q(worker=user) | Q(worker=None) & theirs)
        return rows.distinct()

    def for_list(self) -> Self:
        return self.select_related("family__merged_into", "worker", "planned_by", "settled_by")

    def soonest_first(self) -> Self:
        return self.order_by("due_on", models.F("due_at").asc(nulls_first=True), "pk")


@kept
class PlannedVisit(FamilyRecord):
    """A visit that is to be. ``worker`` is who goes; none: whoever works with the family then."""

    kind = models.CharField(max_length=10, choices=KIND_NAMES.items())
    due_on = models.DateField()
    due_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60, help_text="How long it takes.")
    about = models.CharField(max_length=rules.LONGEST_ABOUT, blank=True)
    worker = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    series = models.UUIDField(null=True, editable=False)
    state = models.CharField(max_length=10, choices=STATE_NAMES.items(), default=State.PLANNED.value)
    planned_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField(null=True)
    reason = models.CharField(max_length=12, blank=True, help_text="A code of the settings of visits.")
    said = models.TextField(max_length=rules.LONGEST_SAID, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    objects = PlannedVisitQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "due_at", "pk"]
        indexes = [models.Index(fields=["family", "due_on"]), models.Index(fields=["worker", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="casework_plannedvisit_known",
                condition=Q(kind__in=list(KIND_NAMES), state__in=list(STATE_NAMES), minutes__gt=0),
            ),
            models.CheckConstraint(
                name="casework_plannedvisit_settled_once",
                condition=Q(state=State.PLANNED) & NOT_SETTLED | ~Q(state=State.PLANNED) & SETTLED,
            ),
            models.CheckConstraint(
                name="casework_plannedvisit_says_why",
                condition=Q(state__in=[State.PLANNED, State.DONE], reason="")
                | Q(state__in=[State.NO_ACCESS, State.CANCELLED]) & ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="casework_plannedvisit_once",
                fields=["family", "kind", "due_on", "due_at", "worker"],
                condition=Q(state=State.PLANNED),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.when}"

    def get_absolute_url(self) -> str:
        return reverse("casework:planned_visit", args=[self.uid])

    @property
    def when(self) -> str:
        return day_in_words(self.due_on) + (f", {self.due_at:%H:%M}" if self.due_at else "")

    @property
    def length(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        said = [f"{hours} hour{'' if hours == 1 else 's'}" if hours else "", f"{minutes} minutes" if minutes else ""]
        return " ".join(filter(None, said))

    @property
    def tone(self) -> str:
        return rules.TONES[State(self.state)]

    @property
    def words(self) -> str:
        """When and what, in a line: with no kind where it is the usual one."""
        said = [self.when, "" if self.kind == rules.Kind.HOME else self.get_kind_display().lower(), self.about]
        return ", ".join(filter(None, [*said, "outside office hours" if self.is_outside_hours else ""]))

    @property
    def meets_nobody(self) -> bool:
        """Tell whether nobody goes anywhere."""
        return self.kind in {rules.Kind.PHONE, rules.Kind.MESSAGE}

    @property
    def is_open(self) -> bool:
        return self.state == State.PLANNED

    @property
    def because(self) -> str:
        """The reason in words, as the list has it now."""
        if self.reason == CASE_CLOSED:
            return "The case was closed"
        known = rules.NO_ACCESS if self.state == State.NO_ACCESS else rules.CANCELLED
        return value_of(known).label(self.reason) if self.reason else ""

    @property
    def is_outside_hours(self) -> bool:
        return is_outside_hours(self.due_on, self.due_at)

    @property
    def plan(self) -> rules.Planned:
        return rules.Planned(self.kind, self.due_on, self.due_at, self.minutes, self.about)


def is_outside_hours(day: date, at: time | None) -> bool:
    """Tell whether a visit was or is to be outside office hours, by the hours that the county has on that day."""
    opens, closes = value_of(rules.OFFICE_OPENS, on=day), value_of(rules.OFFICE_CLOSES, on=day)
    return rules.outside_hours(day, at, opens=opens, closes=closes, is_working_day=is_working_day(day))


def new_series() -> uuid.UUID:
    return uuid.uuid4()
