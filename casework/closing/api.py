"""The case of a family and its closing, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.closing import services
from casework.closing.before import before_closing
from casework.closing.models import CONSENTS, OUTCOMES, STANDS, Closing, SustainmentCheck
from casework.closing.rules import ASKED_NAMES, LONGEST, REASONS, STATE_NAMES, Told
from casework.closing.services import needs_to_say, record_check
from casework.closing.views import closing_or_refuse, family_or_refuse, standing
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import SHORTEST_REASON, Can
from slf.clock import today
from slf.policy.models import value_of
from slf.work.once import OnceMixin

CREATED = 201
NOT_A_REASON = "There is no such reason, or it is not chosen any more."


class ClosingSerializer(serializers.ModelSerializer):
    """One closing: proposed, decided, perhaps taken back. ``closes_on`` is the first day without the case."""

    family = serializers.UUIDField(source="family.shown.uid")
    state = serializers.ChoiceField([(state.value, name) for state, name in STATE_NAMES.items()])
    because = serializers.CharField(help_text="The reason in words.")
    asked_by = serializers.ChoiceField([(asked.value, name) for asked, name in ASKED_NAMES.items()])
    proposed_by = serializers.StringRelatedField(allow_null=True)
    decided_by = serializers.StringRelatedField(allow_null=True)
    taken_back_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Closing
        fields = [
            "uid", "family", "state", "closes_on", "reason", "because", "asked_by", "family_says", "reached", "stays",
            "proposed_by", "proposed_on", "decided_by", "decided_on", "answer", "taken_back_by", "taken_back_on",
            "taken_back_because",
        ]  # fmt: skip
        read_only_fields = fields


class PointSerializer(serializers.Serializer):
    text = serializers.CharField()


class BeforeSerializer(serializers.Serializer):
    """What is not done, what ends with the case, and what stays open all the same."""

    undone = PointSerializer(many=True)
    ends = PointSerializer(many=True)
    stays = PointSerializer(many=True)


class CaseSerializer(serializers.Serializer):
    """The case that is open, or the one that was last; null where there never was one. ``before``: while it is open."""

    opened_on = serializers.DateField(allow_null=True)
    attached_on = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    closings = ClosingSerializer(many=True)
    before = BeforeSerializer(allow_null=True)


class NeedOutcomeSerializer(serializers.Serializer):
    """What became of one open need. ``need``: its number."""

    need = serializers.UUIDField()
    outcome = serializers.ChoiceField(OUTCOMES)


class CloseSerializer(serializers.Serializer):
    closes_on = serializers.DateField(default=today, help_text="The first day without the case; left out, today.")
    reason = serializers.CharField(max_length=12, help_text="A code of the setting ``closing_reasons``.")
    asked_by = serializers.ChoiceField([(asked.value, name) for asked, name in ASKED_NAMES.items()])
    family_says = serializers.CharField(max_length=LONGEST)
    reached = serializers.CharField(max_length=LONGEST)
    stays = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)
    outcomes = NeedOutcomeSerializer(many=True, default=list, help_text="Of each open need.")

    def validate_reason(self, code: str) -> str:
        if code not in dict(value_of(REASONS).choices):
            raise serializers.ValidationError(NOT_A_REASON)
        return code


class ConfirmClosingSerializer(serializers.Serializer):
    closes_on = serializers.DateField(default=None, allow_null=True, help_text="Left out, as it was proposed.")
    outcomes = NeedOutcomeSerializer(many=True, default=list, help_text="Of each need of which it is not said yet.")


class SendBackClosingSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=LONGEST)


class TakeBackClosingSerializer(serializers.Serializer):
    because = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def outcomes_in(said: dict[str, Any], family: Family) -> dict[int, str]:
    """Take out of a body what became of each need; a need of another family is none."""
    keys = {need.uid: need.pk for need in needs_to_say(family, on=today())}
    told = {keys.get(each["need"]): each["outcome"] for each in said.pop("outcomes")}
    return {key: outcome for key, outcome in told.items() if key is not None}


def answered(request: Request, closing: Closing, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=closing.family)
    found = Closing.objects.visible_to(request.user).for_page().get(pk=closing.pk)
    return Response(ClosingSerializer(found).data, status=status)


class CaseOfFamily(APIView):
    """How the case of a family stands."""

    @extend_schema(operation_id="case_read", responses=CaseSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        family = family_or_refuse(request.user, uid)
        log_view(request, "The case", family=family)
        return Response(CaseSerializer(self.shown(family)).data)

    def shown(self, family: Family) -> dict[str, Any]:
        stands = standing(family, self.request.user)
        case, closings = stands["case"], [one for one in (stands["last"], *stands["earlier"]) if one]
        is_open = case is not None and case.closed_on is None
        days = {name: getattr(case, name, None) for name in ("opened_on", "attached_on", "closed_on")}
        before = before_closing(family, by=self.request.user, on=today()) if is_open else None
        return {**days, "closings": closings, "before": before}


class CloseCase(OnceMixin, APIView):
    @extend_schema(operation_id="case_close", request=CloseSerializer, responses={201: ClosingSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Close the case: its plan and its worker's time end with it. The same again is the same."""
        family = family_or_refuse(request.user, uid, can=Can.CLOSE_CASE)
        said = read(request, CloseSerializer)
        outcomes = outcomes_in(said, family)
        made = services.close_case(family, Told(**said), by=request.user, on=today(), outcomes=outcomes)
        return answered(request, made, "Close a case", status=CREATED)


class ProposeClosing(OnceMixin, APIView):
    @extend_schema(operation_id="closing_propose", request=CloseSerializer, responses={201: ClosingSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Propose to close the case: it stays open until a senior has confirmed it."""
        family = family_or_refuse(request.user, uid, can=Can.PROPOSE_CLOSING)
        said = read(request, CloseSerializer)
        outcomes = outcomes_in(said, family)
        made = services.propose_closing(family, Told(**said), by=request.user, on=today(), outcomes=outcomes)
        return answered(request, made, "Propose to close a case", status=CREATED)


class ConfirmClosing(OnceMixin, APIView):
    @extend_schema(operation_id="closing_confirm", request=ConfirmClosingSerializer, responses=ClosingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Close a case as its worker proposed, or from another day on."""
        closing = closing_or_refuse(request.user, uid, can=Can.CLOSE_CASE)
        said = read(request, ConfirmClosingSerializer)
        said["outcomes"] = outcomes_in(said, closing.family.shown)
        return answered(
            request, services.confirm_closing(closing, by=request.user, on=today(), **said), "Confirm a closing"
        )


class SendBackClosing(OnceMixin, APIView):
    @extend_schema(operation_id="closing_send_back", request=SendBackClosingSerializer, responses=ClosingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Send a proposal back with a reason: the case stays open."""
        closing = closing_or_refuse(request.user, uid, can=Can.CLOSE_CASE)
        said = read(request, SendBackClosingSerializer)
        return answered(
            request, services.send_back_closing(closing, by=request.user, on=today(), **said), "Send a closing back"
        )


class WithdrawClosing(OnceMixin, APIView):
    @extend_schema(operation_id="closing_withdraw", request=None, responses=ClosingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Take one's own proposal back before anybody has decided."""
        closing = closing_or_refuse(request.user, uid, can=Can.PROPOSE_CLOSING)
        return answered(request, services.withdraw_closing(closing, by=request.user, on=today()), "Withdraw a closing")


class TakeBackClosing(OnceMixin, APIView):
    @extend_schema(operation_id="closing_take_back", request=TakeBackClosingSerializer, responses=ClosingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Take back a closing that was a mistake: case, worker and plan go on as before."""
        closing = closing_or_refuse(request.user, uid, can=Can.CLOSE_CASE)
        said = read(request, TakeBackClosingSerializer)
        return answered(
            request, services.take_back_closing(closing, by=request.user, on=today(), **said), "Take a closing back"
        )


class SustainmentCheckSerializer(serializers.ModelSerializer):
    """A day on which it is asked how a family is whose case was closed, and what was found."""

    family = serializers.UUIDField(source="family.shown.uid")
    checked_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = SustainmentCheck
        fields = [
            "uid", "family", "months", "due_on", "state", "checked_on", "checked_by", "stands", "consent", "asked",
            "words",
        ]  # fmt: skip
        read_only_fields = fields


class MakeCheckSerializer(serializers.Serializer):
    stands = serializers.ChoiceField(STANDS)
    consent = serializers.ChoiceField(CONSENTS)
    asked = serializers.CharField(max_length=200, default="", allow_blank=True)
    words = serializers.CharField(max_length=LONGEST)
    checked_on = serializers.DateField(default=today)


class MakeCheck(OnceMixin, APIView):
    @extend_schema(operation_id="sustainment_check", request=MakeCheckSerializer, responses=SustainmentCheckSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down how it stands with a family whose case is closed. It opens no case."""
        rows = SustainmentCheck.objects.for_list().filter(family__in=Family.objects.open_to(request.user))
        found = get_or_refuse(rows, request.user, can=Can.CLOSE_CASE, uid=uid)
        done = record_check(found, by=request.user, on=today(), **read(request, MakeCheckSerializer))
        log_view(request, "How a family is after its case", family=found.family)
        return Response(SustainmentCheckSerializer(done).data)


urlpatterns = [
    path("sustainment-checks/<uuid:uid>/", MakeCheck.as_view(), name="api-sustainment-check"),
    path("families/<uuid:uid>/case/", CaseOfFamily.as_view(), name="api-case"),
    path("families/<uuid:uid>/case/close/", CloseCase.as_view(), name="api-close-case"),
    path("families/<uuid:uid>/case/propose-closing/", ProposeClosing.as_view(), name="api-propose-closing"),
    path("closings/<uuid:uid>/confirm/", ConfirmClosing.as_view(), name="api-confirm-closing"),
    path("closings/<uuid:uid>/send-back/", SendBackClosing.as_view(), name="api-send-back-closing"),
    path("closings/<uuid:uid>/withdraw/", WithdrawClosing.as_view(), name="api-withdraw-closing"),
    path("closings/<uuid:uid>/take-back/", TakeBackClosing.as_view(), name="api-take-back-closing"),
]
