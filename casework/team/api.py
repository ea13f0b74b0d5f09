"""The team, and the families whose work drifts, for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.drift.rules import DRIFT
from casework.team.rows import drift_list, named, team_of
from casework.team.views import asked_sign
from families.people.models import Family
from slf.access.api import may
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import as_uuid

MayReview = may(Can.REVIEW_FAMILY)


class TeamMemberSerializer(serializers.Serializer):
    """One worker. ``drifting`` is how many of the families are on the drift list."""

    worker = serializers.CharField(source="worker.__str__")
    worker_uid = serializers.UUIDField(source="worker.uid")
    role = serializers.CharField(source="line.place.role")
    locality = serializers.CharField(source="line.place.locality.slug")
    caseload = serializers.CharField(source="caseload.words")
    families = serializers.SerializerMethodField()
    oldest_weeks = serializers.IntegerField(source="oldest", allow_null=True)
    average_weeks = serializers.IntegerField(source="average", allow_null=True)
    longest_without_contact = serializers.IntegerField(source="silent_days", allow_null=True, help_text="In days.")
    without_contact = serializers.IntegerField(source="silent", help_text="Families with no contact for too long.")
    drifting = serializers.IntegerField()
    supervised_on = serializers.DateField(source="line.due.last", allow_null=True)
    supervision_due_on = serializers.DateField(source="line.due.day")
    supervision_overdue = serializers.BooleanField(source="line.due.is_overdue")

    def get_families(self, member: Any) -> int:
        return len(member.families)


class DriftSignSerializer(serializers.Serializer):
    sign = serializers.CharField()
    words = serializers.CharField()


class DriftSerializer(serializers.Serializer):
    """One family of the drift list, with why it is on it."""

    family = serializers.UUIDField()
    name = serializers.CharField()
    worker = serializers.CharField(allow_null=True)
    opened_on = serializers.DateField()
    signs = DriftSignSerializer(many=True)


class TeamOfMine(APIView):
    permission_classes = [MayReview]

    @extend_schema(operation_id="team_list", responses=TeamMemberSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return everybody the caller supervises."""
        found = team_of(request.user, on=today())
        log_view(request, "The team", families=[one.family for member in found.members for one in member.families])
        return Response(TeamMemberSerializer(found.members, many=True).data)


class DriftList(generics.GenericAPIView):
    """The families whose work drifts, the most pressing first."""

    permission_classes = [MayReview]
    serializer_class = DriftSerializer
    queryset = Family.objects.none()

    @extend_schema(
        operation_id="drift_list",
        responses=DriftSerializer(many=True),
        parameters=[
            OpenApiParameter("reason", str, enum=[sign.value for sign in DRIFT], description="Of one reason."),
            OpenApiParameter("worker", str, description="With one worker: their uid."),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        reason, worker = asked_sign(asked.get("reason")), as_uuid(asked.get("worker"))
        found = drift_list(request.user, on=today(), reason=reason, worker=worker)
        page = named(self.paginate_queryset(found.rows), user=request.user)
        log_view(request, "Drift list", families=[family.pk for family, _ in page])
        return self.get_paginated_response(DriftSerializer([as_row(*one) for one in page], many=True).data)


def as_row(family: Family, row: Any) -> dict[str, Any]:
    stands = row.stands
    return {
        "family": family.uid, "name": family.name, "worker": stands.work and stands.work.worker,
        "opened_on": stands.opened_on, "signs": row.why,
    }  # fmt: skip


urlpatterns = [
    path("team/", TeamOfMine.as_view(), name="api-team"),
    path("drift/", DriftList.as_view(), name="api-drift"),
]
