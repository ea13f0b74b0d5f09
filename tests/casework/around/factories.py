"""Somebody in a team, a meeting, a request: made the way a worker makes them."""

from datetime import date, time

from casework.around.services import join_team
from casework.meetings.minutes import CAME, key, write_minutes
from casework.meetings.models import Meeting
from casework.meetings.rules import Said
from casework.meetings.services import Invited, finish_minutes, plan_meeting, set_action
from casework.meetings.wanting import ask_for_meeting
from casework.requests.services import ask_service
from families.people.models import Membership
from slf.accounts.models import User
from tests.referrals.intake.factories import in_the_name_of

TODAY, SINCE, HELD = date(2014, 10, 15), date(2014, 9, 10), date(2014, 10, 13)
AT = time(10, 0)


def people(family, part="parent") -> list:
    return [row.person for row in Membership.objects.filter(family=family, part=part).select_related("person")]


def joined(family, by: User, name="Ann Hall", agency="schools", **other):
    said = {"kind": "professional", "name": name, "agency": agency, "organisation": "Rawlins Academy"}
    said |= {"part": "Form tutor", "from_on": SINCE} | other
    with in_the_name_of(by):
        return join_team(family, by=by, on=TODAY, **said)


def planned(family, by: User, *, day=HELD, members=None, **other) -> Meeting:
    """A meeting with the parents, a teacher and the worker."""
    with in_the_name_of(by):
        members = [joined(family, by)] if members is None else members
        invited = Invited(people(family), members, [by])
        said = {"day": day, "starts_at": AT, "place": "Rawlins Academy", "purpose": "How school goes."} | other
        made = plan_meeting(family, invited=invited, by=by, on=TODAY, **said)
        return again(made)


def wanted(family, by: User, *, purpose="How school goes.", by_day=TODAY):
    with in_the_name_of(by):
        return ask_for_meeting(family, purpose=purpose, by_day=by_day, by=by, on=TODAY)


def again(meeting: Meeting) -> Meeting:
    return Meeting.objects.in_full(meeting.called_by).get(pk=meeting.pk)


def invitee(meeting: Meeting, name: str):
    return next(one for one in again(meeting).those_invited if str(one) == name)


def minuted(meeting: Meeting, by: User, *said: Said, came="came", revision=None) -> Meeting:
    with in_the_name_of(by):
        meeting = again(meeting)
        answers = {key(CAME, one): came for one in meeting.those_invited}
        more = said or (Said("paragraph", "School goes better."), Said("decision", "A lift on Mondays."))
        at = meeting.revision if revision is None else revision
        write_minutes(meeting, answers=answers, more=more, revision=at, by=by, on=TODAY)
        return again(meeting)


def finished(meeting: Meeting, by: User) -> Meeting:
    with in_the_name_of(by):
        finish_minutes(minuted(meeting, by), by=by, on=TODAY)
        return again(meeting)


def acted(meeting: Meeting, by: User, *, owner="Ann Hall", due_on=TODAY, what="Ring the bus company.", **other):
    with in_the_name_of(by):
        whom = invitee(meeting, owner)
        return set_action(meeting, what=what, owner=whom, due_on=due_on, by=by, on=TODAY, **other)


def asked(family, by: User, other="Counselling for young people", *, need="health", asked_on=SINCE, **more):
    said = {"other": other, "need": need, "words": "Somebody to talk to.", "asked_on": asked_on} | more
    with in_the_name_of(by):
        return ask_service(family, by=by, on=TODAY, **said)
