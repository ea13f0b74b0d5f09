"""Safeguarding concerns, for programs."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.safeguarding import rules, services
from casework.safeguarding.models import Concern, ConcernEntry, families_of
from casework.safeguarding.page import log_concern
from casework.safeguarding.rules import DECISIONS, KNOWS, LONGEST, REFERS, SHORT, STEPS, TAKEN, Said, Step, Told
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.clock import now
from slf.work.once import OnceMixin

CREATED = 201
STEP_NAMES = [(step.value, STEPS[step].done) for step in TAKEN]
RESULTS = [*rules.OUTCOMES.items(), *DECISIONS.items(), *KNOWS.items()]


class ConcernEntrySerializer(serializers.ModelSerializer):
    """One thing that was said or done."""

    step = serializers.ChoiceField(rules.STEP_CHOICES)
    by = serializers.StringRelatedField()

    class Meta:
        model = ConcernEntry
        fields = ["uid", "step", "by", "at", "who", "words", "done", "result"]
        read_only_fields = fields


class ConcernClockSerializer(serializers.Serializer):
    """One thing that is to be done by a moment."""

    step = serializers.ChoiceField(rules.STEP_CHOICES)
    label = serializers.CharField()
    began = serializers.DateTimeField()
    due = serializers.DateTimeField()
    done = serializers.DateTimeField(allow_null=True)


class ConcernSerializer(serializers.ModelSerializer):
    """A concern with what stands in it. Of one that was entered in error most people see only that it was."""

    family = serializers.SerializerMethodField()
    route = serializers.ChoiceField(rules.ROUTE_CHOICES)
    state = serializers.SerializerMethodField()
    raised_by = serializers.StringRelatedField()
    entries = ConcernEntrySerializer(source="all_entries", many=True)
    clocks = serializers.SerializerMethodField()

    class Meta:
        model = Concern
        fields = ["uid", "family", "route", "refers", "raised_by", "at", "state", "entries", "clocks"]
        read_only_fields = fields

    def get_family(self, concern: Concern) -> UUID | None:
        return concern.family.shown.uid if concern.family else None

    def get_state(self, concern: Concern) -> str:
        return concern.state[0]

    @extend_schema(responses=ConcernClockSerializer(many=True))
    def get_clocks(self, concern: Concern) -> list[dict[str, Any]]:
        return ConcernClockSerializer(concern.clocks(), many=True).data


class RaiseConcernSerializer(serializers.Serializer):
    """``team``: the locality that reads it, where no family is given. ``accused``: of an allegation against staff."""

    family = serializers.UUIDField(default=None, allow_null=True)
    team = serializers.SlugRelatedField(slug_field="slug", queryset=Locality.objects, default=None, allow_null=True)
    accused = serializers.UUIDField(default=None, allow_null=True)
    route = serializers.ChoiceField(rules.ROUTE_CHOICES)
    about = serializers.CharField(max_length=SHORT)
    words = serializers.CharField(max_length=LONGEST)
    done = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)
    refers = serializers.ChoiceField(list(REFERS.items()))
    told_who = serializers.CharField(max_length=SHORT, default="", allow_blank=True)
    knows = serializers.ChoiceField(list(KNOWS.items()))


class SayStepSerializer(serializers.Serializer):
    step = serializers.ChoiceField(STEP_NAMES)
    who = serializers.CharField(max_length=SHORT, default="", allow_blank=True)
    words = serializers.CharField(max_length=LONGEST)
    result = serializers.ChoiceField(list(rules.OUTCOMES.items()), default="", allow_blank=True)


class ReviewConcernSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(list(DECISIONS.items()))
    words = serializers.CharField(max_length=LONGEST)


class SayMistakeSerializer(serializers.Serializer):
    why = serializers.CharField(max_length=LONGEST)
    belongs_to = serializers.UUIDField(default=None, allow_null=True, help_text="The family it belongs to.")


class DecideMistakeSerializer(serializers.Serializer):
    is_mistake = serializers.BooleanField()
    words = serializers.CharField(max_length=LONGEST, default="", allow_blank=True, help_text="Why it stays.")


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def found_or_refuse(request: Request, uid: UUID, *, can: Can = Can.READ) -> Concern:
    found: Concern = get_or_refuse(Concern.objects.for_list(), request.user, can=can, uid=uid)
    return found


def answered(request: Request, pk: int, *, status: int = 200) -> Response:
    concern = Concern.objects.visible_to(request.user).for_list().get(pk=pk)
    log_concern(request, concern, "A safeguarding concern")
    return Response(ConcernSerializer(concern).data, status=status)


def told_of(said: dict[str, Any], *, by: User) -> Told:
    accused, team = said.pop("accused"), said.pop("team")
    if accused is not None:
        accused = services.colleagues(by).filter(uid=accused).values_list("pk", flat=True).first()
        if accused is None:
            raise serializers.ValidationError({"accused": ["There is no such colleague."]})
    return Told(**said, accused=accused, team=team and team.pk)


class Concerns(OnceMixin, generics.ListAPIView):
    """The concerns you read, the newest first; raise one."""

    serializer_class = ConcernSerializer
    queryset = Concern.objects.none()
    filter_backends = ()

    def get_queryset(self):
        return Concern.objects.visible_to(self.request.user).for_list()

    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        if theirs := families_of(page):
            log_view(request, "Safeguarding concerns", families=theirs)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(operation_id="concerns_raise", request=RaiseConcernSerializer, responses={201: ConcernSerializer})
    def post(self, request: Request) -> Response:
        """Raise a concern. Somebody in danger: ring first."""
        said = read(request, RaiseConcernSerializer)
        uid = said.pop("family")
        family = get_or_refuse(Family, request.user, uid=uid) if uid else None
        told = told_of(said, by=request.user)
        made = services.raise_concern(told, family=family, by=request.user, at=now())
        return answered(request, made.pk, status=CREATED)


class ConcernsOfFamily(generics.ListAPIView):
    """The concerns about a family that you read."""

    serializer_class = ConcernSerializer
    queryset = Concern.objects.none()
    filter_backends = ()

    @extend_schema(operation_id="family_concerns_list")
    def get(self, request: Request, uid: UUID) -> Response:
        rows = Family.objects.open_to(request.user, record_class=RecordClass.SAFEGUARDING)
        family = get_or_refuse(rows, request.user, uid=uid)
        found = Concern.objects.visible_to(request.user).filter(family=family).for_list()
        page = self.paginate_queryset(found)
        log_view(request, "Safeguarding concerns", family=family)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class OneConcern(APIView):
    @extend_schema(operation_id="concerns_read", responses=ConcernSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        return answered(request, found_or_refuse(request, uid).pk)


def to_add_to_or_refuse(request: Request, uid: UUID) -> Concern:
    found = found_or_refuse(request, uid)
    if not services.may_add_to(found, by=request.user):
        raise PermissionDenied
    return found


class StepsOfConcern(OnceMixin, APIView):
    @extend_schema(operation_id="concerns_add_step", request=SayStepSerializer, responses={201: ConcernSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Say what was done about a concern."""
        concern, said = to_add_to_or_refuse(request, uid), read(request, SayStepSerializer)
        said["step"] = Step(said["step"])
        services.add_step(concern, Said(**said), by=request.user, at=now())
        return answered(request, concern.pk, status=CREATED)


class ReviewConcern(OnceMixin, APIView):
    @extend_schema(operation_id="concerns_review", request=ReviewConcernSerializer, responses={201: ConcernSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Decide on a concern that somebody else raised."""
        concern = found_or_refuse(request, uid, can=Can.REVIEW_CONCERN)
        services.review_concern(concern, by=request.user, at=now(), **read(request, ReviewConcernSerializer))
        return answered(request, concern.pk, status=CREATED)


class MistakeOfConcern(OnceMixin, APIView):
    @extend_schema(
        operation_id="concerns_say_mistake", request=SayMistakeSerializer, responses={201: ConcernSerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that a concern was entered in error; somebody else decides on it."""
        concern, said = to_add_to_or_refuse(request, uid), read(request, SayMistakeSerializer)
        other = get_or_refuse(Family, request.user, uid=said["belongs_to"]) if said["belongs_to"] else None
        services.say_mistake(concern, why=said["why"], belongs_to=other, by=request.user, at=now())
        return answered(request, concern.pk, status=CREATED)


class DecideMistake(OnceMixin, APIView):
    @extend_schema(operation_id="concerns_decide_mistake", request=DecideMistakeSerializer, responses=ConcernSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Mask a concern that was entered in error, or say that it stays."""
        concern = found_or_refuse(request, uid, can=Can.REVIEW_CONCERN)
        said = read(request, DecideMistakeSerializer)
        if said["is_mistake"]:
            services.confirm_mistake(concern, by=request.user, at=now())
        else:
            services.leave_mistake(concern, words=said["words"], by=request.user, at=now())
        return answered(request, concern.pk)


urlpatterns = [
    path("concerns/", Concerns.as_view(), name="api-concerns"),
    path("concerns/<uuid:uid>/", OneConcern.as_view(), name="api-concern"),
    path("concerns/<uuid:uid>/steps/", StepsOfConcern.as_view(), name="api-concern-step"),
    path("concerns/<uuid:uid>/review/", ReviewConcern.as_view(), name="api-review-concern"),
    path("concerns/<uuid:uid>/mistake/", MistakeOfConcern.as_view(), name="api-concern-mistake"),
    path("concerns/<uuid:uid>/mistake/decide/", DecideMistake.as_view(), name="api-decide-mistake"),
    path("families/<uuid:uid>/concerns/", ConcernsOfFamily.as_view(), name="api-family-concerns"),
]
