"""The closing of a case: proposed or not, decided, perhaps taken back. What was said of it never changes."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casework.cases.models import Case
from casework.closing.rules import (
    ASKED_NAMES,
    CHECK_DUE,
    CHECK_MADE,
    CONSENT_NAMES,
    LIVING,
    LONGEST,
    OUTCOME_NAMES,
    REASONS,
    STANDS_NAMES,
    STATE_NAMES,
    Asked,
    Outcome,
    State,
)
from families.needs.models import Need
from referrals.allocation.models import Allocation
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept
from slf.policy.models import value_of
from slf.web.words import day_in_words

DECIDED = {"closed": "Closed by", "taken_back": "Closed by", "sent_back": "Sent back by", "withdrawn": "Withdrawn by"}
NOT_TAKEN_BACK = Q(taken_back_by__isnull=True, taken_back_on__isnull=True, taken_back_because="")
TAKEN_BACK = Q(taken_back_by__isnull=False, taken_back_on__isnull=False) & ~Q(taken_back_because="")

OUTCOMES = [(outcome.value, name) for outcome, name in OUTCOME_NAMES.items()]
STANDS = [(stands.value, name) for stands, name in STANDS_NAMES.items()]
CONSENTS = [(consent.value, name) for consent, name in CONSENT_NAMES.items()]
CHECK_STATES = [(CHECK_DUE, "Due"), (CHECK_MADE, "Made"), ("called_off", "Called off")]


class ClosingQuerySet(FamilyRecordQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.PROPOSED)

    def in_force(self) -> Self:
        """Return those by which a case is closed now."""
        return self.filter(state=State.CLOSED)

    def for_page(self) -> Self:
        people = ("proposed_by", "decided_by", "taken_back_by", "allocation__worker")
        return self.select_related("family__scope__locality", "case", *people)


@kept
class Closing(FamilyRecord):
    """One closing of a case. A trigger closes the case with it, and opens it again when it is taken back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    state = models.CharField(max_length=10, choices=[(state.value, name) for state, name in STATE_NAMES.items()])
    closes_on = models.DateField(help_text="The first day without the case.")
    reason = models.CharField(max_length=12, help_text="A code of the setting “closing_reasons”.")
    asked_by = models.CharField(max_length=8, choices=[(asked.value, name) for asked, name in ASKED_NAMES.items()])
    family_says = models.TextField(max_length=LONGEST)
    reached = models.TextField(max_length=LONGEST)
    stays = models.TextField(max_length=LONGEST, blank=True, help_text="Which services stay with the family.")
    proposed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(null=True)
    decided_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    answer = models.TextField(max_length=LONGEST, blank=True, help_text="Why it was sent back.")
    allocation = models.ForeignKey(
        Allocation, null=True, on_delete=models.PROTECT, related_name="+", help_text="What it ended of a worker's time."
    )
    plans = ArrayField(models.BigIntegerField(), default=list, help_text="The versions of the plan that it ended.")
    taken_back_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_on = models.DateField(null=True)
    taken_back_because = models.TextField(max_length=LONGEST, blank=True)
    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_closing_one_at_a_time", fields=["case"], condition=Q(state__in=sorted(LIVING))
            ),
            models.CheckConstraint(
                name="casework_closing_known",
                condition=Q(state__in=[state.value for state in State], asked_by__in=[asked.value for asked in Asked]),
            ),
            models.CheckConstraint(
                name="casework_closing_says_something", condition=~Q(family_says="") & ~Q(reached="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="casework_closing_proposed_by_somebody",
                condition=Q(proposed_by__isnull=True, proposed_on__isnull=True, state__in=["closed", "taken_back"])
                | Q(proposed_by__isnull=False, proposed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_closing_decided_once",
                condition=Q(state="proposed", decided_by__isnull=True, decided_on__isnull=True)
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(state="proposed"),
            ),
            models.CheckConstraint(
                name="casework_closing_two_people",
                condition=Q(proposed_by__isnull=True)
                | Q(decided_by__isnull=True)
                | Q(state="withdrawn", proposed_by=F("decided_by"))
                | (~Q(state="withdrawn") & ~Q(proposed_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="casework_closing_sent_back_says_why", condition=~Q(state="sent_back") ^ ~Q(answer="")
            ),
            models.CheckConstraint(
                name="casework_closing_taken_back_says_why",
                condition=(Q(state="taken_back") & TAKEN_BACK) | (~Q(state="taken_back") & NOT_TAKEN_BACK),
            ),
            models.CheckConstraint(
                name="casework_closing_not_in_advance",
                condition=Q(decided_on__isnull=True) | ~Q(state__in=["closed", "taken_back"])
                | Q(closes_on__lte=F("decided_on")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.family}, {self.get_state_display().lower()}, {day_in_words(self.closes_on)}"

    @property
    def because(self) -> str:
        """The reason in words, as the list has it now; a reason that is retired is still said."""
        return value_of(REASONS).label(self.reason)

    @property
    def is_waiting(self) -> bool:
        return self.state == State.PROPOSED

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was said and done, each with what it is called."""
        over = self.state in {State.CLOSED, State.TAKEN_BACK}
        said = [
            ("Why", self.because),
            ("Who asked for it", self.get_asked_by_display()),
            ("What the family says", self.family_says),
            ("What was reached", self.reached),
            ("Services that stay", self.stays or "None is named"),
            ("Closed from" if over else "To be closed from", day_in_words(self.closes_on)),
        ]
        done = [
            ("Proposed by", self.proposed_by, self.proposed_on, ""),
            (DECIDED.get(self.state, ""), self.decided_by, self.decided_on, self.answer),
            ("Taken back by", self.taken_back_by, self.taken_back_on, self.taken_back_because),
        ]
        return said + [
            (label, f"{who}, {day_in_words(on)}{f': {why}' if why else ''}")
            for label, who, on, why in done
            if who and on
        ]

    @property
    def settled(self) -> tuple[str, date | None]:
        """Who did the last thing to it, and when."""
        if self.state == State.TAKEN_BACK:
            return str(self.taken_back_by), self.taken_back_on
        return str(self.decided_by), self.decided_on


class NeedOutcome(FamilyRecord):
    """What became of one need, said with a closing or its proposal. Met or not wanted, the need ends with the case."""

    append_only = True
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="outcomes")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    said_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="casework_needoutcome_once", fields=["closing", "need"]),
            models.CheckConstraint(
                name="casework_needoutcome_known", condition=Q(outcome__in=[outcome.value for outcome in Outcome])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.get_outcome_display().lower()}"


class SustainmentCheckQuerySet(FamilyRecordQuerySet):
    def due(self, *, by: date) -> Self:
        return self.filter(state=CHECK_DUE, due_on__lte=by)

    def for_list(self) -> Self:
        return self.select_related("family__merged_into", "checked_by").order_by("due_on", "pk")


@kept
class SustainmentCheck(FamilyRecord):
    """A day on which it is asked how a family is whose case was closed, and what was found. It opens no case."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="checks")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=CHECK_STATES, default=CHECK_DUE)
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    stands = models.CharField(max_length=8, choices=STANDS, blank=True)
    consent = models.CharField(max_length=10, choices=CONSENTS, blank=True)
    asked = models.CharField(max_length=200, blank=True, help_text="Who was asked.")
    words = models.TextField(max_length=LONGEST, blank=True)
    objects = SustainmentCheckQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="casework_sustainmentcheck_once", fields=["closing", "months"]),
            models.CheckConstraint(
                name="casework_sustainmentcheck_made",
                condition=Q(state=CHECK_MADE, checked_on__isnull=False, checked_by__isnull=False)
                & ~Q(stands="") & ~Q(consent="") & ~Q(words="")
                | ~Q(state=CHECK_MADE) & Q(checked_on__isnull=True, checked_by__isnull=True, stands="", words=""),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["due_on"], name="casework_sustain_due", condition=Q(state=CHECK_DUE))]

    def __str__(self) -> str:
        return f"After {self.months} month{'' if self.months == 1 else 's'}, {day_in_words(self.due_on)}"

    @property
    def is_due(self) -> bool:
        return self.state == CHECK_DUE

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was found, each with what it is called."""
        said = [
            ("How it stands", f"{self.get_stands_display()}. {self.words}"),
            ("Consent", self.get_consent_display()),
        ]
        said += [("Who was asked", self.asked)] if self.asked else []
        return [*said, ("By", f"{self.checked_by}, {day_in_words(self.checked_on) if self.checked_on else ''}")]
