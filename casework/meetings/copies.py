"""What is given of a meeting on paper: the invitation, and a copy of the minutes without what somebody must not learn.

To people of other agencies nothing is given without the family's agreement in force; what was given stands in the
report of what each partner was shown.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from casework.around.rules import ANOTHER
from casework.meetings.models import Invitee, Meeting, MeetingCopy, MeetingPoint
from casework.meetings.rules import CAME_NAMES, is_for
from families.shown.rules import BY_AGREEMENT, Shown, What
from slf.accounts.models import User
from slf.web.words import day_in_words


def invitation(meeting: Meeting, invitee: Invitee) -> dict[str, Any]:
    """Return the data of ``invitation.typ``. It names nobody else who is invited: who reads it learns nothing of
    where they will be."""
    return {
        "title": "Invitation to a meeting",
        "name": str(invitee),
        "to_family": invitee.person_id is not None,
        "family": "" if invitee.person_id else f"{meeting.family.shown.name}, {meeting.family.shown.reference}",
        "day": day_in_words(meeting.day),
        "at": f"{meeting.starts_at:%H:%M}",
        "place": meeting.place,
        "purpose": meeting.purpose,
        "called_by": str(meeting.called_by),
    }


def minutes(meeting: Meeting, *, reader: Invitee | None, until: date | None = None) -> dict[str, Any]:
    """Return the data of ``minutes.typ``: for the record (nobody) in full, else what that invited person may read.

    ``until``: a copy says what it said on the day it was given.
    """
    whom = reader.pk if reader else None
    points = [row for row in meeting.written if is_for(row.kept_from, whom) and (not until or row.written_on <= until)]
    actions = [row for row in meeting.actions.all() if is_for(row.kept_from, whom)]
    actions = [row for row in actions if not until or row.set_on <= until]
    names = {one.pk: str(one) for one in meeting.invited.all()}
    return {
        "title": f"Minutes of the meeting of {day_in_words(meeting.day)}",
        "family": meeting.family.shown.name,
        "reference": meeting.family.shown.reference,
        "reader": str(reader) if reader else "",
        "when": meeting.when,
        "place": meeting.place,
        "purpose": meeting.purpose,
        "came": [f"{one}, {one.of}: {CAME_NAMES[one.came].lower()}" for one in meeting.those_invited if one.came],
        "points": [point_line(row, names, reader) for row in points],
        "actions": [
            {"what": row.what, "who": names.get(row.owner_id, ""), "by": day_in_words(row.due_on),
             "kept": kept_words(row.kept_from, names) if reader is None else ""}
            for row in actions
        ],
        "finished": f"{meeting.finished_by}, {day_in_words(meeting.finished_on)}" if meeting.finished_on else "",
    }  # fmt: skip


def point_line(row: MeetingPoint, names: dict[int, str], reader: Invitee | None) -> dict[str, str]:
    kind = row.get_kind_display()
    kind = f"{kind}, {day_in_words(row.written_on)}" if row.is_addition else kind
    return {"kind": kind, "words": row.words, "kept": kept_words(row.kept_from, names) if reader is None else ""}


def kept_words(kept_from: Sequence[int], names: dict[int, str]) -> str:
    """Return "Not to be disclosed to Mark Beeby" of what is kept from somebody."""
    those = ", ".join(sorted(names[one] for one in kept_from if one in names))
    return f"Not to be disclosed to {those}" if those else ""


def shown_around(families: Sequence[int], *, user: User) -> Iterator[tuple[int, Shown]]:
    """Yield what people of other agencies were given of meetings, for the report on a family."""
    rows = MeetingCopy.objects.visible_to(user).of_each(families).filter(invitee__member__isnull=False)
    rows = rows.filter(invitee__member__user=None)
    for row in rows.select_related("meeting", "invitee__member__service", "given_by"):
        member = row.invitee.member
        known = bool(member.agency) and member.agency != ANOTHER
        out = f", without {row.left_out} of its entries" if row.left_out else ""
        detail = f"{row.get_what_display()}: {str(row.meeting).lower()}{out}"
        yield row.stands, Shown(
            row.given_on, member.agency if known else ANOTHER, What.DOCUMENT, detail, to=str(member),
            named="" if known else member.of or str(member), gateway=BY_AGREEMENT, by=str(row.given_by),
        )  # fmt: skip
