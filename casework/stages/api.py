"""The stage of a case, and its steps up and down, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.stages import services
from casework.stages.models import THENS, WAYS, CareStep
from casework.stages.rules import LONGEST, LONGEST_WHOM, Then
from casework.stages.services import standing_of
from casework.stages.views import family_or_refuse, step_or_refuse
from casework.transitions.rules import STAGE_NAMES
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
STAGES = [(stage.value, name) for stage, name in STAGE_NAMES.items()]


class CareStepSerializer(serializers.ModelSerializer):
    """A step up to children's social care, or down from it. ``then``: what became of our case."""

    family = serializers.UUIDField(source="family.shown.uid")
    way = serializers.ChoiceField(WAYS)
    then = serializers.ChoiceField(THENS)
    recorded_by = serializers.StringRelatedField()

    class Meta:
        model = CareStep
        fields = [
            "uid", "family", "way", "happened_on", "whom", "reason", "then", "recorded_by", "recorded_on",
            "acknowledged_on", "acknowledged_who", "went_on_on", "went_on_because",
        ]  # fmt: skip
        read_only_fields = fields


class CaseStageSerializer(serializers.Serializer):
    """``next``: what leads to the next stage; ``missing``: what is not there for it yet."""

    stage = serializers.ChoiceField(STAGES)
    next = serializers.CharField(allow_blank=True)
    missing = serializers.ListField(child=serializers.CharField())
    steps = CareStepSerializer(many=True)


class SayCareStepSerializer(serializers.Serializer):
    way = serializers.ChoiceField(WAYS)
    happened_on = serializers.DateField(default=today)
    whom = serializers.CharField(max_length=LONGEST_WHOM)
    reason = serializers.CharField(max_length=LONGEST)
    then = serializers.ChoiceField(THENS, default=Then.GOES_ON.value)


class AcknowledgeSerializer(serializers.Serializer):
    who = serializers.CharField(max_length=LONGEST_WHOM)
    acknowledged_on = serializers.DateField(default=today)


class GoOnSerializer(serializers.Serializer):
    because = serializers.CharField(max_length=LONGEST)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def answered(request: Request, step: CareStep, *, status: int = 200) -> Response:
    log_view(request, "Step up or down", family=step.family)
    found = CareStep.objects.visible_to(request.user).for_page().get(pk=step.pk)
    return Response(CareStepSerializer(found).data, status=status)


class StageOfCase(APIView):
    @extend_schema(operation_id="stage_read", responses=CaseStageSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        """Say at which stage the case of a family is, and what is missing for the next."""
        family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=uid)
        log_view(request, "The stage of the case", family=family)
        stands = standing_of(family, user=request.user, on=today())
        steps = CareStep.objects.visible_to(request.user).filter(family=family).for_page()
        shown = {
            "stage": stands.stage, "next": stands.next, "missing": [one.text for one in stands.lacks], "steps": steps,
        }  # fmt: skip
        return Response(CaseStageSerializer(shown).data)


class StepCase(OnceMixin, APIView):
    @extend_schema(operation_id="case_step", request=SayCareStepSerializer, responses={201: CareStepSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that a case was stepped up or down. The same again is the same."""
        family = family_or_refuse(request.user, uid)
        made = services.step_case(family, by=request.user, on=today(), **read(request, SayCareStepSerializer))
        return answered(request, made, status=CREATED)


class AcknowledgeStep(OnceMixin, APIView):
    @extend_schema(operation_id="step_acknowledge", request=AcknowledgeSerializer, responses=CareStepSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say who acknowledged it."""
        found = step_or_refuse(request.user, uid)
        said = read(request, AcknowledgeSerializer)
        return answered(request, services.acknowledge_step(found, by=request.user, on=today(), **said))


class GoOn(OnceMixin, APIView):
    @extend_schema(operation_id="case_go_on", request=GoOnSerializer, responses=CareStepSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Go on with a case that was held."""
        found = step_or_refuse(request.user, uid, to_go_on=True)
        return answered(request, services.go_on(found, by=request.user, on=today(), **read(request, GoOnSerializer)))


urlpatterns = [
    path("families/<uuid:uid>/case/stage/", StageOfCase.as_view(), name="api-stage"),
    path("families/<uuid:uid>/case/step/", StepCase.as_view(), name="api-step"),
    path("care-steps/<uuid:uid>/acknowledge/", AcknowledgeStep.as_view(), name="api-acknowledge-step"),
    path("care-steps/<uuid:uid>/go-on/", GoOn.as_view(), name="api-go-on"),
]
