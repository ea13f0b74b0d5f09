"""A request to a service for a family: of the directory, or another; its days, and what became of it."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value

from casework.requests import rules
from casework.requests.rules import LONGEST, OPEN, STATE_NAMES, UNMET, WAITING, Act, State
from families.needs.rules import NEEDS
from families.people.models import Person, PersonField
from referrals.directory.models import Service
from referrals.directory.rules import MISSED_NAMES, WHY_ALL_THE_SAME, Missed
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept
from slf.policy.models import value_of
from slf.web.words import day_in_words

STATES = [(state.value, name) for state, name in STATE_NAMES.items()]
MISSED = [(one.value, name) for one, name in MISSED_NAMES.items()]
OPEN_STATES = sorted(state.value for state in OPEN)


class RequestQuerySet(FamilyRecordQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def for_page(self) -> Self:
        people = ("asked_by", "closed_by", "person__merged_into")
        return self.select_related("family__merged_into", "family__scope__locality", "service", *people)


@kept
class ServiceRequest(FamilyRecord):
    """One request. What was asked never changes; its days come one after the other."""

    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    other = models.CharField(max_length=120, blank=True, help_text="A service that the directory does not have.")
    need = models.CharField(max_length=24, choices=list(NEEDS.items()))
    person = PersonField(Person, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=LONGEST)
    missed = ArrayField(
        models.CharField(max_length=6, choices=MISSED), default=list, db_default=Value("{}"), blank=True,
        help_text="What the family did not meet of what the service asks for, when it was asked.",
    )  # fmt: skip
    all_the_same = models.CharField(
        max_length=12, blank=True, db_default="", help_text="Why it was asked all the same."
    )
    state = models.CharField(max_length=11, choices=STATES)
    asked_on = models.DateField()
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    offered_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, blank=True, help_text="Of the settings for an outcome or an unmet one.")
    closed_words = models.TextField(max_length=LONGEST, blank=True)
    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        indexes = [models.Index(fields=["need", "state"])]
        constraints = [
            models.CheckConstraint(
                name="casework_servicerequest_of_one_service",
                condition=Q(service__isnull=False, other="") | (Q(service=None) & ~Q(other="")),
            ),
            models.CheckConstraint(
                name="casework_servicerequest_missed_says_why",
                condition=Q(missed=[], all_the_same="") | (~Q(missed=[]) & ~Q(all_the_same="")),
            ),
            models.CheckConstraint(name="casework_servicerequest_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="casework_servicerequest_closed_says_how",
                condition=Q(state__in=OPEN_STATES, closed_on=None, closed_by=None, reason="", closed_words="")
                | Q(state="withdrawn", closed_on__isnull=False, closed_by__isnull=False, reason="")
                | (
                    Q(state__in=["ended", "declined", "unavailable"], closed_on__isnull=False, closed_by__isnull=False)
                    & ~Q(reason="")
                ),
            ),
            models.CheckConstraint(
                name="casework_servicerequest_started_is_met",
                condition=Q(state__in=["started", "ended"], started_on__isnull=False)
                | (~Q(state__in=["started", "ended"]) & Q(started_on=None)),
            ),
            models.CheckConstraint(
                name="casework_servicerequest_days_in_order",
                condition=(Q(offered_on=None) | Q(offered_on__gte=F("asked_on")))
                & (Q(started_on=None) | Q(started_on__gte=F("asked_on")))
                & (Q(started_on=None) | Q(offered_on=None) | Q(started_on__gte=F("offered_on")))
                & (Q(closed_on=None) | Q(closed_on__gte=F("asked_on")))
                & (Q(closed_on=None) | Q(offered_on=None) | Q(closed_on__gte=F("offered_on")))
                & (Q(closed_on=None) | Q(started_on=None) | Q(closed_on__gte=F("started_on"))),
            ),
            models.CheckConstraint(
                name="casework_servicerequest_offered_has_day",
                condition=~Q(state="offered") | Q(offered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} for {self.family}"

    @property
    def what(self) -> str:
        return str(self.service) if self.service else self.other

    @property
    def whom(self) -> str:
        return str(self.person) if self.person else "The whole family"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_unmet(self) -> bool:
        return self.state in UNMET

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def because(self) -> str:
        """The reason in words; one that is retired is still said."""
        setting = rules.WHY_UNMET if self.is_unmet else rules.OUTCOMES
        return value_of(setting).label(self.reason) if self.reason else ""

    @property
    def in_spite(self) -> str:
        """What the family did not meet, and why the service was asked all the same."""
        if not self.missed:
            return ""
        names = ", ".join(MISSED_NAMES[Missed(one)] for one in self.missed)
        return f"{names}: {value_of(WHY_ALL_THE_SAME).label(self.all_the_same)}"

    def waited(self, on: date) -> int:
        return rules.days_waited(self.asked_on, started_on=self.started_on, closed_on=self.closed_on, on=on)

    @property
    def last_day(self) -> date:
        """The latest day written down of it: what comes next is on that day or later."""
        return self.started_on or self.offered_on or self.asked_on

    @property
    def acts(self) -> list[str]:
        return [str(act) for act in Act if rules.may(self.state, act)]

    @property
    def days(self) -> list[tuple[str, str]]:
        """What happened to it, each with its day."""
        closed = STATE_NAMES[State(self.state)] if not self.is_open else ""
        told = [("Asked for", self.asked_on), ("Offered", self.offered_on), ("Started", self.started_on),
                (closed, self.closed_on)]  # fmt: skip
        return [(label, day_in_words(day)) for label, day in told if day]
