"""Copies of the chronology for one person, for programs. What was read has an ETag; it is released as it was read."""

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.around.api import read
from casework.copies import services
from casework.copies.models import KINDS, ChronologyCopy
from casework.copies.rules import LONGEST, NOT_OF_THE_FAMILY, STATE_NAMES
from casework.copies.services import Wanted
from casework.copies.views import copy_or_refuse, family_or_refuse
from families.people.models import Membership
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import Conflict
from slf.web.revisions import IF_MATCH, LostRace, NotSeen, seen
from slf.work.once import OnceMixin

CREATED = 201


class ChronologyCopySerializer(serializers.ModelSerializer):
    """One copy: for whom, who released it, and how it stands."""

    family = serializers.UUIDField(source="family.shown.uid")
    person = serializers.UUIDField(source="person.uid")
    state = serializers.ChoiceField([(state.value, name) for state, name in STATE_NAMES.items()])
    asked_by = serializers.StringRelatedField()
    decided_by = serializers.StringRelatedField(allow_null=True)
    given_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = ChronologyCopy
        fields = [
            "uid", "family", "person", "state", "kind", "since", "until", "why", "asked_by", "asked_on", "decided_by",
            "decided_on", "answer", "left_out", "given_by", "given_on",
        ]  # fmt: skip
        read_only_fields = fields


class CopyEntrySerializer(serializers.Serializer):
    on = serializers.DateField()
    title = serializers.CharField()
    text = serializers.CharField()


class CopyReadSerializer(serializers.Serializer):
    """A copy that waits, as it would be now. ``left_out``: what its person must not learn of."""

    copy = ChronologyCopySerializer()
    shown = CopyEntrySerializer(many=True)
    left_out = CopyEntrySerializer(many=True)


class AskCopySerializer(serializers.Serializer):
    person = serializers.UUIDField()
    why = serializers.CharField(max_length=LONGEST)
    asked_alone = serializers.BooleanField()
    could_be_harmed = serializers.BooleanField()
    kind = serializers.ChoiceField(KINDS, default="", allow_blank=True)
    since = serializers.DateField(default=None, allow_null=True)
    until = serializers.DateField(default=None, allow_null=True)


class SendBackCopySerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=LONGEST)


def answered(request: Request, copy: ChronologyCopy, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=copy.family)
    found = ChronologyCopy.objects.visible_to(request.user).for_page().get(pk=copy.pk)
    return Response(ChronologyCopySerializer(found).data, status=status)


class ChronologyCopies(OnceMixin, APIView):
    @extend_schema(operation_id="chronology_copies_read", responses=ChronologyCopySerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """The copies of a family's chronology that were asked for, the newest first."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Copies of the chronology", family=family)
        rows = ChronologyCopy.objects.visible_to(request.user).filter(family=family).for_page()
        return Response(ChronologyCopySerializer(rows, many=True).data)

    @extend_schema(
        operation_id="chronology_copy_ask", request=AskCopySerializer, responses={201: ChronologyCopySerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Ask for a copy for one person of the family. The same again is the same."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, AskCopySerializer)
        rows = Membership.objects.visible_to(request.user).filter(family=family, person__uid=said.pop("person"))
        if (member := rows.select_related("person__merged_into").first()) is None:
            raise serializers.ValidationError({"person": NOT_OF_THE_FAMILY})
        made = services.ask_for_copy(family, member.person.shown, Wanted(**said), by=request.user, on=today())
        return answered(request, made, "Ask for a copy of the chronology", status=CREATED)


class ReadChronologyCopy(APIView):
    @extend_schema(operation_id="chronology_copy_read", responses=CopyReadSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        """A copy; while it waits with what would be in it and what is left out, and the ETag of that."""
        found = copy_or_refuse(request.user, uid)
        log_view(request, f"{found}", family=found.family)
        reading = services.read_copy(found, by=request.user, on=today()) if found.is_waiting else None
        told = {
            "copy": found,
            "shown": reading.shown if reading else [],
            "left_out": reading.left_out if reading else [],
        }
        headers = {"ETag": f'"{reading.tag}"'} if reading else {}
        return Response(CopyReadSerializer(told).data, headers=headers)


class ReleaseChronologyCopy(OnceMixin, APIView):
    @extend_schema(
        operation_id="chronology_copy_release", parameters=[IF_MATCH], request=None, responses=ChronologyCopySerializer
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Release a copy that somebody else asked for, as ``If-Match`` says it was read."""
        found = copy_or_refuse(request.user, uid, can=Can.DECIDE_SHARING)
        if (tag := seen(request)) is None:
            raise NotSeen
        try:
            released = services.release_copy(found, seen=tag, by=request.user, on=today())
        except Conflict as lost:
            raise LostRace(lost.message) from lost
        return answered(request, released, "Release a copy of the chronology")


class SendBackChronologyCopy(OnceMixin, APIView):
    @extend_schema(
        operation_id="chronology_copy_send_back", request=SendBackCopySerializer, responses=ChronologyCopySerializer
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Send an asking back with the reason."""
        found = copy_or_refuse(request.user, uid, can=Can.DECIDE_SHARING)
        sent = services.send_copy_back(found, **read(request, SendBackCopySerializer), by=request.user, on=today())
        return answered(request, sent, "Send back a copy of the chronology")


class GiveChronologyCopy(OnceMixin, APIView):
    @extend_schema(operation_id="chronology_copy_give", request=None, responses=ChronologyCopySerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down that a copy was given."""
        found = copy_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        given = services.give_copy(found, by=request.user, on=today())
        return answered(request, given, "Give a copy of the chronology")


urlpatterns = [
    path("families/<uuid:uid>/chronology-copies/", ChronologyCopies.as_view(), name="api-chronology-copies"),
    path("chronology-copies/<uuid:uid>/", ReadChronologyCopy.as_view(), name="api-chronology-copy"),
    path("chronology-copies/<uuid:uid>/release/", ReleaseChronologyCopy.as_view(), name="api-release-chronology-copy"),
    path(
        "chronology-copies/<uuid:uid>/send-back/", SendBackChronologyCopy.as_view(),
        name="api-send-back-chronology-copy",
    ),
    path("chronology-copies/<uuid:uid>/give/", GiveChronologyCopy.as_view(), name="api-give-chronology-copy"),
]  # fmt: skip
