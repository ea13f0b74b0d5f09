"""A copy of the chronology for one person: who asked, who read and released it, what was in it, who gave it."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.chronology.rules import FOR_A_READER, KIND_NAMES, Kind
from casework.copies.rules import KEPT, LIVING, LONGEST, STATE_NAMES, State
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, OfStaffQuerySet
from slf.history.kept import kept
from slf.web.words import day_in_words

NAMED = {"on_delete": models.PROTECT, "related_name": "+"}
KINDS = [(kind.value, KIND_NAMES[kind]) for kind in Kind if kind in FOR_A_READER]


class ChronologyCopyQuerySet(OfStaffQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def for_page(self) -> Self:
        people = ("asked_by", "decided_by", "given_by", "person__merged_into")
        return self.select_related("family__merged_into", "family__scope__locality", *people)


@kept
class ChronologyCopy(FamilyRecord):
    """One asking. ``content``: what is on the paper, kept with the release and never changed; ``entries``: what of the
    record it tells of, so that a later mark is noticed."""

    person = PersonField(Person, on_delete=models.PROTECT, related_name="story_copies")
    state = models.CharField(max_length=9, choices=[(state.value, name) for state, name in STATE_NAMES.items()])
    kind = models.CharField(max_length=10, blank=True, choices=KINDS)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    why = models.CharField(max_length=LONGEST, help_text="What they want it for.")
    asked_by = models.ForeignKey("slf.User", **NAMED)
    asked_on = models.DateField()
    decided_by = models.ForeignKey("slf.User", null=True, **NAMED)
    decided_on = models.DateField(null=True)
    answer = models.CharField(max_length=LONGEST, blank=True, help_text="Why it was sent back.")
    content = models.JSONField(null=True)
    entries = ArrayField(models.CharField(max_length=60), default=list)
    left_out = models.PositiveSmallIntegerField(default=0)
    given_by = models.ForeignKey("slf.User", null=True, **NAMED)
    given_on = models.DateField(null=True)
    objects = ChronologyCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "chronology copies"
        constraints = [
            models.UniqueConstraint(
                name="casework_chronologycopy_one_at_a_time", fields=["family", "person"],
                condition=Q(state__in=sorted(LIVING)),
            ),
            models.CheckConstraint(
                name="casework_chronologycopy_known",
                condition=Q(state__in=[state.value for state in State], kind__in=["", *(kind for kind, _ in KINDS)])
                & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="casework_chronologycopy_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(asked_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="casework_chronologycopy_decided_by_somebody",
                condition=Q(state="waiting", decided_by=None, decided_on=None)
                | (~Q(state="waiting") & Q(decided_by__isnull=False, decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="casework_chronologycopy_sent_back_says_why", condition=~Q(state="sent_back") ^ ~Q(answer="")
            ),
            models.CheckConstraint(
                name="casework_chronologycopy_kept_as_read",
                condition=Q(state="sent_back") | (Q(state__in=sorted(KEPT)) ^ Q(content__isnull=True)),
            ),
            models.CheckConstraint(
                name="casework_chronologycopy_given_by_somebody",
                condition=Q(state="given", given_by__isnull=False, given_on__isnull=False)
                | (~Q(state="given") & Q(given_by=None, given_on=None)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Copy of the chronology for {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("casework:chronology_copy", args=[self.uid])

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_released(self) -> bool:
        return self.state == State.RELEASED

    @property
    def is_kept(self) -> bool:
        return self.state in KEPT

    @property
    def is_living(self) -> bool:
        return self.state in LIVING

    @property
    def asked_for(self) -> str:
        """What of the story was asked for: "Contacts. From 3 October 2012."."""
        said = [
            self.get_kind_display() if self.kind else "Everything that may be in such a copy",
            f"From {day_in_words(self.since)}" if self.since else "",
            f"To {day_in_words(self.until)}" if self.until else "",
        ]
        return " ".join(f"{part}." for part in said if part)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What was asked and what became of it, each with what it is called."""
        decided = "Sent back by" if self.state == State.SENT_BACK else "Released by"
        told = [
            ("Asked for", self.asked_on, f"{self.asked_by}, {{day}}"),
            (decided, self.decided_on, f"{self.decided_by}, {{day}}{self.answer and f': {self.answer}'}"),
            ("Given by", self.given_on, f"{self.given_by}, {{day}}"),
        ]
        known = [("What of it", self.asked_for), ("What it is for", self.why)]
        return known + [(label, said.replace("{day}", day_in_words(day))) for label, day, said in told if day]
