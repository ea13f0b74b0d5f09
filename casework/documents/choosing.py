"""What of a family's record a document may be about, as a list to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from casework.assessments.models import Assessment
from casework.documents.rules import About
from casework.meetings.models import Meeting
from casework.plans.models import Plan
from casework.plans.rules import PlanState
from casework.safeguarding.models import Concern
from casework.stars.models import Reading
from casework.supervision.models import Decision, Supervision, SupervisionPart
from casework.visits.models import Visit
from families.people.models import Family
from slf.accounts.models import User
from slf.web.words import day_in_words

LATEST = 10


@dataclass(frozen=True)
class Thing:
    about: About
    row: Any
    label: str

    @property
    def key(self) -> str:
        return f"{self.about}:{self.row.uid}"


def things_of(family: Family, *, by: User) -> list[Thing]:
    """Return what this person sees of the record, the latest of each."""
    visits = Visit.objects.visible_to(by).filter(family=family).newest_first()[:LATEST]
    plans = Plan.objects.visible_to(by).filter(family=family, state=PlanState.AGREED)[:LATEST]
    assessments = Assessment.objects.visible_to(by).filter(family=family).exclude(state="dropped")[:LATEST]
    concerns = Concern.objects.visible_to(by).filter(family=family).for_list()[:LATEST]
    meetings = Meeting.objects.visible_to(by).filter(family=family).exclude(state="cancelled")[:LATEST]
    readings = Reading.objects.visible_to(by).filter(family=family).select_related("tool")[:LATEST]
    return [
        *(Thing(About.VISIT, row, f"Visit or contact: {row}") for row in visits),
        *(Thing(About.PLAN, row, f"Plan, version {row.number}") for row in plans),
        *(Thing(About.ASSESSMENT, row, f"{row}") for row in assessments),
        *(Thing(About.CONCERN, row, label_of(row)) for row in concerns if not row.is_mistaken),
        *(Thing(About.MEETING, row, f"{row}") for row in meetings),
        *(Thing(About.READING, row, f"Star reading of {day_in_words(row.taken_on)}") for row in readings),
        *(Thing(About.SUPERVISION, row, f"Supervision: {row}") for row in talked_over([family.pk], by=by)[:LATEST]),
        *(Thing(About.OWN_PART, row, f"Between the two: {row}") for row in own_parts([family.pk], by=by)[:LATEST]),
    ]


def talked_over(families: Sequence[int], *, by: User) -> QuerySet[Supervision]:
    """Return the supervisions that this person may read and in which one of these families was decided on."""
    decided = Decision.objects.visible_to(by).filter(family__in=families).values("part__supervision")
    return Supervision.objects.visible_to(by).filter(pk__in=decided).order_by("-held_on", "-pk")


def own_parts(families: Sequence[int], *, by: User) -> QuerySet[SupervisionPart]:
    """Return whose own part of such a supervision this person may read: the two, and the line above."""
    decided = Decision.objects.visible_to(by).filter(family__in=families).values("part")
    rows = SupervisionPart.objects.visible_to(by).own_of(by).filter(pk__in=decided).for_page()
    return rows.order_by("-supervision__held_on", "-pk")


def label_of(concern: Concern) -> str:
    return f"{concern}, {day_in_words(concern.at)}"
