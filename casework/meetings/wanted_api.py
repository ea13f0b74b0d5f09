"""Meetings that business support is asked to plan, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.around.api import read
from casework.meetings.doors import family_or_refuse, wanted_or_refuse
from casework.meetings.rules import LONGEST_WHAT
from casework.meetings.wanted import WANTED, WantedMeeting
from casework.meetings.wanting import ask_for_meeting, drop_wanted
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class WantedMeetingSerializer(serializers.ModelSerializer):
    """A meeting somebody wants. It is planned by ``meetings/`` of the family, with its identifier as ``wanted``."""

    family = serializers.UUIDField(source="family.shown.uid")
    state = serializers.ChoiceField(WANTED)
    asked_by = serializers.StringRelatedField()
    meeting = serializers.UUIDField(source="meeting.uid", default=None)

    class Meta:
        model = WantedMeeting
        fields = ["uid", "family", "purpose", "by_day", "state", "asked_by", "asked_on", "meeting"]
        read_only_fields = fields


class AskForMeetingSerializer(serializers.Serializer):
    purpose = serializers.CharField(max_length=LONGEST_WHAT)
    by_day = serializers.DateField()


def answered(request: Request, wanted: WantedMeeting, **more: Any) -> Response:
    found = WantedMeeting.objects.visible_to(request.user).for_list().get(pk=wanted.pk)
    return Response(WantedMeetingSerializer(found).data, **more)


class WantedMeetings(OnceMixin, APIView):
    @extend_schema(operation_id="wanted_meetings_list", responses=WantedMeetingSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """Every meeting that was asked for, and what became of that."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Meetings asked for", family=family)
        rows = WantedMeeting.objects.visible_to(request.user).filter(family=family).for_list()
        return Response(WantedMeetingSerializer(rows, many=True).data)

    @extend_schema(operation_id="wanted_meeting_ask", request=AskForMeetingSerializer,
                   responses={201: WantedMeetingSerializer})  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Ask business support to plan a meeting."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, AskForMeetingSerializer)
        made = ask_for_meeting(family, by=request.user, on=today(), **said)
        log_view(request, "Ask for a meeting", family=family)
        return answered(request, made, status=CREATED)


class DropWantedMeeting(OnceMixin, APIView):
    @extend_schema(operation_id="wanted_meeting_drop", request=None, responses=WantedMeetingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that it is not needed any more."""
        found = wanted_or_refuse(request.user, uid)
        drop_wanted(found, by=request.user, on=today())
        log_view(request, "A meeting asked for", family=found.family)
        return answered(request, found)


urlpatterns = [
    path("families/<uuid:uid>/wanted-meetings/", WantedMeetings.as_view(), name="api-wanted-meetings"),
    path("wanted-meetings/<uuid:uid>/drop/", DropWantedMeeting.as_view(), name="api-drop-wanted-meeting"),
]
