"""Decisions on progress, for programs: the same verbs as the pages."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.equivalents import services
from casework.equivalents.models import STATES, EquivalentProgress
from casework.equivalents.rules import LONGEST
from casework.equivalents.views import equivalent_or_refuse, family_or_refuse
from families.needs.models import Need
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class EquivalentProgressSerializer(serializers.ModelSerializer):
    """That progress with a need is worth the goal: proposed by one person, decided by another."""

    need = serializers.UUIDField(source="need.uid")
    state = serializers.ChoiceField(STATES)
    proposed_by = serializers.StringRelatedField()
    decided_by = serializers.StringRelatedField()

    class Meta:
        model = EquivalentProgress
        fields = [
            "uid", "need", "because", "words", "state", "proposed_by", "proposed_on", "decided_by", "decided_on",
            "grade", "answer",
        ]  # fmt: skip
        read_only_fields = fields


class ProposeEquivalentSerializer(serializers.Serializer):
    need = serializers.UUIDField()
    because = serializers.CharField(max_length=12)
    words = serializers.CharField(max_length=LONGEST)


class DecideEquivalentSerializer(serializers.Serializer):
    approve = serializers.BooleanField()
    answer = serializers.CharField(max_length=LONGEST, allow_blank=True, default="")


def answered(request: Request, made: EquivalentProgress, *, status: int = 200) -> Response:
    log_view(request, "Decisions on progress", family=made.family)
    found = EquivalentProgress.objects.visible_to(request.user).for_page().get(pk=made.pk)
    return Response(EquivalentProgressSerializer(found).data, status=status)


class Equivalents(OnceMixin, APIView):
    @extend_schema(operation_id="equivalents_list", responses=EquivalentProgressSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """Say what was proposed and decided of a family's progress."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Decisions on progress", family=family)
        rows = EquivalentProgress.objects.visible_to(request.user).filter(family=family).for_page()
        return Response(EquivalentProgressSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="equivalent_propose",
        request=ProposeEquivalentSerializer,
        responses={201: EquivalentProgressSerializer},
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Propose that progress with a need is worth the goal. The same again is the same."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, ProposeEquivalentSerializer)
        need = get_or_refuse(Need.objects.filter(family=family), request.user, uid=said.pop("need"))
        made = services.propose_equivalent(family, need=need, by=request.user, on=today(), **said)
        return answered(request, made, status=CREATED)


class DecideEquivalent(OnceMixin, APIView):
    @extend_schema(
        operation_id="equivalent_decide", request=DecideEquivalentSerializer, responses=EquivalentProgressSerializer
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Approve what somebody else proposed, or refuse it and say why."""
        found = equivalent_or_refuse(request.user, uid, can=Can.SIGN_ASSESSMENT)
        said = read(request, DecideEquivalentSerializer)
        said["approve"] = "yes" if said["approve"] else "no"
        return answered(request, services.decide_equivalent(found, by=request.user, on=today(), **said))


class WithdrawEquivalent(OnceMixin, APIView):
    @extend_schema(operation_id="equivalent_withdraw", request=None, responses=EquivalentProgressSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Take back a proposal on which nobody has decided."""
        found = equivalent_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        return answered(request, services.withdraw_equivalent(found, by=request.user, on=today()))


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


urlpatterns = [
    path("families/<uuid:uid>/equivalents/", Equivalents.as_view(), name="api-equivalents"),
    path("equivalents/<uuid:uid>/decide/", DecideEquivalent.as_view(), name="api-decide-equivalent"),
    path("equivalents/<uuid:uid>/withdraw/", WithdrawEquivalent.as_view(), name="api-withdraw-equivalent"),
]
