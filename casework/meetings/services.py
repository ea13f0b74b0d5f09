"""Meetings: called, moved, cancelled; minutes typed, finished and added to; actions set and settled."""

from collections.abc import Collection, Iterable
from datetime import date, time

from django.db import transaction

from casework.around.models import TeamMember
from casework.diary.services import case_is_over
from casework.meetings import rules
from casework.meetings.holding import hold_for_meetings, lock, reads_record
from casework.meetings.invited import Invited as Invited
from casework.meetings.invited import keys_of as keys_of
from casework.meetings.invited import seen_of as seen_of
from casework.meetings.models import Invitee, Meeting, MeetingAction, MeetingPoint
from casework.meetings.rules import Done, Kind, State, WrongMeeting
from casework.tasks.about import About
from casework.tasks.models import Task
from casework.tasks.services import colleague_ids, drop_task, finish_task, set_task
from families.households.services import household_on
from families.people.models import Family
from referrals.allocation.services import present_allocation
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words


@transaction.atomic
def plan_meeting(
    family: Family, *, day: date, starts_at: time, place: str, purpose: str, invited: Invited, by: User, on: date,
    follows: Meeting | None = None,
) -> Meeting:  # fmt: skip
    """Call a meeting. The same again is the same."""
    _check_plan(place, purpose, invited)
    family = hold_for_meetings(family, by=by)
    at_that_time = Meeting.objects.filter(family=family, day=day, starts_at=starts_at).exclude(state=State.CANCELLED)
    there: Meeting | None = at_that_time.first()
    if there is not None:
        if (there.called_by_id, there.place, there.purpose) == (by.pk, place.strip(), purpose.strip()):
            return there
        raise Conflict(rules.ALREADY)
    if case_is_over(family):
        raise NotAllowed(rules.OVER)
    made: Meeting = Meeting.objects.create(
        family=family, day=day, starts_at=starts_at, place=place.strip(), purpose=purpose.strip(), follows=follows,
        called_by=by, called_on=on, state=State.PLANNED,
    )  # fmt: skip
    _invite(made, invited)
    return made


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, day: date, starts_at: time, place: str, purpose: str, invited: Invited, by: User,
    seen: str = "",
) -> Meeting:  # fmt: skip
    """Move a meeting, or invite others, while its minutes are not finished. ``seen``: the meeting as the writer saw it
    (``seen_of``); of what somebody else changed since, nothing is undone unseen.
    """
    _check_plan(place, purpose, invited)
    held = lock(meeting, by=by)
    rules.check_planned(held.state)
    if seen and seen != seen_of(held):
        raise Conflict(rules.CHANGED)
    others = Meeting.objects.filter(family=held.family, day=day, starts_at=starts_at).exclude(state=State.CANCELLED)
    if others.exclude(pk=held.pk).exists():
        raise Conflict(rules.ALREADY)
    held.day, held.starts_at, held.place, held.purpose = day, starts_at, place.strip(), purpose.strip()
    held.save(update_fields=["day", "starts_at", "place", "purpose"])
    _invite(held, invited)
    return held


def _check_plan(place: str, purpose: str, invited: Invited) -> None:
    for name, said in (("place", place), ("purpose", purpose)):
        if not said.strip():
            raise WrongMeeting(f"Write the {name}.", field=name)
    if not invited.keys:
        raise WrongMeeting(rules.NOBODY, field="people")


def _invite(meeting: Meeting, invited: Invited) -> None:
    """Invite who is not, and take the invitation of everybody else back; what was sent to them stays on record."""
    rows = {key: row for row in meeting.invited.select_related("person") for key in keys_of(row)}
    wanted = invited.keys
    for key, row in rows.items():
        if row.is_withdrawn != (key not in wanted):
            row.is_withdrawn = key not in wanted
            row.save(update_fields=["is_withdrawn"])
    for column, pk in sorted(wanted - set(rows)):
        Invitee.objects.create(family_id=meeting.family_id, meeting=meeting, **{column: pk})


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, because: str, by: User, on: date) -> Meeting:
    """Call a meeting off. Safe twice."""
    if not because.strip():
        raise WrongMeeting("Write why it is cancelled.", field="because")
    held = lock(meeting, by=by)
    if held.state == State.CANCELLED and (held.cancelled_by_id, held.cancelled_because) == (by.pk, because.strip()):
        return held
    rules.check_planned(held.state)
    held.state, held.cancelled_by, held.cancelled_on = State.CANCELLED, by, on
    held.cancelled_because = because.strip()
    held.save(update_fields=["state", "cancelled_by", "cancelled_on", "cancelled_because"])
    return held


# Minutes -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def finish_minutes(meeting: Meeting, *, by: User, on: date) -> Meeting:
    """Finish the minutes: from now on they are added to and never changed. Safe twice."""
    held = lock(meeting, by=by, can=Can.WORK_FAMILY)
    if held.state == State.FINISHED and held.finished_by_id == by.pk:
        return held
    rules.check_planned(held.state)
    written = MeetingPoint.objects.filter(meeting=held).exclude(words="").count()
    rules.check_finishing(held.day, written=written, unsaid=who_is_unsaid(held), on=on)
    _set_tasks(held, by=by, on=on)
    held.state, held.finished_by, held.finished_on = State.FINISHED, by, on
    held.save(update_fields=["state", "finished_by", "finished_on"])
    return held


def who_is_unsaid(meeting: Meeting) -> list[str]:
    """Return of whom nobody said yet whether they came."""
    return [str(one) for one in meeting.invited.for_page() if not one.is_withdrawn and not one.came]


@transaction.atomic
def say_typed(meeting: Meeting, *, by: User, on: date) -> Meeting:
    """Say that the minutes are typed, and wait for who works with the family to finish them. Safe twice."""
    held = lock(meeting, by=by)
    rules.check_planned(held.state)
    if held.typed_on is not None:
        return held
    written = MeetingPoint.objects.filter(meeting=held).exclude(words="").count()
    rules.check_finishing(held.day, written=written, unsaid=who_is_unsaid(held), on=on)
    held.typed_by, held.typed_on = by, on
    held.save(update_fields=["typed_by", "typed_on"])
    return held


def _set_tasks(meeting: Meeting, *, by: User, on: date) -> None:
    """Make what colleagues took on their tasks, where who typed it does not set tasks."""
    for action in MeetingAction.objects.for_page().filter(meeting=meeting, task=None).to_do():
        action.task = _as_task(meeting, action.owner, what=action.what, due_on=max(action.due_on, on), by=by, on=on)
        if action.task is not None:
            action.save(update_fields=["task"])


@transaction.atomic
def add_to_minutes(
    meeting: Meeting, *, words: str, by: User, on: date, kept_from: Collection[int] = ()
) -> MeetingPoint:
    """Add something to finished minutes: a correction, or what was forgotten. The same again is the same."""
    if not words.strip():
        raise WrongMeeting("Write what is added.", field="words")
    held = lock(meeting, by=by, can=Can.WORK_FAMILY)
    if held.state != State.FINISHED:
        raise NotAllowed(rules.NOT_FINISHED)
    check_kept(held, kept_from)
    same = {"kind": Kind.ADDITION, "words": words.strip(), "written_by": by, "written_on": on}
    there: MeetingPoint | None = MeetingPoint.objects.filter(meeting=held, **same).first()
    if there is not None:
        return rules.check_kept_as(there, kept_from)
    made: MeetingPoint = MeetingPoint.objects.create(
        family_id=held.family_id, meeting=held, place=held.points.count() + 1, kept_from=sorted(kept_from), **same
    )
    return made


def check_kept(meeting: Meeting, kept_from: Iterable[int]) -> None:
    """Refuse to keep something from who was not invited, or from colleagues, who read the record itself."""
    rows = Invitee.objects.for_page().filter(meeting=meeting)
    if set(kept_from) - {one.pk for one in rows if not one.is_of_us}:
        raise WrongMeeting("Choose from those who were invited and do not work here.", field="kept")


# Actions -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_action(
    meeting: Meeting, *, what: str, owner: Invitee, due_on: date, by: User, on: date, kept_from: Collection[int] = ()
) -> MeetingAction:
    """Write down what somebody who was invited is to do, and by when. The same again is the same.

    What a colleague who sees the family is to do becomes their task.
    """
    if not what.strip():
        raise WrongMeeting("Write what is to be done.", field="what")
    held = lock(meeting, by=by)
    if held.state == State.CANCELLED or (held.is_finished and not reads_record(held.family, by)):
        rules.check_planned(held.state)
    if owner.meeting_id != held.pk:
        raise WrongMeeting(rules.WHO_OWNS, field="owner")
    if due_on < held.day:
        raise WrongMeeting(rules.BEFORE_IT.format(day=day_in_words(held.day)), field="due_on")
    check_kept(held, kept_from)
    if owner.pk in kept_from:
        raise WrongMeeting("Whoever does it has to know of it.", field="kept")
    same = {"what": what.strip(), "owner": owner, "due_on": due_on}
    there: MeetingAction | None = MeetingAction.objects.filter(meeting=held, **same).first()
    if there is not None:
        return rules.check_kept_as(there, kept_from)
    made: MeetingAction = MeetingAction.objects.create(
        family_id=held.family_id, meeting=held, kept_from=sorted(kept_from), set_by=by, set_on=on, state=Done.TO_DO,
        task=_as_task(held, owner, what=what, due_on=max(due_on, on), by=by, on=on), **same,
    )  # fmt: skip
    return made


def _as_task(meeting: Meeting, owner: Invitee, *, what: str, due_on: date, by: User, on: date) -> Task | None:
    """Return the task that an action is to a colleague who sees the family; nobody else has tasks.

    Who types minutes sets none: it is made when they are finished.
    """
    if not reads_record(meeting.family, by) or owner.account not in colleague_ids(meeting.family.shown):
        return None
    whose = User.objects.get(pk=owner.account)
    about = About("meeting", meeting.uid)
    return set_task(meeting.family, what=what, due_on=due_on, owner=whose, by=by, on=on, about=about)


@transaction.atomic
def settle_action(action: MeetingAction, *, state: str, came_of_it: str, by: User, on: date) -> MeetingAction:
    """Say that an action was done, or is not needed any more, and what came of it. Safe twice.

    One that is a task is settled as that one.
    """
    if state not in {Done.DONE, Done.DROPPED}:
        raise WrongMeeting("Say whether it was done.", field="state")
    if not came_of_it.strip():
        raise WrongMeeting("Write what came of it.", field="came_of_it")
    hold_for_meetings(action.family, by=by, can=Can.WORK_FAMILY)
    rows = MeetingAction.objects.select_related("family", "meeting", "task").select_for_update(
        of=("self",), no_key=True
    )
    held: MeetingAction = rows.get(pk=action.pk)
    if held.state != Done.TO_DO:
        if (held.done_by_id, held.state, held.came_of_it) == (by.pk, state, came_of_it.strip()):
            return held
        raise Conflict(rules.SETTLED.format(state=held.get_state_display().lower()))
    if held.task:
        (finish_task if state == Done.DONE else drop_task)(held.task, words=came_of_it, by=by, on=on)
        held.refresh_from_db()
        return held
    held.state, held.done_by, held.done_on, held.came_of_it = state, by, on, came_of_it.strip()
    held.save(update_fields=["state", "done_by", "done_on", "came_of_it"])
    return held


def could_be_invited(family: Family, *, by: User, on: date) -> Invited:
    """Return whom a meeting can invite: who is in the family on the day, and in the team around it."""
    members = TeamMember.objects.visible_to(by).present().filter(family=family).for_page()
    people = [member.person for member in household_on(family, on, by=by)]
    return Invited(people, list(members), workers_of(family, by=by, on=on, besides=members))


def workers_of(family: Family, *, by: User, on: date, besides: Iterable[TeamMember]) -> list[User]:
    """Return whose meeting it is although nobody wrote them into the team: the family's worker, and who calls it."""
    present = present_allocation(family, on=on)
    there = {member.user_id for member in besides}
    found = {one.pk: one for one in ([present.worker] if present else []) + [by]}
    return [one for pk, one in found.items() if pk not in there]
