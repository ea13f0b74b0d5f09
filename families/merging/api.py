"""People entered twice, for programs: who may be, both side by side, making them one, taking them apart."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.merging import page
from families.merging.forms import LONGEST_REASON
from families.merging.models import PersonMerge
from families.merging.services import WITHIN, merge_people, undo_merge
from families.merging.views import entry_or_refuse, families_of, merge_or_refuse
from slf.access.api import may
from slf.access.doors import log_view
from slf.access.rules import SHORTEST_REASON
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class TwiceSerializer(serializers.Serializer):
    """Two entries that look like one person."""

    person = serializers.UUIDField(source="twice.person.uid")
    name = serializers.CharField(source="twice.person.__str__")
    family = serializers.UUIDField(source="twice.family.uid")
    one = serializers.UUIDField(source="one.person.uid")
    one_name = serializers.CharField(source="one.person.__str__")
    one_family = serializers.UUIDField(source="one.family.uid")
    why = serializers.CharField()


class LineSerializer(serializers.Serializer):
    label = serializers.CharField()
    person = serializers.CharField(source="twice")
    one = serializers.CharField()
    afterwards = serializers.CharField(source="after")
    differs = serializers.BooleanField()


class PreviewSerializer(serializers.Serializer):
    """Both side by side. ``refusals`` say why they cannot be made one, and what to do first."""

    lines = LineSerializer(many=True)
    refusals = serializers.ListField(child=serializers.CharField())


class MergeSerializer(serializers.ModelSerializer):
    """What was made one."""

    person = serializers.UUIDField(source="person.uid")
    one = serializers.UUIDField(source="into.uid")
    family = serializers.UUIDField(source="family.uid")
    by = serializers.CharField(source="by.__str__")

    class Meta:
        model = PersonMerge
        fields = ["uid", "person", "one", "family", "since", "reason", "by", "undone_on", "undone_reason"]
        read_only_fields = fields


class WhyOneSerializer(serializers.Serializer):
    reason = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST_REASON)


class ApartSerializer(WhyOneSerializer):
    moved = serializers.ListField(
        child=serializers.UUIDField(), default=list, help_text="What was added since and is of the other."
    )


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class PeopleTwice(APIView):
    """Who may have been entered twice."""

    permission_classes = [may(WITHIN)]

    @extend_schema(operation_id="people_twice", responses=TwiceSerializer(many=True))
    def get(self, request: Request) -> Response:
        pairs = page.may_be_twice(request.user)
        log_view(request, "People entered twice", families={
            row.family_id for pair in pairs for row in (pair.twice, pair.one)})  # fmt: skip
        return Response(TwiceSerializer(pairs, many=True).data)


class OnePerson(OnceMixin, APIView):
    """Two entries: ``uid`` is the one that is not shown any more, ``one`` the person who stays."""

    @extend_schema(operation_id="person_merge_preview", responses=PreviewSerializer)
    def get(self, request: Request, uid: UUID, one: UUID) -> Response:
        """Both side by side. Nothing is changed."""
        person, into = self.two(request, uid, one)
        return Response(PreviewSerializer(page.preview(person, into, by=request.user, on=today())).data)

    @extend_schema(operation_id="person_merge", request=WhyOneSerializer, responses={201: MergeSerializer})
    def post(self, request: Request, uid: UUID, one: UUID) -> Response:
        """Make them one."""
        person, into = self.two(request, uid, one)
        done = merge_people(person, into=into, by=request.user, on=today(), **read(request, WhyOneSerializer))
        return Response(MergeSerializer(done).data, status=CREATED)

    def two(self, request: Request, uid: UUID, one: UUID):
        (person, _), (into, _) = entry_or_refuse(request.user, uid), entry_or_refuse(request.user, one)
        log_view(request, "Two entries side by side", families=families_of(person, into, by=request.user))
        return person, into


class Merged(OnceMixin, APIView):
    """What was made one."""

    @extend_schema(operation_id="person_merge_read", responses=MergeSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(MergeSerializer(self.merge(request, uid)).data)

    @extend_schema(operation_id="person_merge_undo", request=ApartSerializer, responses=MergeSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Take the two apart."""
        merge = self.merge(request, uid)
        done = undo_merge(merge, by=request.user, on=today(), **read(request, ApartSerializer))
        return Response(MergeSerializer(done).data)

    def merge(self, request: Request, uid: UUID) -> PersonMerge:
        merge = merge_or_refuse(request.user, uid)
        log_view(request, "Two entries that are one person", family=merge.family)
        return merge


urlpatterns = [
    path("people-twice/", PeopleTwice.as_view(), name="api-twice"),
    path("people-twice/<uuid:uid>/is/<uuid:one>/", OnePerson.as_view(), name="api-merge"),
    path("people-merged/<uuid:uid>/", Merged.as_view(), name="api-merged"),
]
