"""The chronology of a case: opened, given to somebody, handed over, closed, and a closing taken back."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Max, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from casework.cases.models import Case, Handover
from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.closing.models import Closing
from casework.closing.rules import State
from casework.stages.models import CareStep
from casework.stages.rules import WAY_NAMES, Way
from casework.supervision.models import Decision
from families.people.models import Family
from referrals.allocation.models import Allocation
from slf.accounts.models import User
from slf.web.words import day_in_words

OF_STEP = {
    "way": "way", "day": "happened_on", "whom": "whom", "reason": "reason", "first": "recorded_by__first_name",
    "last": "recorded_by__last_name", "name": "recorded_by__username", "answered": "acknowledged_who",
    "went_on": "went_on_on", "because": "went_on_because",
}  # fmt: skip


def care_steps(steps: Sequence[dict[str, Any]], family: Family) -> Iterator[Entry]:
    """Tell of each step up to social care or down from it, asked for together with its case."""
    href = reverse("casework:case", args=[family.uid])
    for step in steps:
        by = f"{step['first']} {step['last']}".strip() or step["name"]
        answered = f"Acknowledged by {step['answered']}" if step["answered"] else ""
        detail = tuple(filter(None, (step["whom"], answered)))
        said = {"text": step["reason"], "detail": detail, "by": by, "href": href}
        yield Entry(as_day(step["day"]), Kind.DECISION, Step.CARE_STEP, WAY_NAMES[Way(step["way"])], **said)
        if step["went_on"]:
            text = step["because"]
            yield Entry(
                as_day(step["went_on"]), Kind.DECISION, Step.CARE_STEP, "The case goes on", text=text, href=href
            )


def as_day(text: str) -> date:
    return date.fromisoformat(text)


def cases(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell when cases were opened and closed; how a case was closed here is told by its closing."""
    told = Closing.objects.visible_to(user).in_force().filter(case=OuterRef("pk"))
    rows = Case.objects.visible_to(user).filter(family=family).select_related("opened_by").annotate(told=Exists(told))
    steps = CareStep.objects.visible_to(user).filter(case=OuterRef("pk")).order_by("pk")
    rows = rows.annotate(
        steps=ArraySubquery(steps.values_list(JSONObject(**{name: F(at) for name, at in OF_STEP.items()})))
    )
    for case in newest(rows, most, "closed_on", "attached_on", "opened_on"):
        yield Entry(case.opened_on, Kind.DECISION, Step.CASE_OPENED, "Case opened", by=str(case.opened_by))
        yield from care_steps(case.steps, family)
        if case.attached_on:
            yield Entry(case.attached_on, Kind.DECISION, Step.WORK_BEGAN, "The family agreed and work began")
        if case.closed_on and not case.told:
            yield Entry(case.closed_on, Kind.DECISION, Step.CASE_CLOSED, "Case closed")


def closings(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell how a case was closed, what was proposed and sent back, and what was taken back: nothing of it goes away."""
    href = reverse("casework:case", args=[family.uid])
    rows = Closing.objects.visible_to(user).filter(family=family).exclude(state=State.WITHDRAWN).for_page()
    for row in newest(rows, most, "taken_back_on", "decided_on", "proposed_on"):
        if row.proposed_on:
            by = str(row.proposed_by)
            yield Entry(row.proposed_on, Kind.DECISION, Step.CLOSING_PROPOSED, "Closing proposed", by=by, href=href)
        if row.state == State.SENT_BACK:
            said = {"text": row.answer, "by": str(row.decided_by), "href": href}
            yield Entry(row.decided_on, Kind.DECISION, Step.CLOSING_PROPOSED, "Closing sent back", **said)
        elif row.decided_on:
            detail = (row.because, *(("Taken back later",) if row.taken_back_on else ()))
            said = {"text": row.reached, "detail": detail, "by": str(row.decided_by), "href": href}
            yield Entry(row.closes_on, Kind.DECISION, Step.CASE_CLOSED, "Case closed", **said)
        if row.taken_back_on:
            said = {"text": row.taken_back_because, "by": str(row.taken_back_by), "href": href}
            yield Entry(row.taken_back_on, Kind.DECISION, Step.CLOSING_TAKEN_BACK, "Closing taken back", **said)


def allocations(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Allocation.objects.visible_to(user).filter(family=family).select_related("worker", "allocated_by")
    for row in newest(rows, most, "period__endswith", "period__startswith"):
        complex_ = ("Highly complex",) if row.highly_complex else ()
        title, by, why = f"Allocated to {row.worker}", str(row.allocated_by), row.over_reason
        yield Entry(row.period.lower, Kind.DECISION, Step.ALLOCATED, title, text=why, detail=complex_, by=by)
        if row.period.upper:
            yield Entry(row.period.upper, Kind.DECISION, Step.HANDED_OVER, f"No longer with {row.worker}")


def handovers(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Handover.objects.visible_to(user).filter(family=family).select_related("former", "next", "made_by")
    for row in newest(rows, most, "happened_on"):
        together = (f"Both visit on {day_in_words(row.joint_visit_on)}",) if row.joint_visit_on else ()
        title, by = f"Handed over by {row.former} to {row.next}", str(row.made_by)
        yield Entry(row.happened_on, Kind.DECISION, Step.HANDED_OVER, title, text=row.must_know, detail=together, by=by)


def decisions(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell what was decided in supervision, and what of it was done."""
    href = reverse("casework:family_supervision", args=[family.uid])
    rows = Decision.objects.visible_to(user).filter(family=family).for_page().annotate(done=Max("actions__done_on"))
    for row in newest(rows, most, "done", "decided_on"):
        actions = list(row.actions.all())
        agreed = tuple(f"{one.what}: {one.owner}, by {day_in_words(one.due_on)}" for one in actions)
        mark = f"decision:{row.uid}"
        said = {"text": row.note, "detail": agreed, "by": str(row.decided_by), "href": href, "mark": mark}
        yield Entry(row.decided_on, Kind.DECISION, Step.SUPERVISED, f"Decided in supervision: {row.words}", **said)
        for one in actions:
            if one.done_on:
                title = f"Done, as agreed in supervision: {one.what}"
                told = {"text": one.came_of_it, "by": str(one.done_by), "href": href, "mark": mark}
                yield Entry(one.done_on, Kind.DECISION, Step.SUPERVISED, title, **told)
