"""Planned visits for programs: those of a family, those that one goes to, and what becomes of each."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.diary import services
from casework.diary.models import KIND_CHOICES, PlannedVisit
from casework.diary.rules import EVERY_NAMES, LONGEST_ABOUT, LONGEST_MINUTES, LONGEST_SAID, Planned
from casework.diary.views import planned_or_refuse
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
AHEAD = timedelta(days=7)


class PlannedVisitSerializer(serializers.ModelSerializer):
    """A visit that is to be, or what became of it. ``worker``: who is named; null: whoever works with the family."""

    family = serializers.UUIDField(source="family.shown.uid")
    worker = serializers.StringRelatedField(allow_null=True)
    because = serializers.CharField(help_text="The reason in words.")
    is_outside_hours = serializers.BooleanField()
    planned_by = serializers.StringRelatedField()
    settled_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = PlannedVisit
        fields = [
            "uid", "family", "kind", "due_on", "due_at", "minutes", "about", "worker", "series", "state", "reason",
            "because", "said", "is_outside_hours", "planned_by", "settled_by", "settled_on",
        ]  # fmt: skip
        read_only_fields = fields


class WhenSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(KIND_CHOICES)
    due_on = serializers.DateField()
    due_at = serializers.TimeField(default=None, allow_null=True)
    minutes = serializers.IntegerField(min_value=1, max_value=LONGEST_MINUTES, default=60)
    about = serializers.CharField(max_length=LONGEST_ABOUT, default="", allow_blank=True)


class PlanVisitSerializer(WhenSerializer):
    """``i_go``: the visit is yours, not that of whoever works with the family."""

    every = serializers.ChoiceField(
        [(every.value, name) for every, name in EVERY_NAMES.items()], default=None, allow_null=True
    )
    until = serializers.DateField(default=None, allow_null=True)
    i_go = serializers.BooleanField(default=False)


class NoAccessSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=12, help_text="A code of the setting ``visit_no_access``.")
    said = serializers.CharField(max_length=LONGEST_SAID, default="", allow_blank=True)


class CancelVisitSerializer(serializers.Serializer):
    """``rest``: also the later visits of the series."""

    reason = serializers.CharField(max_length=12, help_text="A code of the setting ``visit_cancelled``.")
    said = serializers.CharField(max_length=LONGEST_SAID, default="", allow_blank=True)
    rest = serializers.BooleanField(default=False)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def answered(request: Request, made: list[PlannedVisit], what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=made[0].family)
    rows = PlannedVisit.objects.visible_to(request.user).for_list().filter(pk__in=[one.pk for one in made])
    return Response(PlannedVisitSerializer(rows.soonest_first(), many=True).data, status=status)


class PlannedVisits(OnceMixin, APIView):
    """The visits planned with a family and what became of them, the latest first."""

    @extend_schema(operation_id="planned_visits_list", responses=PlannedVisitSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=uid)
        log_view(request, "Planned visits", family=family)
        rows = PlannedVisit.objects.visible_to(request.user).for_list().filter(family=family)
        return Response(PlannedVisitSerializer(rows.order_by("-due_on", "-pk"), many=True).data)

    @extend_schema(
        operation_id="visit_plan", request=PlanVisitSerializer, responses={201: PlannedVisitSerializer(many=True)}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Plan a visit, or each of a series."""
        rows = Family.objects.open_to(request.user)
        family = get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=uid)
        said = read(request, PlanVisitSerializer)
        again = {"every": said.pop("every"), "until": said.pop("until")}
        worker = request.user if said.pop("i_go") else None
        made = services.plan_visit(family, Planned(**said), by=request.user, on=today(), worker=worker, **again)
        return answered(request, made, "Plan a visit", status=CREATED)


class MyPlannedVisits(APIView):
    """The visits that one goes to: overdue, today and in the next days."""

    @extend_schema(operation_id="my_planned_visits_list", responses=PlannedVisitSerializer(many=True))
    def get(self, request: Request) -> Response:
        if not rights_of(request.user).may(Can.WORK_FAMILY):
            raise PermissionDenied
        mine = PlannedVisit.objects.visible_to(request.user).open().of_worker(request.user, on=today())
        rows = list(mine.for_list().filter(due_on__lte=today() + AHEAD).soonest_first())
        log_view(request, "My planned visits", families=[row.family_id for row in rows])
        return Response(PlannedVisitSerializer(rows, many=True).data)


class PlannedVisitOfFamily(APIView):
    @extend_schema(operation_id="planned_visit_read", responses=PlannedVisitSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        found = planned_or_refuse(request.user, uid)
        log_view(request, "A planned visit", family=found.family)
        return Response(PlannedVisitSerializer(found).data)


class MovePlannedVisit(OnceMixin, APIView):
    @extend_schema(
        operation_id="planned_visit_move", request=WhenSerializer, responses=PlannedVisitSerializer(many=True)
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Give one visit another day, time or place."""
        found = planned_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        plan = Planned(**read(request, WhenSerializer))
        done = services.move_visit(found, plan, by=request.user, on=today())
        return answered(request, [done], "Move a planned visit")


class CancelPlannedVisit(OnceMixin, APIView):
    @extend_schema(
        operation_id="planned_visit_cancel", request=CancelVisitSerializer,
        responses=PlannedVisitSerializer(many=True),
    )  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Cancel one visit, or it and the rest of its series."""
        found = planned_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, CancelVisitSerializer)
        return answered(
            request, services.cancel_visit(found, by=request.user, on=today(), **said), "Cancel a planned visit"
        )


class NoAccessAtVisit(OnceMixin, APIView):
    @extend_schema(
        operation_id="planned_visit_no_access", request=NoAccessSerializer,
        responses=PlannedVisitSerializer(many=True),
    )  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Note that somebody went and met nobody."""
        found = planned_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, NoAccessSerializer)
        done = services.note_no_access(found, by=request.user, on=today(), **said)
        return answered(request, [done], "No access at a visit")


urlpatterns = [
    path("families/<uuid:uid>/planned-visits/", PlannedVisits.as_view(), name="api-planned-visits"),
    path("planned-visits/", MyPlannedVisits.as_view(), name="api-my-planned-visits"),
    path("planned-visits/<uuid:uid>/", PlannedVisitOfFamily.as_view(), name="api-planned-visit"),
    path("planned-visits/<uuid:uid>/move/", MovePlannedVisit.as_view(), name="api-move-planned-visit"),
    path("planned-visits/<uuid:uid>/cancel/", CancelPlannedVisit.as_view(), name="api-cancel-planned-visit"),
    path("planned-visits/<uuid:uid>/no-access/", NoAccessAtVisit.as_view(), name="api-no-access-at-visit"),
]
