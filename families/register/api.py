"""The register for programs: read it, propose a row, confirm one, end one."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.register import services
from families.register.models import Basis, Gateway
from slf.access.api import may
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

PROPOSED = ["purpose", "category", "law", "by_consent", "document", "source", "grade"]
MayKeepRegister = may(Can.KEEP_REGISTER)


class RowSerializer(serializers.ModelSerializer):
    """One row of the register. ``ends_before`` is the first day it counts no more."""

    starts = serializers.DateField(source="period.lower", allow_null=True)
    ends_before = serializers.DateField(source="period.upper", allow_null=True, required=False)
    counts_today = serializers.SerializerMethodField()
    shipped = serializers.BooleanField(source="is_shipped", read_only=True)
    proposed_by = serializers.StringRelatedField()
    confirmed_by = serializers.StringRelatedField()

    def get_counts_today(self, row) -> bool:
        return row.counts_on(today())

    def validate(self, attrs):
        starts, ends = (attrs.get("period", {}).get(end) for end in ("lower", "upper"))
        if starts is None:
            raise serializers.ValidationError({"starts": ["Give the first day it counts."]})
        if ends and ends <= starts:
            raise serializers.ValidationError({"ends_before": ["The end must be after the first day it counts."]})
        return attrs

    def create(self, validated_data):
        period, by = validated_data.pop("period"), validated_data.pop("by")
        ends = period.get("upper")
        return services.propose(self.Meta.model, by=by, starts=period["lower"], ends_before=ends, **validated_data)


class BasisSerializer(RowSerializer):
    class Meta:
        model = Basis
        fields = ["uid", *PROPOSED, "special", "starts", "ends_before", "counts_today", "shipped", "proposed_by",
                  "confirmed_by"]  # fmt: skip


class GatewaySerializer(RowSerializer):
    class Meta:
        model = Gateway
        fields = ["uid", "agency", *PROPOSED, "starts", "ends_before", "counts_today", "shipped", "proposed_by",
                  "confirmed_by"]  # fmt: skip


class EndRowSerializer(serializers.Serializer):
    """From which day a row counts no more, and why."""

    on = serializers.DateField()
    because = serializers.CharField(min_length=10, max_length=500)


class Rows(OnceMixin, generics.ListCreateAPIView):
    """Rows of the register, those of the past too; propose one, and a second person confirms it."""

    def get_permissions(self):
        return [(MayKeepRegister if self.request.method == "POST" else IsAuthenticated)()]

    def get_queryset(self):
        return self.serializer_class.Meta.model.objects.for_list()  # not a door: the register is of no family

    def paginate_queryset(self, queryset):
        log_view(self.request, "Register of what may be used and shared")
        return super().paginate_queryset(queryset)

    def perform_create(self, serializer):
        serializer.save(by=self.request.user)


class Bases(Rows):
    serializer_class = BasisSerializer


class Gateways(Rows):
    serializer_class = GatewaySerializer


class OneRow(OnceMixin, APIView):
    permission_classes = [MayKeepRegister]
    queryset = Basis.objects.none()


class ConfirmBasis(OneRow):
    """Confirm a row that somebody else proposed."""

    serializer_class = BasisSerializer

    @extend_schema(request=None, responses=BasisSerializer)
    def post(self, request: Request, uid) -> Response:
        return confirmed(self, request, uid)


class ConfirmGateway(OneRow):
    """Confirm a row that somebody else proposed."""

    serializer_class = GatewaySerializer

    @extend_schema(request=None, responses=GatewaySerializer)
    def post(self, request: Request, uid) -> Response:
        return confirmed(self, request, uid)


class EndBasis(OneRow):
    """End a row: from the day on it counts no more."""

    serializer_class = BasisSerializer

    @extend_schema(request=EndRowSerializer, responses=BasisSerializer)
    def post(self, request: Request, uid) -> Response:
        return ended(self, request, uid)


class EndGateway(OneRow):
    """End a row: from the day on it counts no more."""

    serializer_class = GatewaySerializer

    @extend_schema(request=EndRowSerializer, responses=GatewaySerializer)
    def post(self, request: Request, uid) -> Response:
        return ended(self, request, uid)


def found(view: OneRow, uid):
    return generics.get_object_or_404(view.serializer_class.Meta.model, uid=uid)


def confirmed(view: OneRow, request: Request, uid) -> Response:
    row = services.confirm(found(view, uid), by=request.user)
    return Response(view.serializer_class(row).data)


def ended(view: OneRow, request: Request, uid) -> Response:
    row, asked = found(view, uid), EndRowSerializer(data=request.data)
    asked.is_valid(raise_exception=True)
    return Response(view.serializer_class(services.end(row, by=request.user, **asked.validated_data)).data)


urlpatterns = [
    path("register/bases/", Bases.as_view(), name="api-bases"),
    path("register/bases/<uuid:uid>/confirm/", ConfirmBasis.as_view(), name="api-confirm-basis"),
    path("register/bases/<uuid:uid>/end/", EndBasis.as_view(), name="api-end-basis"),
    path("register/gateways/", Gateways.as_view(), name="api-gateways"),
    path("register/gateways/<uuid:uid>/confirm/", ConfirmGateway.as_view(), name="api-confirm-gateway"),
    path("register/gateways/<uuid:uid>/end/", EndGateway.as_view(), name="api-end-gateway"),
]
