"""When a worker works and when they are away, for programs."""

from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.about.rules import BESIDE_ENGLISH
from referrals.workers import services
from referrals.workers.forms import DISTRICT
from referrals.workers.models import Leave
from referrals.workers.services import Pattern
from slf.accounts.models import User
from slf.clock import today
from slf.work.once import OnceMixin


class DaysAwaySerializer(serializers.Serializer):
    """Days away, both included."""

    uid = serializers.UUIDField(read_only=True)
    first = serializers.DateField(source="period.lower")
    last = serializers.DateField(source="last_day")


class PatternSerializer(serializers.Serializer):
    """When somebody works: days from 0 (Monday), codes of languages beside English, the district they start from."""

    days = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6), min_length=1)
    evenings = serializers.BooleanField()
    languages = serializers.ListField(child=serializers.ChoiceField(list(BESIDE_ENGLISH.items())))
    district = serializers.RegexField(f"{DISTRICT}|^$", allow_blank=True)


class WorkerSerializer(PatternSerializer):
    """A worker's days with the leave that is not over."""

    worker = serializers.UUIDField(source="worker.uid")
    name = serializers.CharField(source="worker.__str__")
    leave = serializers.SerializerMethodField()

    @extend_schema(responses=DaysAwaySerializer(many=True))
    def get_leave(self, pattern: object) -> list[dict]:
        rows = Leave.objects.filter(worker=pattern.worker).not_over(on=today())
        return DaysAwaySerializer(rows, many=True).data


class OfAWorker(OnceMixin, APIView):
    """What the addresses of one worker share."""

    def find(self, request: Request, uid: UUID) -> User:
        try:
            return services.find_worker(uid, by=request.user)
        except User.DoesNotExist as missing:
            raise Http404 from missing


class WorkerDays(OfAWorker):
    """When one worker of your team works."""

    @extend_schema(operation_id="worker_read", responses=WorkerSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(WorkerSerializer(services.pattern_of(self.find(request, uid))).data)

    @extend_schema(operation_id="worker_days", request=PatternSerializer, responses=WorkerSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say when they work; it takes the place of what was said before."""
        worker, given = self.find(request, uid), PatternSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        pattern = Pattern(tuple(said["days"]), said["evenings"], tuple(said["languages"]), said["district"])
        return Response(WorkerSerializer(services.set_pattern(worker, pattern, by=request.user)).data)


class NewDaysAwaySerializer(serializers.Serializer):
    first = serializers.DateField()
    last = serializers.DateField()


class WorkerLeave(OfAWorker):
    """Days on which one worker is away."""

    @extend_schema(operation_id="worker_leave", request=NewDaysAwaySerializer, responses=DaysAwaySerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        worker, given = self.find(request, uid), NewDaysAwaySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(DaysAwaySerializer(services.add_leave(worker, **given.validated_data, by=request.user)).data)


class OneLeave(OfAWorker):
    """Some days away."""

    @extend_schema(operation_id="worker_leave_cancel", request=None, responses={204: None})
    def delete(self, request: Request, uid: UUID, leave_uid: UUID) -> Response:
        """Say that they are not away after all."""
        services.cancel_leave(leave_uid, self.find(request, uid), by=request.user)
        return Response(status=204)


urlpatterns = [
    path("workers/<uuid:uid>/", WorkerDays.as_view(), name="api-worker"),
    path("workers/<uuid:uid>/leave/", WorkerLeave.as_view(), name="api-worker-leave"),
    path("workers/<uuid:uid>/leave/<uuid:leave_uid>/", OneLeave.as_view(), name="api-worker-leave-cancel"),
]
