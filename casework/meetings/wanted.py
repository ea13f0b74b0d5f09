"""A meeting that a worker asks business support to plan, and what became of that."""

from typing import Self

from django.db import models
from django.db.models import Q

from casework.meetings.models import Meeting
from casework.meetings.rules import LONGEST_WHAT, WANTED_NAMES, Wanted
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept
from slf.web.words import day_in_words

WANTED = [(state.value, name) for state, name in WANTED_NAMES.items()]


class WantedQuerySet(FamilyRecordQuerySet):
    def to_plan(self) -> Self:
        return self.filter(state=Wanted.WANTED)

    def for_list(self) -> Self:
        return self.select_related("family__merged_into", "asked_by", "settled_by", "meeting")


@kept
class WantedMeeting(FamilyRecord):
    """That somebody who works with a family wants a meeting: what for, and by when."""

    record_class = RecordClass.MEETING
    purpose = models.CharField(max_length=LONGEST_WHAT)
    by_day = models.DateField(help_text="The last day that does.")
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    state = models.CharField(max_length=8, choices=WANTED)
    meeting = models.OneToOneField(Meeting, null=True, on_delete=models.PROTECT, related_name="wanted")
    settled_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField(null=True)
    objects = WantedQuerySet.as_manager()

    class Meta:
        ordering = ["by_day", "pk"]
        constraints = [
            models.CheckConstraint(name="casework_wantedmeeting_says_what", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="casework_wantedmeeting_settled_by_somebody",
                condition=Q(state="wanted", meeting=None, settled_by=None, settled_on=None)
                | Q(state="planned", meeting__isnull=False, settled_by__isnull=False, settled_on__isnull=False)
                | Q(state="dropped", meeting=None, settled_by__isnull=False, settled_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="casework_wantedmeeting_once", fields=["family", "purpose"], condition=Q(state="wanted")
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting wanted by {day_in_words(self.by_day)}"

    @property
    def is_wanted(self) -> bool:
        return self.state == Wanted.WANTED
