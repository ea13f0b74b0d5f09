"""Requests to services, for programs; and what was not to be had, by locality and need."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.around.api import read, service_of
from casework.around.doors import family_or_refuse
from casework.requests import services
from casework.requests.figures import Narrowed, figures
from casework.requests.models import STATES, ServiceRequest
from casework.requests.rules import LONGEST
from casework.requests.views import request_or_refuse
from families.households.services import household_on
from families.needs.rules import NEEDS
from families.people.models import Family, Person
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
NOBODY = "There is nobody of that identifier in the family."


class ServiceRequestSerializer(serializers.ModelSerializer):
    """A request; ``waited`` is in days, until it started, was given up, or until today."""

    family = serializers.UUIDField(source="family.shown.uid")
    service = serializers.UUIDField(source="service.uid", default=None)
    what = serializers.CharField()
    person = serializers.UUIDField(source="person.uid", default=None)
    state = serializers.ChoiceField(STATES)
    waited = serializers.SerializerMethodField()
    because = serializers.CharField(help_text="The reason in words.")
    asked_by = serializers.StringRelatedField()

    class Meta:
        model = ServiceRequest
        fields = [
            "uid", "family", "service", "other", "what", "need", "person", "words", "missed", "all_the_same", "state",
            "asked_on", "asked_by",
            "offered_on", "started_on", "closed_on", "waited", "reason", "because", "closed_words",
        ]  # fmt: skip
        read_only_fields = fields

    def get_waited(self, asked: ServiceRequest) -> int:
        return asked.waited(today())


class AskServiceSerializer(serializers.Serializer):
    """Name a ``service`` of the directory, or what ``other`` is asked for."""

    service = serializers.UUIDField(required=False, allow_null=True, default=None)
    other = serializers.CharField(max_length=120, default="", allow_blank=True)
    need = serializers.ChoiceField(list(NEEDS.items()))
    person = serializers.UUIDField(required=False, allow_null=True, default=None)
    words = serializers.CharField(max_length=LONGEST)
    asked_on = serializers.DateField(default=today)
    all_the_same = serializers.CharField(
        max_length=12, default="", allow_blank=True,
        help_text="A code of the setting ``service_all_the_same``, where the family does not meet what it asks for.",
    )  # fmt: skip


class RequestStepSerializer(serializers.Serializer):
    """What happened to a request, on which day. ``ended``, ``declined`` and ``unavailable`` take a ``reason``."""

    state = serializers.ChoiceField([pair for pair in STATES if pair[0] != "asked"])
    on = serializers.DateField(default=today)
    reason = serializers.CharField(max_length=12, default="", allow_blank=True)
    words = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)


class RequestFigureSerializer(serializers.Serializer):
    label = serializers.CharField()
    number = serializers.IntegerField()


class RequestWaitsSerializer(serializers.Serializer):
    """Waits in days of what started or still waits."""

    number = serializers.IntegerField()
    middle = serializers.IntegerField(allow_null=True)
    longest = serializers.IntegerField(allow_null=True)


class RequestFiguresSerializer(serializers.Serializer):
    """What was asked for one need in one locality."""

    locality = serializers.CharField()
    need = serializers.CharField()
    figures = RequestFigureSerializer(many=True)
    reasons = RequestFigureSerializer(many=True, help_text="Why it was not met.")
    waits = RequestWaitsSerializer()


def answered(request: Request, asked: ServiceRequest, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=asked.family)
    found = ServiceRequest.objects.visible_to(request.user).for_page().get(pk=asked.pk)
    return Response(ServiceRequestSerializer(found).data, status=status)


def person_of(family: Family, uid: UUID | None, request: Request) -> Person | None:
    """Return somebody of the family; somebody of another one is the same refusal as nobody."""
    if uid is None:
        return None
    here = {member.person.uid: member.entry for member in household_on(family, today(), by=request.user)}
    if uid not in here:
        raise exceptions.ValidationError({"person": [NOBODY]})
    return here[uid]


class ServiceRequests(OnceMixin, APIView):
    @extend_schema(operation_id="service_requests_list", responses=ServiceRequestSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """What services were asked for a family."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Requests to services", family=family)
        rows = ServiceRequest.objects.visible_to(request.user).filter(family=family).for_page()
        return Response(ServiceRequestSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="service_request_ask", request=AskServiceSerializer, responses={201: ServiceRequestSerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down that a service was asked for."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, AskServiceSerializer)
        said["service"], said["person"] = service_of(said["service"]), person_of(family, said["person"], request)
        made = services.ask_service(family, by=request.user, on=today(), **said)
        return answered(request, made, "Ask a service", status=CREATED)


class RequestStep(OnceMixin, APIView):
    @extend_schema(
        operation_id="service_request_step", request=RequestStepSerializer, responses=ServiceRequestSerializer
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down what happened to a request."""
        found, said = request_or_refuse(request.user, uid), read(request, RequestStepSerializer)
        return answered(request, self.take(found, said), "A request to a service")

    def take(self, found: ServiceRequest, said: dict[str, Any]) -> ServiceRequest:
        state, day = said["state"], said["on"]
        who = {"by": self.request.user, "on": today()}
        closes = {"closed_on": day, "words": said["words"], **who}
        if state == "offered":
            return services.offer(found, offered_on=day, **who)
        if state == "started":
            return services.start(found, started_on=day, **who)
        if state == "ended":
            return services.end(found, reason=said["reason"], **closes)
        if state == "withdrawn":
            return services.withdraw(found, **closes)
        return services.not_met(found, how=state, reason=said["reason"], **closes)


class RequestFigures(APIView):
    @extend_schema(
        operation_id="service_request_figures", responses=RequestFiguresSerializer(many=True),
        parameters=[OpenApiParameter("locality", OpenApiTypes.STR), OpenApiParameter("need", OpenApiTypes.STR)],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What was asked for by locality and need: waits, and what was not to be had."""
        if not rights_of(request.user).may(Can.VIEW_DASHBOARD):
            raise exceptions.PermissionDenied
        asked = Narrowed(*(request.query_params.get(name, "")[:60] for name in ("locality", "need")))
        return Response(RequestFiguresSerializer(figures(request.user, asked), many=True).data)


urlpatterns = [
    path("families/<uuid:uid>/service-requests/", ServiceRequests.as_view(), name="api-service-requests"),
    path("service-requests/<uuid:uid>/step/", RequestStep.as_view(), name="api-service-request-step"),
    path("service-request-figures/", RequestFigures.as_view(), name="api-service-request-figures"),
]
