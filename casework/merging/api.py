"""Families known twice, for programs: which may be, both side by side, making them one, taking them apart."""

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.merging import page
from casework.merging.services import merge_families, undo_family_merge
from casework.merging.views import family_or_refuse, merge_or_refuse
from families.merging.api import ApartSerializer, WhyOneSerializer, read
from families.merging.services import ACROSS
from families.people.models import Family
from families.twice.models import FamilyMerge
from families.twice.page import may_be_one_family
from slf.access.api import may
from slf.access.doors import log_view
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class KnownTwiceSerializer(serializers.Serializer):
    """Two families that may be one."""

    family = serializers.UUIDField(source="twice.uid")
    name = serializers.CharField(source="twice.name")
    reference = serializers.CharField(source="twice.reference")
    one = serializers.UUIDField(source="one.uid")
    one_name = serializers.CharField(source="one.name")
    one_reference = serializers.CharField(source="one.reference")
    why = serializers.CharField()


class FamilyLineSerializer(serializers.Serializer):
    label = serializers.CharField()
    family = serializers.CharField(source="twice")
    one = serializers.CharField()
    afterwards = serializers.CharField(source="after")
    differs = serializers.BooleanField()


class FamilyPreviewSerializer(serializers.Serializer):
    """Both side by side. ``refusals`` say why they cannot be made one, and what to do first."""

    lines = FamilyLineSerializer(many=True)
    refusals = serializers.ListField(child=serializers.CharField())


class FamilyMergeSerializer(serializers.ModelSerializer):
    """What was made one."""

    family = serializers.UUIDField(source="family.uid")
    one = serializers.UUIDField(source="into.uid")
    by = serializers.CharField(source="by.__str__")

    class Meta:
        model = FamilyMerge
        fields = ["uid", "family", "one", "since", "reason", "by", "undone_on", "undone_reason"]
        read_only_fields = fields


class FamiliesTwice(APIView):
    """Which families may be known twice."""

    permission_classes = [may(ACROSS)]

    @extend_schema(operation_id="families_twice", responses=KnownTwiceSerializer(many=True))
    def get(self, request: Request) -> Response:
        pairs = may_be_one_family(request.user, on=today())
        log_view(request, "Families known twice", families={
            family.pk for pair in pairs for family in (pair.twice, pair.one)})  # fmt: skip
        return Response(KnownTwiceSerializer(pairs, many=True).data)


class OneFamily(OnceMixin, APIView):
    """Two families: ``uid`` is the one that is not shown any more, ``one`` the family that stands."""

    @extend_schema(operation_id="family_merge_preview", responses=FamilyPreviewSerializer)
    def get(self, request: Request, uid: UUID, one: UUID) -> Response:
        """Both side by side. Nothing is changed."""
        family, into = self.two(request, uid, one)
        return Response(FamilyPreviewSerializer(page.preview(family, into, by=request.user, on=today())).data)

    @extend_schema(operation_id="family_merge", request=WhyOneSerializer, responses={201: FamilyMergeSerializer})
    def post(self, request: Request, uid: UUID, one: UUID) -> Response:
        """Make them one."""
        family, into = self.two(request, uid, one)
        done = merge_families(family, into=into, by=request.user, on=today(), **read(request, WhyOneSerializer))
        return Response(FamilyMergeSerializer(done).data, status=CREATED)

    def two(self, request: Request, uid: UUID, one: UUID) -> tuple[Family, Family]:
        family, into = family_or_refuse(request.user, uid), family_or_refuse(request.user, one)
        log_view(request, "Two families side by side", families=[family.pk, into.pk])
        return family, into


class MergedFamilies(OnceMixin, APIView):
    """What was made one."""

    @extend_schema(operation_id="family_merge_read", responses=FamilyMergeSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(FamilyMergeSerializer(self.merge(request, uid)).data)

    @extend_schema(operation_id="family_merge_undo", request=ApartSerializer, responses=FamilyMergeSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Take the two apart."""
        merge = self.merge(request, uid)
        done = undo_family_merge(merge, by=request.user, on=today(), **read(request, ApartSerializer))
        return Response(FamilyMergeSerializer(done).data)

    def merge(self, request: Request, uid: UUID) -> FamilyMerge:
        merge = merge_or_refuse(request.user, uid)
        log_view(request, "Two families that are one", families=[merge.family_id, merge.into_id])
        return merge


urlpatterns = [
    path("families-twice/", FamiliesTwice.as_view(), name="api-families-twice"),
    path("families-twice/<uuid:uid>/is/<uuid:one>/", OneFamily.as_view(), name="api-merge-families"),
    path("families-made-one/<uuid:uid>/", MergedFamilies.as_view(), name="api-merged-families"),
]
