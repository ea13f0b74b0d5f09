"""What of a family's record a document may be about, as a list to choose from."""

from dataclasses import dataclass
from typing import Any

from casework.assessments.models import Assessment
from casework.documents.rules import About
from casework.plans.models import Plan
from casework.plans.rules import PlanState
from casework.safeguarding.models import Concern
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
    return [
        *(Thing(About.VISIT, row, f"Visit or contact: {row}") for row in visits),
        *(Thing(About.PLAN, row, f"Plan, version {row.number}") for row in plans),
        *(Thing(About.ASSESSMENT, row, f"{row}") for row in assessments),
        *(Thing(About.CONCERN, row, label_of(row)) for row in concerns if not row.is_mistaken),
    ]


def label_of(concern: Concern) -> str:
    return f"{concern}, {day_in_words(concern.at)}"
