"""The team around a family, its meetings and requests: read with the record, written by who works with the family."""

from datetime import date, time

from casework.around.models import TeamMember
from casework.around.services import join_team
from casework.meetings.models import Invitee, Meeting
from casework.meetings.papers import give_copy
from casework.meetings.services import Invited, finish_minutes, plan_meeting, set_action
from casework.meetings.wanted import WantedMeeting
from casework.meetings.wanting import ask_for_meeting
from casework.requests.models import ServiceRequest
from casework.requests.services import ask_service, start
from families.people.models import Family, Membership
from slf.access.acting import acting_as
from slf.access.rules import Role
from tests.access_table import Exempt, Row, all_of
from tests.casework.around.factories import minuted, people
from tests.conftest import Everything

READ = all_of(Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD)
WORK = (Role.FSW, Role.SENIOR)
KEEP = (*WORK, Role.BUSINESS)
MEET = READ | {Role.BUSINESS: 200}
NOT_WORKERS = frozenset({Role.MANAGER, Role.HEAD})
NOT_THEIRS = NOT_WORKERS | {Role.BUSINESS}
SEES = all_of(Role.SENIOR, Role.MANAGER, Role.HEAD)
TODAY = date(2014, 10, 15)
DAY = {"day": "15", "month": "10", "year": "2014"}


def day(name: str, **other: str) -> dict[str, str]:
    return {f"{name}_{part}": value for part, value in (DAY | other).items()} | {name: "2014-10-15"}


def with_a_record(family):
    return {"uid": family.uid}


def joining(family):
    return {"uid": family.uid, "kind": "professional"}


def by_everything(make):
    """Return a subject that is made in the name of somebody who may do everything."""

    def subject(family):
        by = Everything.make()
        with acting_as(by):
            return {"uid": make(family, by).uid}

    return subject


def a_member(family, by):
    said = {"name": f"Ann Hall {TeamMember.objects.count()}", "agency": "schools", "part": "Tutor", "from_on": TODAY}
    return join_team(family, kind="professional", by=by, on=TODAY, **said)


def a_meeting(family, by):
    number = Meeting.objects.count()
    said = {"day": TODAY, "starts_at": time(number // 60 % 24, number % 60), "place": "School", "purpose": "X"}
    return plan_meeting(family, invited=Invited(people(family)), by=by, on=TODAY, **said)


def written(family, by):
    return minuted(a_meeting(family, by), by)


def frozen(family, by):
    return finish_minutes(written(family, by), by=by, on=TODAY)


def a_wanted(family, by):
    return ask_for_meeting(family, purpose=f"School {WantedMeeting.objects.count()}", by_day=TODAY, by=by, on=TODAY)


def an_action(family, by):
    meeting = a_meeting(family, by)
    return set_action(meeting, what="Ring.", owner=meeting.invited.first(), due_on=TODAY, by=by, on=TODAY)


def a_copy(family, by):
    meeting = a_meeting(family, by)
    return give_copy(meeting, meeting.invited.first(), what="invitation", by=by, on=TODAY)


def a_request(family, by):
    said = {"other": f"Counselling {ServiceRequest.objects.count()}", "need": "health", "words": "To talk."}
    return ask_service(family, asked_on=TODAY, by=by, on=TODAY, **said)


def a_start(family, by):
    return start(a_request(family, by), started_on=TODAY, by=by, on=TODAY)


def invited(kwargs):
    with acting_as(Everything.make()):
        return Invitee.objects.filter(meeting__uid=kwargs["uid"]).first()


def a_plan(kwargs):
    """The body that plans or changes a meeting; a family's own mother is invited."""
    with acting_as(Everything.make()):
        whose = Family.objects.filter(uid=kwargs["uid"]).first()
        meeting = Meeting.objects.filter(uid=kwargs["uid"]).select_related("family").first()
        family = whose or (meeting.family if meeting else None)
        found = Membership.objects.filter(family=family, part="parent").first() if family else None
        uids = [str(found.person.uid)] if found else []
        at = time(23, Meeting.objects.count() % 60)
    return day("day") | {"starts_at": f"{at:%H:%M}", "place": "School", "purpose": "Y", "people": uids}


def an_owner(kwargs):
    found = invited(kwargs)
    said = {"what": "Ring the bus company.", "owner": str(found.uid) if found else ""}
    return day("due_on") | said


def for_somebody(what):
    def body(kwargs):
        found = invited(kwargs)
        return {"invitee": str(found.uid if found else kwargs["uid"]), "what": what}

    return body


def fixed(**said):
    return lambda kwargs: said


def row(name, subject, *, see=True, status=302, body=lambda kwargs: {}, who=WORK, others=NOT_WORKERS):
    seen = {"get": all_of(*who)} if see else {}
    return Row(name, subject, post=all_of(*who, status=status), post_body=body, not_their_job=others, **seen)


def kept(name, subject, **how):
    """An address of a meeting that business support may use too."""
    return row(name, subject, who=KEEP, **how)


def finishing(name, subject, **how):
    """One that it may not, although it sees the meeting."""
    return row(name, subject, others=NOT_THEIRS, **how)


member, planned = by_everything(a_member), by_everything(a_meeting)
asked, begun = by_everything(a_request), by_everything(a_start)
JOIN = {"kind": "professional", "name": "Sue Orme", "agency": "health", "organisation": "Surgery", "part": "Nurse"}
ASK = {"other": "A place in the nursery", "need": "parenting", "words": "Two mornings."}
ENDS = day("closed_on") | {"reason": "helped", "words": "Calmer."}
MISSED = day("closed_on") | {"how": "unavailable", "reason": "none_here", "words": ""}
ADDED = {"words": "The bus is free."}
DONE = {"state": "done", "came_of_it": "It is free."}

ROWS = [
    Row("casework:around", with_a_record, get=READ),
    row("casework:join_team", joining, body=fixed(**JOIN, **day("from_on"))),
    row("casework:reach_member", member, body=fixed(part="Nurse", phone="01509 000000")),
    row("casework:name_lead", member, see=False),
    row("casework:leave_team", member, body=fixed(because="She moved.", **day("to_on"))),
    Row("casework:meetings", with_a_record, get=MEET),
    finishing("casework:ask_for_meeting", with_a_record, body=fixed(purpose="School.", **day("by_day"))),
    kept("casework:drop_wanted_meeting", by_everything(a_wanted), see=False),
    kept("casework:minutes_typed", by_everything(written), see=False),
    kept("casework:plan_meeting", with_a_record, body=a_plan),
    Row("casework:meeting", planned, get=MEET),
    kept("casework:change_meeting", planned, body=a_plan),
    kept("casework:cancel_meeting", planned, body=fixed(because="Ill.")),
    kept("casework:write_minutes", planned, see=False),
    finishing("casework:finish_minutes", by_everything(written), see=False),
    finishing("casework:add_to_minutes", by_everything(frozen), body=fixed(**ADDED)),
    kept("casework:meeting_action", planned, body=an_owner),
    kept("casework:give_copy", planned, see=False, body=for_somebody("invitation")),
    Row("casework:print_minutes", by_everything(frozen), get=MEET),
    finishing("casework:settle_meeting_action", by_everything(an_action), body=fixed(**DONE)),
    Row("casework:meeting_copy", by_everything(a_copy), get=MEET),
    Exempt("casework:minutes_draft", "The caller's own minutes only: tests/casework/meetings/test_pages.py."),
    Row("casework:requests", with_a_record, get=READ),
    row("casework:ask_service", with_a_record, body=fixed(**ASK, **day("asked_on"))),
    row("casework:offer_request", asked, body=fixed(**day("offered_on"))),
    row("casework:start_request", asked, body=fixed(**day("started_on"))),
    row("casework:end_request", begun, body=fixed(**ENDS)),
    row("casework:request_not_met", asked, body=fixed(**MISSED)),
    row("casework:withdraw_request", asked, body=fixed(words="Not now.", **day("closed_on"))),
    Row("casework:request_figures", get=SEES),
    Row("casework:request_list", get=SEES),
    Row("casework:request_file", get=SEES),
    Row("api-team-around", with_a_record, get=READ, post=all_of(*WORK, status=201),
        post_body=fixed(**JOIN, from_on="2014-10-15"), not_their_job=NOT_WORKERS),
    row("api-name-lead", member, see=False, status=200),
    row("api-leave-team", member, see=False, status=200, body=fixed(because="She moved.", to_on="2014-10-15")),
    Row("api-wanted-meetings", with_a_record, get=MEET, post=all_of(*WORK, status=201),
        post_body=fixed(purpose="School.", by_day="2014-10-15"), not_their_job=NOT_THEIRS),
    kept("api-drop-wanted-meeting", by_everything(a_wanted), see=False, status=200),
    kept("api-minutes-typed", by_everything(written), see=False, status=200),
    Row("api-meetings", with_a_record, get=MEET, post=all_of(*KEEP, status=201), post_body=a_plan,
        not_their_job=NOT_WORKERS),
    Row("api-meeting", planned, get=MEET),
    kept("api-cancel-meeting", planned, see=False, status=200, body=fixed(because="Ill.")),
    kept("api-write-minutes", planned, see=False, status=200,
        body=fixed(revision=0, points=[{"kind": "decision", "words": "A lift."}])),
    finishing("api-finish-minutes", by_everything(written), see=False, status=200),
    finishing("api-add-to-minutes", by_everything(frozen), see=False, status=201, body=fixed(**ADDED)),
    kept("api-meeting-action", planned, see=False, status=201, body=an_owner),
    finishing("api-settle-meeting-action", by_everything(an_action), see=False, status=200, body=fixed(**DONE)),
    kept("api-give-copy", planned, see=False, status=201, body=for_somebody("invitation")),
    Row("api-service-requests", with_a_record, get=READ, post=all_of(*WORK, status=201),
        post_body=fixed(**ASK, asked_on="2014-10-15"), not_their_job=NOT_WORKERS),
    row("api-service-request-step", asked, see=False, status=200, body=fixed(state="started", on="2014-10-15")),
    Row("api-service-request-figures", get=SEES),
]  # fmt: skip
