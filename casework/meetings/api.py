"""Meetings of the team around a family, for programs: called, moved, minuted, acted on, papers given."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.around.api import read
from casework.meetings import minutes, papers, services, wanted_api, wire
from casework.meetings.doors import action_or_refuse, family_or_refuse, meeting_or_refuse
from casework.meetings.models import Invitee, Meeting
from casework.meetings.rules import Said
from casework.meetings.services import Invited
from casework.meetings.wanted import WantedMeeting
from casework.meetings.wanting import plan_wanted
from families.people.models import Family
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import Conflict
from slf.work.once import OnceMixin

CREATED = 201
NOT_INVITED = "This is nobody who is invited to this meeting."
CANNOT = "There is nobody of that identifier who can be invited."
BOTH = "Somebody else changed this since revision {revision}: {names}. Read the minutes again, and choose."


def answered(request: Request, meeting: Meeting, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=meeting.family)
    found = Meeting.objects.visible_to(request.user).in_full(request.user).get(pk=meeting.pk)
    return Response(wire.MeetingSerializer(found, context={"reader": request.user}).data, status=status)


def invited_in(family: Family, said: dict[str, Any], request: Request) -> Invited:
    """Return who is named, of those who can be invited; somebody of another family is the same refusal as nobody."""
    could = services.could_be_invited(family, by=request.user, on=today())
    found = {}
    for name in ("people", "members", "users"):
        here = {one.uid: one for one in getattr(could, name)}
        if set(said[name]) - set(here):
            raise exceptions.ValidationError({name: [CANNOT]})
        found[name] = [here[uid] for uid in said.pop(name)]
    return Invited(**found)


def wanted_in(family: Family, uid: UUID, request: Request) -> WantedMeeting:
    found = WantedMeeting.objects.visible_to(request.user).filter(family=family, uid=uid).first()
    if found is None:
        raise exceptions.ValidationError({"wanted": ["No such meeting of this family is asked for."]})
    return found


def invitee_in(meeting: Meeting, uid: UUID, field: str) -> Invitee:
    found = next((one for one in meeting.those_invited if one.uid == uid), None)
    if found is None:
        raise exceptions.ValidationError({field: [NOT_INVITED]})
    return found


class Meetings(OnceMixin, APIView):
    @extend_schema(operation_id="meetings_list", responses=wire.MeetingSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """Every meeting of the team around a family."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Meetings", family=family)
        rows = Meeting.objects.visible_to(request.user).filter(family=family).in_full(request.user)
        return Response(wire.MeetingSerializer(rows, many=True, context={"reader": request.user}).data)

    @extend_schema(operation_id="meeting_plan", request=wire.PlanMeetingSerializer,
                   responses={201: wire.MeetingSerializer})  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Call a meeting."""
        family = family_or_refuse(request.user, uid, can=Can.KEEP_MEETINGS)
        said = read(request, wire.PlanMeetingSerializer)
        said["invited"] = invited_in(family, said, request)
        if after := said.pop("follows"):
            rows = Meeting.objects.visible_to(request.user).filter(family=family)
            if (follows := rows.filter(uid=after).first()) is None:
                raise exceptions.ValidationError({"follows": ["There is no such meeting of this family."]})
            said["follows"] = follows
        if asked := said.pop("wanted"):
            made = plan_wanted(wanted_in(family, asked, request), by=request.user, on=today(), **said)
        else:
            made = services.plan_meeting(family, by=request.user, on=today(), **said)
        return answered(request, made, "Plan a meeting", status=CREATED)


class OneMeeting(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_read", responses=wire.MeetingSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        """One meeting with its minutes in full, for who may open the record."""
        return answered(request, meeting_or_refuse(request.user, uid), "A meeting")


class CancelMeeting(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_cancel", request=wire.CancelMeetingSerializer,
                   responses=wire.MeetingSerializer)  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Call a meeting off."""
        found = meeting_or_refuse(request.user, uid, can=Can.KEEP_MEETINGS)
        said = read(request, wire.CancelMeetingSerializer)
        services.cancel_meeting(found, by=request.user, on=today(), **said)
        return answered(request, found, "Cancel a meeting")


class WriteMinutes(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_minutes", request=wire.WriteMinutesSerializer,
                   responses=wire.MeetingSerializer)  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Write who came and what was said. 409: somebody else changed the same since ``revision``."""
        found = meeting_or_refuse(request.user, uid, can=Can.KEEP_MEETINGS)
        said = read(request, wire.WriteMinutesSerializer)
        answers: dict[str, minutes.Answer] = {
            minutes.key(minutes.CAME, invitee_in(found, each["invitee"], "came")): each["came"] for each in said["came"]
        }
        more = []
        for each in said["points"]:
            kept = frozenset(invitee_in(found, uid, "kept_from").pk for uid in each["kept_from"])
            point = Said(each["kind"], each["words"], kept)
            if each.get("uid"):
                answers[f"{minutes.POINT}-{each['uid']}"] = point
            else:
                more.append(point)
        saved = minutes.write_minutes(
            found, answers=answers, more=more, revision=said["revision"], by=request.user, on=today()
        )
        if saved.differing:
            raise Conflict(BOTH.format(revision=said["revision"], names=", ".join(saved.differing)))
        return answered(request, found, "Write minutes")


class MinutesTyped(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_minutes_typed", request=None, responses=wire.MeetingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that the minutes are typed; who works with the family finishes them."""
        found = meeting_or_refuse(request.user, uid, can=Can.KEEP_MEETINGS)
        services.say_typed(found, by=request.user, on=today())
        return answered(request, found, "Minutes typed")


class FinishMinutes(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_minutes_finish", request=None, responses=wire.MeetingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Finish the minutes: they never change any more."""
        found = meeting_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        services.finish_minutes(found, by=request.user, on=today())
        return answered(request, found, "Finish minutes")


class AddToMinutes(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_minutes_add", request=wire.AddToMinutesSerializer,
                   responses={201: wire.MeetingSerializer})  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Add something to finished minutes."""
        found = meeting_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, wire.AddToMinutesSerializer)
        said["kept_from"] = [invitee_in(found, uid, "kept_from").pk for uid in said["kept_from"]]
        services.add_to_minutes(found, by=request.user, on=today(), **said)
        return answered(request, found, "Add to minutes", status=CREATED)


class MeetingActions(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_action_set", request=wire.SetMeetingActionSerializer,
                   responses={201: wire.MeetingSerializer})  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down what somebody who was invited is to do."""
        found = meeting_or_refuse(request.user, uid, can=Can.KEEP_MEETINGS)
        said = read(request, wire.SetMeetingActionSerializer)
        said["owner"] = invitee_in(found, said["owner"], "owner")
        said["kept_from"] = [invitee_in(found, uid, "kept_from").pk for uid in said["kept_from"]]
        services.set_action(found, by=request.user, on=today(), **said)
        return answered(request, found, "An action of a meeting", status=CREATED)


class SettleMeetingAction(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_action_settle", request=wire.SettleMeetingActionSerializer,
                   responses=wire.MeetingSerializer)  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Say what came of an action."""
        found, said = action_or_refuse(request.user, uid), read(request, wire.SettleMeetingActionSerializer)
        services.settle_action(found, by=request.user, on=today(), **said)
        return answered(request, found.meeting, "What came of an action")


class GiveCopy(OnceMixin, APIView):
    @extend_schema(operation_id="meeting_copy_give", request=wire.GiveCopySerializer,
                   responses={201: wire.GivenCopySerializer})  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Give one invited person the invitation, or their copy of the minutes, and write that down."""
        found = meeting_or_refuse(request.user, uid, can=Can.KEEP_MEETINGS)
        said = read(request, wire.GiveCopySerializer)
        invitee = next((one for one in found.those_invited if one.uid == said["invitee"]), None)
        if invitee is None:
            raise Http404
        made = papers.give_copy(found, invitee, what=said["what"], by=request.user, on=today())
        log_view(request, f"{made.get_what_display()} for {invitee}", family=found.family)
        return Response(wire.GivenCopySerializer(made).data, status=CREATED)


urlpatterns = [
    *wanted_api.urlpatterns,
    path("families/<uuid:uid>/meetings/", Meetings.as_view(), name="api-meetings"),
    path("meetings/<uuid:uid>/", OneMeeting.as_view(), name="api-meeting"),
    path("meetings/<uuid:uid>/cancel/", CancelMeeting.as_view(), name="api-cancel-meeting"),
    path("meetings/<uuid:uid>/minutes/", WriteMinutes.as_view(), name="api-write-minutes"),
    path("meetings/<uuid:uid>/typed/", MinutesTyped.as_view(), name="api-minutes-typed"),
    path("meetings/<uuid:uid>/finish/", FinishMinutes.as_view(), name="api-finish-minutes"),
    path("meetings/<uuid:uid>/add/", AddToMinutes.as_view(), name="api-add-to-minutes"),
    path("meetings/<uuid:uid>/actions/", MeetingActions.as_view(), name="api-meeting-action"),
    path("meeting-actions/<uuid:uid>/settle/", SettleMeetingAction.as_view(), name="api-settle-meeting-action"),
    path("meetings/<uuid:uid>/copies/", GiveCopy.as_view(), name="api-give-copy"),
]
