"""The rules for programs: read them as they count on a day, propose, confirm or take back."""

from django.http import Http404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.rulebook import services
from performance.rulebook.models import RuleProposal, SchemeRow, SchemeVersion
from performance.rulebook.reading import schemes_in_use, version_in_use
from performance.rulebook.rules import read
from slf.access.api import IsStaff, may
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.work.once import OnceMixin

MayPropose, MayConfirm = may(Can.PREPARE_CLAIM), may(Can.SIGN_CLAIM)
RULES = "Rules of payment by results"
ON = OpenApiParameter("on", OpenApiTypes.DATE, description="As they counted on this day; today, unless said otherwise.")


class MayHaveASay(IsStaff):
    """Lets through those who propose rules, and those who confirm them."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        rights = rights_of(request.user)
        allowed = rights.may(Can.PREPARE_CLAIM) or rights.may(Can.SIGN_CLAIM)
        return super().has_permission(request, view) and allowed


class SchemeSerializer(serializers.ModelSerializer):
    """A version of a scheme: for which days the programme was, and since when a claim is judged by these rules."""

    digest = serializers.CharField(source="as_scheme.digest")
    to_be_confirmed = serializers.SerializerMethodField(help_text="How many rules nobody has confirmed.")

    class Meta:
        model = SchemeVersion
        fields = [
            "uid", "scheme", "number", "name", "starts_on", "ends_on", "live_from", "live_until", "digest",
            "to_be_confirmed",
        ]  # fmt: skip

    def get_to_be_confirmed(self, version: SchemeVersion) -> int:
        return sum(not row.settled for row in version.as_scheme.rows.values())


class RuleSerializer(serializers.ModelSerializer):
    """One rule. Grade P is a primary source, S a secondary one, D derived, U to be confirmed."""

    id = serializers.CharField(source="rule")
    value = serializers.JSONField(source="as_row.value", help_text="Its figures, and the words the engine goes by.")
    in_use = serializers.JSONField(source="as_row.in_use", help_text="The stricter reading until it is confirmed.")
    settled = serializers.BooleanField(source="as_row.settled")

    class Meta:
        model = SchemeRow
        fields = [
            "id", "part", "group", "kind", "sort", "unit", "question", "value", "in_use", "settled", "grade", "source",
            "starts_on", "ends_on", "confirmed",
        ]  # fmt: skip


class SchemeWithRulesSerializer(SchemeSerializer):
    rules = RuleSerializer(source="rows", many=True)

    class Meta(SchemeSerializer.Meta):
        fields = [*SchemeSerializer.Meta.fields, "rules"]


class ChangeSerializer(serializers.Serializer):
    """A rule that is confirmed as it stands, or, with ``value``, changed."""

    rule = serializers.CharField(max_length=40)
    value = serializers.JSONField(required=False, allow_null=True, help_text="The whole value; only figures differ.")


class ProposalSerializer(serializers.ModelSerializer):
    """What one person proposes of a scheme. It counts once ``confirmed_by`` is somebody."""

    changes = ChangeSerializer(many=True)
    proposed_by = serializers.StringRelatedField()
    confirmed_by = serializers.StringRelatedField()
    taken_back_by = serializers.StringRelatedField()

    class Meta:
        model = RuleProposal
        fields = [
            "uid", "scheme", "changes", "document", "reason", "proposed_by", "proposed_at", "confirmed_by",
            "confirmed_at", "taken_back_by",
        ]  # fmt: skip
        read_only_fields = ["scheme", "proposed_at", "confirmed_at"]

    def to_representation(self, instance: RuleProposal) -> dict:
        return super().to_representation(instance) | {"changes": read(instance.changes)}


class Schemes(APIView):
    permission_classes = [IsStaff]

    @extend_schema(responses=SchemeSerializer(many=True), operation_id="schemes_list")
    def get(self, request: Request) -> Response:
        """Return the version of every scheme that counts today."""
        log_view(request, RULES)
        return Response(SchemeSerializer(schemes_in_use(), many=True).data)


class OneScheme(APIView):
    permission_classes = [IsStaff]

    @extend_schema(responses=SchemeWithRulesSerializer, parameters=[ON])
    def get(self, request: Request, key: str) -> Response:
        """Return a scheme with every rule, as it counts on a day."""
        on = request.query_params.get("on")
        day = serializers.DateField().run_validation(on) if on else None
        version = found(key, on=day)
        log_view(request, RULES)
        return Response(SchemeWithRulesSerializer(version).data)


def found(scheme: str, *, on=None) -> SchemeVersion:
    try:
        return version_in_use(scheme, on=on)
    except LookupError as missing:
        raise Http404 from missing


class Proposals(OnceMixin, generics.ListCreateAPIView):
    """What was proposed for a scheme, and proposing: 422 for what cannot be, 409 while another waits."""

    serializer_class = ProposalSerializer
    queryset = RuleProposal.objects.none()

    def get_permissions(self):
        return [(MayPropose if self.request.method == "POST" else IsStaff)()]

    def get_queryset(self):
        scheme = found(self.kwargs["key"]).scheme
        return RuleProposal.objects.filter(scheme=scheme).for_list()  # not a door: a rule is of no family

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, RULES)
        return page

    def perform_create(self, serializer):
        scheme = found(self.kwargs["key"]).scheme
        serializer.instance = services.propose(scheme, by=self.request.user, **serializer.validated_data)


class OneProposal(OnceMixin, APIView):
    queryset = RuleProposal.objects.none()

    def found(self, uid) -> RuleProposal:
        return generics.get_object_or_404(RuleProposal, uid=uid)


class Confirm(OneProposal):
    """Confirm what somebody else proposed: it makes a version of the scheme."""

    permission_classes = [MayConfirm]

    @extend_schema(request=None, responses=SchemeSerializer)
    def post(self, request, uid):
        return Response(SchemeSerializer(services.confirm(self.found(uid), by=request.user)).data)


class TakeBack(OneProposal):
    """Take back a proposal that nobody confirmed."""

    permission_classes = [MayHaveASay]

    @extend_schema(request=None, responses=ProposalSerializer)
    def post(self, request, uid):
        return Response(ProposalSerializer(services.take_back(self.found(uid), by=request.user)).data)


urlpatterns = [
    path("schemes/", Schemes.as_view(), name="api-schemes"),
    path("schemes/<slug:key>/", OneScheme.as_view(), name="api-scheme"),
    path("schemes/<slug:key>/proposals/", Proposals.as_view(), name="api-rule-proposals"),
    path("schemes/proposals/<uuid:uid>/confirm/", Confirm.as_view(), name="api-confirm-rules"),
    path("schemes/proposals/<uuid:uid>/take-back/", TakeBack.as_view(), name="api-take-back-rules"),
]
