"""From which page a task was set: a page of the family, or one record. A link leads back to it.

An area whose record has a page of its own adds a line here: the name of the address is the kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import reverse

from families.people.models import Family
from slf.access.rights import rights_of
from slf.access.rules import RecordClass
from slf.accounts.models import User


@dataclass(frozen=True)
class Page:
    """What the page is called. ``model``: the record it shows; without one it is a page of the family."""

    label: str
    model: str = ""
    record_class: RecordClass = RecordClass.RECORD
    app: str = "casework"

    def address(self, kind: str, family: Family, uid: UUID | None) -> str:
        return reverse(f"{self.app}:{kind}", args=[uid if self.model else family.uid])


@dataclass(frozen=True)
class About:
    """What a task is about: the kind of page, and which record where it shows one."""

    kind: str
    uid: UUID | None = None


PAGES: Mapping[str, Page] = {
    "family": Page("Overview", app="families"),
    "flags": Page("Flags", app="families"),
    "household": Page("Household", app="families"),
    "genogram": Page("Genogram", app="families"),
    "sharing": Page("Sharing and consent", record_class=RecordClass.EVIDENCE, app="families"),
    "evidence": Page("Evidence", record_class=RecordClass.EVIDENCE, app="families"),
    "chronology": Page("Chronology"),
    "case": Page("Case"),
    "visits": Page("Visits"),
    "assessments": Page("Assessment"),
    "plan": Page("Plan"),
    "plan_reviews": Page("Reviews of the plan"),
    "star": Page("Star"),
    "help_given": Page("Help given"),
    "around": Page("Team around the family"),
    "meetings": Page("Meetings"),
    "requests": Page("Requests to services"),
    "own_pages": Page("Own pages of the plan"),
    "family_supervision": Page("Supervision"),
    "family_concerns": Page("Safeguarding", record_class=RecordClass.SAFEGUARDING),
    "budget": Page("Budget", record_class=RecordClass.MONEY),
    "planned_visit": Page("Planned visit", "casework.PlannedVisit"),
    "assessment": Page("Assessment", "casework.Assessment"),
    "meeting": Page("Meeting", "casework.Meeting"),
    "concern": Page("Safeguarding concern", "casework.Concern", RecordClass.SAFEGUARDING),
    "spending": Page("Money asked for", "casework.Spending", RecordClass.MONEY),
}


def about_of(family: Family, *, kind: str, uid: UUID | None, by: User) -> About | None:
    """Return what somebody says a task is about, if it is a page of this family that they may open; else nothing."""
    page = PAGES.get(kind)
    if page is None or not opens(page, family, by):
        return None
    if not page.model:
        return About(kind)
    rows: Any = apps.get_model(page.model)._default_manager.visible_to(by)  # type: ignore[attr-defined]
    return About(kind, uid) if uid and rows.filter(family=family, uid=uid).exists() else None


def opens(page: Page, family: Family, user: User) -> bool:
    return rights_of(user).opens(page.record_class, scope_id=family.scope_id, family_id=family.pk)


def link_of(family: Family, *, kind: str, uid: UUID | None, by: User) -> tuple[str, str] | None:
    """Return how the page is called and where it is, to whoever may open pages of its kind of this family."""
    page = PAGES.get(kind)
    if page is None or not opens(page, family, by) or (page.model and not uid):
        return None
    return page.label, page.address(kind, family, uid)
