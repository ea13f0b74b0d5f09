"""Lone working for programs: one's own alarm, the alarms one answers, the roster."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.lone_working import services
from casework.lone_working.models import Outing, Turn
from casework.lone_working.rules import LONGEST_OUTCOME, LONGEST_PHONE, LONGEST_PLACE, RANK_NAMES, Going
from casework.lone_working.views import late_or_refuse, own_or_refuse, turns_of
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.work.once import OnceMixin

CREATED = 201
RANKS = [(rank.value, name) for rank, name in RANK_NAMES.items()]


class OutingSerializer(serializers.ModelSerializer):
    """One's own alarm. It says nothing of a word for duress."""

    alarm_at = serializers.DateTimeField()
    raised_at = serializers.SerializerMethodField()

    class Meta:
        model = Outing
        fields = ["uid", "place", "phone", "reference", "armed_at", "due_at", "alarm_at", "raised_at"]
        read_only_fields = fields

    def get_raised_at(self, outing: Outing) -> str | None:
        return outing.raised_at.isoformat() if outing.told_to_its_owner else None


class StandingSerializer(serializers.Serializer):
    """``runs``: whether anybody looks who is late at this moment; if not, ring ``ring``."""

    outing = OutingSerializer(allow_null=True)
    runs = serializers.BooleanField()
    ring = serializers.CharField()


class GoSerializer(serializers.Serializer):
    place = serializers.CharField(max_length=LONGEST_PLACE)
    phone = serializers.CharField(max_length=LONGEST_PHONE)
    due_at = serializers.DateTimeField()
    reference = serializers.CharField(max_length=20, default="", allow_blank=True)
    locality = serializers.SlugField(help_text="One in which you may add a contact.")


class LongerSerializer(serializers.Serializer):
    due_at = serializers.DateTimeField()


class BackSerializer(serializers.Serializer):
    message = serializers.CharField(max_length=200, default="", allow_blank=True)


class AlarmSerializer(serializers.ModelSerializer):
    """Somebody who is late or called for help, as who answers it sees it."""

    user = serializers.StringRelatedField()
    locality = serializers.StringRelatedField()
    because = serializers.CharField(help_text="``overdue``, ``help`` or ``duress``; nothing while they are only late.")
    answered_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Outing
        fields = [
            "uid", "user", "locality", "reference", "place", "phone", "due_at", "alarm_at", "ended_at", "raised_at",
            "because", "what_to_do", "answered_by", "answered_at",
        ]  # fmt: skip
        read_only_fields = fields

    alarm_at = serializers.DateTimeField()
    what_to_do = serializers.CharField()


class CloseAlarmSerializer(serializers.Serializer):
    outcome = serializers.CharField(max_length=LONGEST_OUTCOME)


class TurnSerializer(serializers.ModelSerializer):
    user = serializers.UUIDField(source="user.uid")
    locality = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    rank = serializers.ChoiceField(RANKS)
    starts = serializers.DateTimeField(source="period.lower")
    ends = serializers.DateTimeField(source="period.upper")

    class Meta:
        model = Turn
        fields = ["uid", "user", "locality", "rank", "starts", "ends"]
        read_only_fields = fields


class GiveTurnSerializer(serializers.Serializer):
    """``locality``: null for the county."""

    user = serializers.UUIDField()
    locality = serializers.SlugField(allow_null=True, default=None)
    rank = serializers.ChoiceField(RANKS)
    starts = serializers.DateTimeField()
    ends = serializers.DateTimeField()


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def needs(request: Request, can: Can) -> None:
    if not rights_of(request.user).may(can):
        raise PermissionDenied


def standing(request: Request, *, status: int = 200) -> Response:
    out, now = services.outing_of(request.user), services.clock()
    shown = {"outing": out, "runs": now.runs, "ring": services.number_to_ring()}
    return Response(StandingSerializer(shown).data, status=status)


class MyAlarm(OnceMixin, APIView):
    @extend_schema(operation_id="lone_working_read", responses=StandingSerializer)
    def get(self, request: Request) -> Response:
        """Say where one is, as one armed it, and whether the alarm runs."""
        needs(request, Can.ADD_CONTACT)
        return standing(request)

    @extend_schema(operation_id="lone_working_go", request=GoSerializer, responses={201: StandingSerializer})
    def post(self, request: Request) -> Response:
        """Arm the alarm before one leaves."""
        needs(request, Can.ADD_CONTACT)
        said = read(request, GoSerializer)
        slug = said.pop("locality")
        locality = services.localities_of(request.user, can=Can.ADD_CONTACT).filter(slug=slug).first()
        if locality is None:
            raise serializers.ValidationError({"locality": ["Choose one of your localities."]})
        services.go_out(Going(**said), locality=locality, by=request.user)
        return standing(request, status=CREATED)


class BackAgain(OnceMixin, APIView):
    @extend_schema(operation_id="lone_working_back", request=BackSerializer, responses=StandingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that one is back. Whatever the message says, the answer is the same."""
        outing = own_or_refuse(request.user, uid)
        services.come_back(outing, by=request.user, **read(request, BackSerializer))
        return standing(request)


class StayOut(OnceMixin, APIView):
    @extend_schema(operation_id="lone_working_longer", request=LongerSerializer, responses=StandingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Give oneself more time."""
        services.stay_out(own_or_refuse(request.user, uid), by=request.user, **read(request, LongerSerializer))
        return standing(request)


class CallForHelp(OnceMixin, APIView):
    @extend_schema(operation_id="lone_working_help", request=None, responses=StandingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Call those who answer now."""
        services.call_for_help(own_or_refuse(request.user, uid), by=request.user)
        return standing(request)


class Alarms(APIView):
    @extend_schema(operation_id="alarms_list", responses=AlarmSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Show who is late or called for help, and is one's own to answer."""
        log_view(request, "Alarms of people who are out alone")
        return Response(AlarmSerializer(services.late_for(request.user), many=True).data)


class AnswerAlarm(OnceMixin, APIView):
    @extend_schema(operation_id="alarm_answer", request=None, responses=AlarmSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Take an alarm on: nobody else is called."""
        done = services.answer_alarm(late_or_refuse(request.user, uid), by=request.user)
        log_view(request, "An alarm of somebody who is out alone")
        return Response(AlarmSerializer(done).data)


class CloseAlarm(OnceMixin, APIView):
    @extend_schema(operation_id="alarm_close", request=CloseAlarmSerializer, responses={204: None})
    def post(self, request: Request, uid: UUID) -> Response:
        """Say how an alarm ended."""
        found = late_or_refuse(request.user, uid)
        services.close_alarm(found, by=request.user, **read(request, CloseAlarmSerializer))
        return Response(status=204)


class Turns(OnceMixin, APIView):
    @extend_schema(operation_id="turns_list", responses=TurnSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Show whose turn it is to answer."""
        needs(request, Can.REVIEW_FAMILY)
        return Response(TurnSerializer(turns_of(request.user), many=True).data)

    @extend_schema(operation_id="turn_give", request=GiveTurnSerializer, responses={201: TurnSerializer})
    def post(self, request: Request) -> Response:
        """Put somebody on the roster."""
        needs(request, Can.REVIEW_FAMILY)
        said = read(request, GiveTurnSerializer)
        localities = services.localities_of(request.user, can=Can.REVIEW_FAMILY)
        slug, uid = said.pop("locality"), said.pop("user")
        locality = localities.filter(slug=slug).first() if slug else None
        user = services.people_for(localities).filter(uid=uid).first()
        if user is None or (slug and locality is None):
            raise serializers.ValidationError("Choose one of your localities and somebody who works there.")
        made = services.give_turn(user, locality=locality, by=request.user, **said)
        return Response(TurnSerializer(made).data, status=CREATED)


class EndTurn(OnceMixin, APIView):
    @extend_schema(operation_id="turn_end", request=None, responses=TurnSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """End a turn now, or take one away that has not begun."""
        needs(request, Can.REVIEW_FAMILY)
        found = next((turn for turn in turns_of(request.user) if turn.uid == uid), None)
        if found is None:
            raise Http404
        return Response(TurnSerializer(services.end_turn(found, by=request.user)).data)


urlpatterns = [
    path("lone-working/", MyAlarm.as_view(), name="api-lone-working"),
    path("lone-working/alarms/", Alarms.as_view(), name="api-alarms"),
    path("lone-working/alarms/<uuid:uid>/answer/", AnswerAlarm.as_view(), name="api-answer-alarm"),
    path("lone-working/alarms/<uuid:uid>/close/", CloseAlarm.as_view(), name="api-close-alarm"),
    path("lone-working/turns/", Turns.as_view(), name="api-turns"),
    path("lone-working/turns/<uuid:uid>/end/", EndTurn.as_view(), name="api-end-turn"),
    path("lone-working/<uuid:uid>/back/", BackAgain.as_view(), name="api-back-from-outing"),
    path("lone-working/<uuid:uid>/longer/", StayOut.as_view(), name="api-stay-out"),
    path("lone-working/<uuid:uid>/help/", CallForHelp.as_view(), name="api-call-for-help"),
]
