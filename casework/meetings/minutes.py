"""Writing the minutes: who came, paragraph by paragraph, together with whoever writes them at the same time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from casework.meetings import rules
from casework.meetings.holding import lock
from casework.meetings.models import Invitee, Meeting, MeetingPoint
from casework.meetings.rules import CAME_NAMES, WRITTEN, Said, WrongMeeting
from casework.meetings.services import check_kept
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.drafts.rules import Verdict, Written
from slf.drafts.services import send_draft
from slf.web.together import settle

POINT, CAME = "point", "came"
Answer = Said | str


@dataclass(frozen=True)
class Saved:
    """What became of writing the minutes: ``differing`` names what two people changed; ``copy`` is another draft."""

    meeting: Meeting
    differing: tuple[str, ...] = ()
    copy: Draft | None = None
    standing: Mapping[str, Answer] = field(default_factory=dict)


def key(kind: str, row: Invitee | MeetingPoint) -> str:
    return f"{kind}-{row.uid}"


def as_said(point: MeetingPoint) -> Said:
    return Said(point.kind, point.words, frozenset(point.kept_from))


def answers_of(meeting: Meeting) -> dict[str, Answer]:
    """Return what the minutes say now, answer by answer; of those not invited any more, nothing is asked."""
    came: dict[str, Answer] = {key(CAME, one): one.came for one in meeting.invited.all() if not one.is_withdrawn}
    return came | {key(POINT, point): as_said(point) for point in meeting.points.all() if not point.is_addition}


@transaction.atomic
def write_minutes(
    meeting: Meeting, *, answers: Mapping[str, Answer], more: Sequence[Said], revision: int, by: User, on: date,
    touched: Collection[str] | None = None,
) -> Saved:  # fmt: skip
    """Write who came and what was said; ``more`` are new paragraphs, which never contradict anybody's.

    Of what somebody else changed since ``revision`` nothing is overwritten: then nothing is written at all, and
    ``differing`` says what has to be chosen. ``touched``: what the writer changed.
    """
    held = lock(meeting, by=by)
    rules.check_planned(held.state)
    rows = _rows_of(held)
    gone = {row.pk for row in rows.values() if isinstance(row, Invitee) and row.is_withdrawn}
    mine = {name: _with_kept(said, rows.get(name), gone) for name, said in answers.items()}
    new = [said for said in (rules.tidied(each) for each in more) if not said.is_blank]
    _check(held, mine, new, known=rows)
    theirs = answers_of(held)
    moved = {name for name, row in rows.items() if row.revision > revision}
    settled = settle(mine, theirs, touched=set(mine) if touched is None else touched, moved=moved)
    if settled.differing:
        return Saved(held, settled.differing, standing={name: theirs[name] for name in settled.differing})
    if settled.write or new:
        _write(held, settled.write, new, rows=rows, by=by, on=on)
    return Saved(held)


@transaction.atomic
def write_from_draft(
    uid: UUID, meeting: Meeting, *, written: Written, answers: Mapping[str, Answer], more: Sequence[Said],
    revision: int, by: User, on: date, touched: Collection[str] | None = None,
) -> Saved:  # fmt: skip
    """Write the minutes from a draft, and close it. Sent again, it changes nothing; what differs leaves it open."""
    was_open = Draft.objects.of(by).unsent().select_for_update(of=("self",), no_key=True).filter(uid=uid).exists()
    sent = send_draft(uid, by=by, written=written)
    if sent.verdict is Verdict.CONFLICT:
        return Saved(meeting, copy=sent.draft)
    if not was_open:
        return Saved(meeting)
    saved = write_minutes(meeting, answers=answers, more=more, revision=revision, by=by, on=on, touched=touched)
    if saved.differing:
        Draft.objects.of(by).filter(pk=sent.draft.pk).update(sent_at=None)  # open until somebody has chosen
    return saved


def _with_kept(said: Answer, row: Invitee | MeetingPoint | None, gone: set[int]) -> Answer:
    """Return an answer tidied, kept as before from who is not invited any more: nobody can tick them on the page."""
    if not isinstance(said, Said):
        return said
    before = row.kept_from if isinstance(row, MeetingPoint) else []
    return rules.tidied(replace(said, kept_from=said.kept_from | gone.intersection(before)))


def _rows_of(meeting: Meeting) -> dict[str, Invitee | MeetingPoint]:
    found: dict[str, Invitee | MeetingPoint] = {key(CAME, one): one for one in meeting.invited.for_page()}
    return found | {key(POINT, point): point for point in meeting.points.all() if not point.is_addition}


def _check(
    meeting: Meeting, mine: Mapping[str, Answer], new: Sequence[Said], *, known: Mapping[str, Invitee | MeetingPoint]
) -> None:
    if set(mine) - set(known):
        raise WrongMeeting("This is not part of these minutes.", field="")
    points = [*(said for said in mine.values() if isinstance(said, Said)), *new]
    if any(said.kind not in WRITTEN for said in points):
        raise WrongMeeting("Say whether it is a paragraph or a decision.", field="")
    if any(said and said not in CAME_NAMES for said in mine.values() if isinstance(said, str)):
        raise WrongMeeting("Say whether they came.", field="")
    if len(known) + len(new) > rules.MOST_POINTS:
        raise WrongMeeting(f"Minutes have at most {rules.MOST_POINTS} paragraphs.", field="")
    check_kept(meeting, {one for said in points for one in said.kept_from})


def _write(
    meeting: Meeting, said: Mapping[str, Answer], new: Sequence[Said], *, rows: Mapping[str, Invitee | MeetingPoint],
    by: User, on: date,
) -> None:  # fmt: skip
    meeting.revision += 1
    meeting.save(update_fields=["revision"])
    for name, answer in said.items():
        row = rows[name]
        row.revision = meeting.revision
        if isinstance(row, Invitee):
            row.came = str(answer)
            row.save(update_fields=["came", "revision"])
        elif isinstance(answer, Said):
            _say(row, answer, by=by, on=on)
            row.save(update_fields=["kind", "words", "kept_from", "revision", "written_by", "written_on"])
    last = max((row.place for row in rows.values() if isinstance(row, MeetingPoint)), default=0)
    for place, answer in enumerate(new, start=last + 1):
        made = MeetingPoint(family_id=meeting.family_id, meeting=meeting, place=place, revision=meeting.revision)
        _say(made, answer, by=by, on=on)
        made.save()


def _say(point: MeetingPoint, said: Said, *, by: User, on: date) -> None:
    point.kind, point.words, point.kept_from = said.kind, said.words, sorted(said.kept_from)
    point.written_by, point.written_on = by, on
