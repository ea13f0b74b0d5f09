"""Supervision for programs: begin it, decide on families, write the worker's own part, sign; what is agreed is done."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.supervision import services
from casework.supervision.agenda import Topic, agenda
from casework.supervision.caseload import open_to_staff
from casework.supervision.line import below
from casework.supervision.models import AgreedAction, Decision, OwnPart, Supervision, SupervisionPart
from casework.supervision.rules import KIND_CHOICES, LONGEST, LONGEST_WHAT, OwnWords, check_action
from casework.supervision.views import part_or_refuse, supervision_or_refuse
from families.people.models import Family
from slf.access.api import IsStaff
from slf.access.doors import get_or_refuse, log_view
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import NotForYou
from slf.work.once import OnceMixin

CREATED = 201
NOT_BELOW = "Only seniors, managers and heads of service begin a supervision."


class AgreedActionSerializer(serializers.ModelSerializer):
    owner = serializers.StringRelatedField()
    done_by = serializers.StringRelatedField(allow_null=True)
    on_plan = serializers.BooleanField(help_text="It is an action of the plan, and settled there.")

    class Meta:
        model = AgreedAction
        fields = ["uid", "what", "owner", "due_on", "done_on", "done_by", "came_of_it", "on_plan"]
        read_only_fields = fields


class DecisionSerializer(serializers.ModelSerializer):
    """What was decided on a family. ``signed_on``: null until both have signed."""

    family = serializers.UUIDField(source="family.shown.uid")
    words = serializers.CharField(help_text="The decision in words.")
    worker = serializers.StringRelatedField()
    decided_by = serializers.StringRelatedField()
    actions = AgreedActionSerializer(many=True)

    class Meta:
        model = Decision
        fields = [
            "uid", "family", "decision", "words", "note", "worker", "decided_by", "decided_on", "signed_on", "revision",
            "actions",
        ]  # fmt: skip
        read_only_fields = fields


class SupervisionPartSerializer(serializers.Serializer):
    """One worker's part. ``state`` is what is signed: send back the one that was read."""

    uid = serializers.UUIDField()
    worker = serializers.CharField(source="worker.__str__")
    worker_uid = serializers.UUIDField(source="worker.uid")
    supervisor_signed_on = serializers.DateField(allow_null=True)
    worker_signed_on = serializers.DateField(allow_null=True)
    state = serializers.SerializerMethodField()

    def get_state(self, part: SupervisionPart) -> str:
        return services.state_of(part)


class SupervisionSerializer(serializers.ModelSerializer):
    role = serializers.CharField(help_text="As what its workers are supervised.")
    supervisor = serializers.StringRelatedField()
    locality = serializers.CharField(source="scope.locality.slug")
    parts = SupervisionPartSerializer(many=True)

    class Meta:
        model = Supervision
        fields = ["uid", "kind", "role", "held_on", "called_off_on", "supervisor", "locality", "parts"]
        read_only_fields = fields


class TopicSignSerializer(serializers.Serializer):
    sign = serializers.CharField()
    words = serializers.CharField()


class TopicSerializer(serializers.Serializer):
    """One family to talk over, with why; ``decision``: what was decided in this meeting."""

    family = serializers.UUIDField(source="family.uid")
    name = serializers.CharField(source="family.name")
    covers = serializers.BooleanField()
    signs = TopicSignSerializer(many=True)
    decision = DecisionSerializer(allow_null=True)
    before = DecisionSerializer(allow_null=True)
    left_over = AgreedActionSerializer(many=True, source="actions")


class BeginSerializer(serializers.Serializer):
    workers = serializers.ListField(child=serializers.UUIDField(), min_length=1)
    kind = serializers.ChoiceField(KIND_CHOICES)
    held_on = serializers.DateField(default=today)


class FamilyDecisionSerializer(serializers.Serializer):
    """``revision``: the decision as it was read, 0 where there was none. An action is agreed with ``what``."""

    family = serializers.UUIDField()
    decision = serializers.CharField(max_length=12, help_text="A code of the setting ``super_decisions``.")
    note = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)
    revision = serializers.IntegerField(min_value=0, default=0)
    what = serializers.CharField(max_length=LONGEST_WHAT, default="", allow_blank=True)
    owner = serializers.ChoiceField(["worker", "supervisor"], default="worker")
    due_on = serializers.DateField(default=None, allow_null=True)


class OwnPartSerializer(serializers.Serializer):
    """``revision``: what was read, 0 where nothing stood there."""

    wellbeing = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)
    workload = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)
    development = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)
    revision = serializers.IntegerField(min_value=0, default=0)
    written_by = serializers.StringRelatedField(read_only=True, allow_null=True)


class SignPartSerializer(serializers.Serializer):
    state = serializers.CharField(max_length=64, help_text="The ``state`` that was read.")


class ActionDoneSerializer(serializers.Serializer):
    came_of_it = serializers.CharField(max_length=LONGEST_WHAT, default="", allow_blank=True)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class Supervisions(OnceMixin, generics.GenericAPIView):
    permission_classes = [IsStaff]
    serializer_class = SupervisionSerializer
    queryset = Supervision.objects.none()

    @extend_schema(operation_id="supervision_list", responses=SupervisionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return the supervisions of the caller, and of those below them."""
        rows = Supervision.objects.visible_to(request.user).for_list()
        log_view(request, "Supervisions")
        return self.get_paginated_response(self.get_serializer(self.paginate_queryset(rows), many=True).data)

    @extend_schema(operation_id="supervision_begin", request=BeginSerializer, responses={201: SupervisionSerializer})
    def post(self, request: Request) -> Response:
        """Begin a supervision with one worker, or a group of them. The same again on one day is the same."""
        if not rights_of(request.user).may(Can.REVIEW_FAMILY):
            raise NotForYou(NOT_BELOW)
        said = read(request, BeginSerializer)
        wanted = set(said.pop("workers"))
        workers: list[User] = [place.worker for place in below(request.user) if place.worker.uid in wanted]
        workers = workers if len(workers) == len(wanted) else []
        made = services.begin_supervision(workers, **said, by=request.user, on=today())
        log_view(request, "Begin a supervision")
        return Response(SupervisionSerializer(made).data, status=CREATED)


class OneSupervision(APIView):
    @extend_schema(operation_id="supervision_read", responses=SupervisionSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        row = supervision_or_refuse(request.user, uid)
        log_view(request, "Supervision")
        return Response(SupervisionSerializer(row).data)


class CallOff(OnceMixin, APIView):
    @extend_schema(operation_id="supervision_call_off", request=None, responses=SupervisionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Call a supervision off in which nothing was decided."""
        row = supervision_or_refuse(request.user, uid, can=Can.REVIEW_FAMILY)
        services.call_off(row, by=request.user, on=today())
        log_view(request, "Supervision")
        return Response(SupervisionSerializer(supervision_or_refuse(request.user, uid)).data)


class Agenda(APIView):
    @extend_schema(operation_id="supervision_agenda", responses=TopicSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """Return the families of one worker to talk over, the most pressing first."""
        part = part_or_refuse(request.user, uid)
        topics: list[Topic] = agenda(part, user=request.user, on=today())
        log_view(request, "Supervision", families=[one.family.pk for one in topics])
        return Response(TopicSerializer(topics, many=True).data)


class Decide(OnceMixin, APIView):
    @extend_schema(operation_id="supervision_decide", request=FamilyDecisionSerializer, responses=DecisionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Decide on a family, or change that; agree an action. 409 when somebody changed it meanwhile."""
        user = request.user
        part = part_or_refuse(user, uid, can=Can.REVIEW_FAMILY)
        said = read(request, FamilyDecisionSerializer)
        family = get_or_refuse(Family.objects.open_to(user), user, can=Can.REVIEW_FAMILY, uid=said.pop("family"))
        owner = part.supervision.supervisor if said.pop("owner") == "supervisor" else part.worker
        action = check_action(said.pop("what"), said.pop("due_on"), held_on=part.supervision.held_on)
        made = services.decide(part, family, **said, action=action, owner=owner, by=user, on=today())
        log_view(request, "Decide in supervision", family=family)
        return Response(DecisionSerializer(Decision.objects.visible_to(user).for_page().get(pk=made.pk)).data)


class Own(OnceMixin, APIView):
    """A worker's own part: the two, and the line above."""

    def part(self, request: Request, uid: UUID) -> SupervisionPart:
        part = SupervisionPart.objects.visible_to(request.user).own_of(request.user).for_page().filter(uid=uid).first()
        if part is None:
            raise Http404
        return part

    @extend_schema(operation_id="supervision_own", responses=OwnPartSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        part = self.part(request, uid)
        log_view(request, "A worker's own part of a supervision")
        own = OwnPart.objects.visible_to(request.user).filter(part=part).select_related("written_by").first()
        return Response(OwnPartSerializer(own or {"written_by": None, "revision": 0}).data)

    @extend_schema(operation_id="supervision_write_own", request=OwnPartSerializer, responses=OwnPartSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Write what stays between the two. 409 when the other one changed it meanwhile."""
        part, said = self.part(request, uid), read(request, OwnPartSerializer)
        revision = said.pop("revision")
        made = services.write_own_part(part, OwnWords(**said), revision=revision, by=request.user)
        log_view(request, "A worker's own part of a supervision")
        return Response(OwnPartSerializer(made).data)


class Sign(OnceMixin, APIView):
    @extend_schema(operation_id="supervision_sign", request=SignPartSerializer, responses=SupervisionPartSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Sign one's side of a part, as it was read. 409 when it changed since."""
        part = part_or_refuse(request.user, uid)
        said = read(request, SignPartSerializer)
        made = services.sign_part(part, by=request.user, on=today(), signs=said["state"])
        log_view(request, "Sign a supervision")
        return Response(SupervisionPartSerializer(made).data)


class Done(OnceMixin, APIView):
    @extend_schema(operation_id="agreed_action_done", request=ActionDoneSerializer, responses=AgreedActionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that an agreed action is done, and what came of it. The first to say so is kept."""
        action = get_or_refuse(AgreedAction.objects.select_related("family"), request.user, uid=uid)
        made = services.mark_done(action, by=request.user, on=today(), **read(request, ActionDoneSerializer))
        log_view(request, "An action agreed in supervision", family=action.family)
        return Response(AgreedActionSerializer(made).data)


class TakeOut(OnceMixin, APIView):
    @extend_schema(operation_id="agreed_action_take_out", request=None, responses={204: None})
    def post(self, request: Request, uid: UUID) -> Response:
        """Take an action out that was not agreed after all, while both have not signed."""
        rows = AgreedAction.objects.select_related("decision__part", "family")
        action = get_or_refuse(rows, request.user, can=Can.REVIEW_FAMILY, uid=uid)
        services.take_out_action(action, by=request.user)
        log_view(request, "An action agreed in supervision", family=action.family)
        return Response(status=204)


class OfFamily(APIView):
    @extend_schema(operation_id="family_supervision", responses=DecisionSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """Return what was decided on a family in supervision, the latest first."""
        family = get_or_refuse(open_to_staff(request.user), request.user, uid=uid)
        log_view(request, "Decisions in supervision", family=family)
        rows = Decision.objects.visible_to(request.user).filter(family=family).for_page()
        return Response(DecisionSerializer(rows, many=True).data)


urlpatterns = [
    path("supervisions/", Supervisions.as_view(), name="api-supervisions"),
    path("supervisions/<uuid:uid>/", OneSupervision.as_view(), name="api-supervision"),
    path("supervisions/<uuid:uid>/call-off/", CallOff.as_view(), name="api-call-off-supervision"),
    path("supervision-parts/<uuid:uid>/agenda/", Agenda.as_view(), name="api-agenda"),
    path("supervision-parts/<uuid:uid>/decisions/", Decide.as_view(), name="api-decide"),
    path("supervision-parts/<uuid:uid>/own/", Own.as_view(), name="api-own-part"),
    path("supervision-parts/<uuid:uid>/sign/", Sign.as_view(), name="api-sign-supervision"),
    path("agreed-actions/<uuid:uid>/", Done.as_view(), name="api-agreed-action"),
    path("agreed-actions/<uuid:uid>/take-out/", TakeOut.as_view(), name="api-take-out-agreed-action"),
    path("families/<uuid:uid>/supervision/", OfFamily.as_view(), name="api-family-supervision"),
]
