"""A decision on progress: proposed by who works with the family, decided once by somebody else. Words never change."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.equivalents.rules import LONGEST, REASONS, STATE_NAMES, TONES, State
from families.needs.models import Need
from slf.access.models import FamilyRecord, OfStaffQuerySet
from slf.history.kept import kept
from slf.policy.models import value_of
from slf.web.words import day_in_words

STATES = [(state.value, name) for state, name in STATE_NAMES.items()]


class EquivalentQuerySet(OfStaffQuerySet):
    """What a claim rests on is for no partner that the family is shared with."""

    def for_page(self) -> Self:
        people = ("proposed_by", "decided_by", "need__person__merged_into", "family__merged_into")
        return self.select_related("family__scope__locality", *people)


@kept
class EquivalentProgress(FamilyRecord):
    """That progress with one need is worth the goal. Approved, it goes into a claim with who approved it and why."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="equivalents")
    because = models.CharField(max_length=12, help_text="A code of the setting “equivalent_because”.")
    words = models.TextField(max_length=LONGEST, help_text="What was reached, and how it is known.")
    state = models.CharField(max_length=9, choices=STATES, default=State.PROPOSED)
    proposed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    decided_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    grade = models.CharField(max_length=60, blank=True, help_text="The post of whoever decided, on that day.")
    answer = models.TextField(max_length=LONGEST, blank=True)
    objects = EquivalentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_equivalent_one_waits", fields=["need"], condition=Q(state=State.PROPOSED)
            ),
            models.CheckConstraint(
                name="casework_equivalent_known", condition=Q(state__in=[state.value for state in State])
            ),
            models.CheckConstraint(
                name="casework_equivalent_says_why", condition=~Q(because="") & ~Q(words="")
            ),
            models.CheckConstraint(
                name="casework_equivalent_decided_once",
                condition=Q(state="proposed", decided_by__isnull=True, decided_on__isnull=True)
                | Q(decided_by__isnull=False, decided_on__gte=F("proposed_on")) & ~Q(state="proposed"),
            ),
            models.CheckConstraint(
                name="casework_equivalent_two_people",
                condition=Q(state__in=["proposed", "withdrawn"]) | ~Q(proposed_by=F("decided_by")) & ~Q(grade=""),
            ),
            models.CheckConstraint(
                name="casework_equivalent_refused_says_why", condition=~Q(state="refused") | ~Q(answer="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Equivalent progress: {self.need}"

    def get_absolute_url(self) -> str:
        return reverse("casework:equivalents", args=[self.family.shown.uid])

    @property
    def because_words(self) -> str:
        """The reason in words; one that is retired is still said."""
        return value_of(REASONS).label(self.because)

    @property
    def tone(self) -> str:
        return TONES[State(self.state)]

    @property
    def waits(self) -> bool:
        return self.state == State.PROPOSED

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was said and decided, each with what it is called."""
        said = [
            ("Need", f"{self.need}{f' ({self.need.person})' if self.need.person else ''}"),
            ("Why it counts as equal", self.because_words),
            ("What was reached", self.words),
            ("Proposed by", f"{self.proposed_by}, {day_in_words(self.proposed_on)}"),
        ]
        if self.decided_on:
            grade = f", {self.grade}" if self.grade else ""
            why = f": {self.answer}" if self.answer else ""
            told = f"{self.decided_by}{grade}, {day_in_words(self.decided_on)}{why}"
            said.append((f"{self.get_state_display()} by", told))
        return said
