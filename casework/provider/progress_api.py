"""The provider's evidence of steps toward work, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.provider.api import CREATED, OneStep, ProvisionSerializer, answered, read
from casework.provider.doors import progress_or_refuse
from casework.provider.evidence import correct_progress, record_progress, take_back_progress
from casework.provider.models import EVIDENCE, Provision, WorkProgress
from casework.provider.progress import BY_HAND, TOWARD_NAMES, Told
from casework.provider.rules import LONGEST
from slf.clock import today
from slf.work.once import OnceMixin


class CorrectProgressSerializer(serializers.Serializer):
    happened_on = serializers.DateField()
    evidence = serializers.ChoiceField(EVIDENCE)
    seen_by = serializers.CharField(max_length=120)
    seen_on = serializers.DateField()
    words = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)


class RecordProgressSerializer(CorrectProgressSerializer):
    step = serializers.ChoiceField([(step.value, TOWARD_NAMES[step]) for step in BY_HAND])


class TakeBackProgressSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=LONGEST, help_text="Why it is taken back.")


class RecordProgress(OneStep):
    @extend_schema(operation_id="work_progress", request=RecordProgressSerializer, responses={201: ProvisionSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down one step toward work, with what shows it."""

        def verb(found: Provision, *, by: Any, on: Any, **said: Any) -> WorkProgress:
            return record_progress(found, Told(**said), by=by, on=on)

        return self.take(request, uid, verb, RecordProgressSerializer, status=CREATED)


class CorrectProgress(OnceMixin, APIView):
    @extend_schema(
        operation_id="work_progress_correct", request=CorrectProgressSerializer, responses={201: ProvisionSerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Correct a step by a later row."""
        row = progress_or_refuse(request.user, uid)
        told = Told(step=row.step, **read(request, CorrectProgressSerializer))
        correct_progress(row, told, by=request.user, on=today())
        return answered(request, row.provision, "Correct progress to work", status=CREATED)


class TakeBackProgress(OnceMixin, APIView):
    @extend_schema(
        operation_id="work_progress_take_back", request=TakeBackProgressSerializer,
        responses={201: ProvisionSerializer},
    )  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Say by a later row that a step did not happen."""
        row = progress_or_refuse(request.user, uid)
        take_back_progress(row, by=request.user, on=today(), **read(request, TakeBackProgressSerializer))
        return answered(request, row.provision, "Take progress to work back", status=CREATED)


urlpatterns = [
    path("provisions/<uuid:uid>/progress/", RecordProgress.as_view(), name="api-work-progress"),
    path("work-progress/<uuid:uid>/correct/", CorrectProgress.as_view(), name="api-correct-progress"),
    path("work-progress/<uuid:uid>/take-back/", TakeBackProgress.as_view(), name="api-take-back-progress"),
]
