"""The chronology of the team around a family: who joined and left, meetings, their actions, requests to services."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from casework.around.models import TeamMember
from casework.chronology.latest import newest
from casework.chronology.more import MORE
from casework.chronology.rules import Entry, Kind, Step
from casework.documents.models import Document
from casework.meetings.models import Meeting, MeetingAction
from casework.meetings.rules import Done
from casework.requests.models import ServiceRequest
from families.people.models import Family
from slf.accounts.models import User

TOLD_OF = {
    "has_team": TeamMember, "has_meetings": Meeting, "has_meeting_actions": MeetingAction,
    "has_requests": ServiceRequest, "has_documents": Document,
}  # fmt: skip


def there_is(user: User) -> dict[str, Exists]:
    """Return what to add to the one question for a family, so that nobody asks for what it does not have: most have
    no team written down."""
    models = TOLD_OF | {name: model for name, (model, _) in MORE.items()}
    of_it = {name: model.objects.visible_to(user) for name, model in models.items()}
    return {name: Exists(rows.filter(family__one_with=OuterRef("pk"))) for name, rows in of_it.items()}


def asks(family: Family, name: str) -> bool:
    """Tell whether there is something to ask for; where nobody knows, it is asked."""
    return bool(getattr(family, name, True))


def team(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    if not asks(family, "has_team"):
        return
    href = reverse("casework:around", args=[family.uid])
    rows = TeamMember.objects.visible_to(user).filter(family=family).for_page()
    for row in newest(rows, most, "to_on", "from_on"):
        said = {"detail": (row.part, row.of), "by": str(row.added_by), "href": href}
        yield Entry(row.from_on, Kind.TEAM, Step.TEAM, f"Joined the team: {row}", **said)
        if row.to_on:
            told = {"text": row.left_because, "by": str(row.ended_by), "href": href}
            yield Entry(row.to_on, Kind.TEAM, Step.TEAM, f"Left the team: {row}", **told)


def meetings(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell of each meeting that was held or called off: its decisions are read in its minutes."""
    if not asks(family, "has_meetings"):
        return
    rows = Meeting.objects.visible_to(user).filter(family=family).for_list().select_related("cancelled_by")
    for row in newest(rows, most, "cancelled_on", "day"):
        href = row.get_absolute_url()
        if row.is_finished:
            said = {"text": row.purpose, "detail": (row.place,), "by": str(row.finished_by), "href": href}
            yield Entry(
                row.day, Kind.TEAM, Step.TEAM, "Meeting of the team around the family", at=row.starts_at, **said
            )
        if row.cancelled_on:
            told = {"text": row.cancelled_because, "by": str(row.cancelled_by), "href": href}
            yield Entry(row.cancelled_on, Kind.TEAM, Step.TEAM, f"Cancelled: meeting of {row.when}", **told)


def meeting_actions(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    if not asks(family, "has_meeting_actions"):
        return
    rows = MeetingAction.objects.visible_to(user).filter(family=family, state=Done.DONE).for_page()
    for row in newest(rows, most, "done_on"):
        said = {"text": row.came_of_it, "by": str(row.done_by), "href": row.meeting.get_absolute_url()}
        yield Entry(row.done_on, Kind.TEAM, Step.TEAM, f"Done, as agreed at a meeting: {row.what}", **said)


def service_requests(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    if not asks(family, "has_requests"):
        return
    href = reverse("casework:requests", args=[family.uid])
    rows = ServiceRequest.objects.visible_to(user).filter(family=family).for_page()
    for row in newest(rows, most, "closed_on", "started_on", "offered_on", "asked_on"):
        detail = (row.get_need_display(), f"For {row.whom}")
        said = {"text": row.words, "detail": detail, "by": str(row.asked_by), "href": href}
        yield Entry(row.asked_on, Kind.TEAM, Step.TEAM, f"Asked for: {row.what}", **said)
        if row.started_on:
            wait = (f"After {row.waited(row.started_on)} days",)
            yield Entry(row.started_on, Kind.TEAM, Step.TEAM, f"Started: {row.what}", detail=wait, href=href)
        if row.closed_on:
            because = tuple(filter(None, [row.because]))
            told = {"text": row.closed_words, "detail": because, "by": str(row.closed_by), "href": href}
            yield Entry(row.closed_on, Kind.TEAM, Step.TEAM, f"{row.what}: {row.get_state_display().lower()}", **told)
