"""The warnings of a run for programs: what warned, and its sign-off with one reason for several."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from performance.claims.models import ClaimRun
from performance.warnings import services
from performance.warnings.models import LineWarning
from performance.warnings.rules import SHORTEST
from performance.warnings.views import told_of
from slf.access.doors import get_or_refuse, log_view
from slf.work.once import OnceMixin


class WarningSerializer(serializers.Serializer):
    """A warning as it was frozen, and the last word on it."""

    uid = serializers.UUIDField()
    check_number = serializers.IntegerField()
    about = serializers.CharField(source="__str__")
    sentence = serializers.CharField()
    signed_off = serializers.SerializerMethodField()
    reason = serializers.CharField(source="last_reason", allow_null=True)
    by = serializers.CharField(source="who", allow_null=True)
    at = serializers.DateTimeField(source="last_at", allow_null=True)

    def get_signed_off(self, warning) -> bool:
        return bool(warning.last_signed)


class SignOffSerializer(serializers.Serializer):
    warnings = serializers.ListField(child=serializers.UUIDField(), allow_empty=False)
    reason = serializers.CharField(min_length=SHORTEST, max_length=500)


class Said(serializers.Serializer):
    """How many warnings this changed."""

    changed = serializers.IntegerField()


class OfWarnings(OnceMixin, generics.GenericAPIView):
    serializer_class = WarningSerializer
    queryset = LineWarning.objects.none()

    @staticmethod
    def verb(run, warnings, *, reason, by) -> int:
        raise NotImplementedError

    @extend_schema(request=SignOffSerializer, responses=Said)
    def post(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, uid=uid)
        sent = SignOffSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        changed = type(self).verb(run, told["warnings"], reason=told["reason"], by=request.user)
        return Response(Said({"changed": changed}).data)


class Warnings(OfWarnings):
    """Every warning of a run that the caller sees; several are signed off at once with one reason."""

    verb = staticmethod(services.sign_off)

    @extend_schema(responses=WarningSerializer(many=True))
    def get(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, uid=uid)
        page = self.paginate_queryset(told_of(run, request.user))
        log_view(request, f"Warnings: {run}", families=[row.family_id for row in page if hasattr(row, "family_id")])
        return self.get_paginated_response(WarningSerializer(page, many=True).data)


class TakeBack(OfWarnings):
    """Take back the sign-off of some warnings, with the reason."""

    verb = staticmethod(services.take_back)


urlpatterns = [
    path("claim-runs/<uuid:uid>/warnings/", Warnings.as_view(), name="api-warnings"),
    path("claim-runs/<uuid:uid>/warnings/take-back/", TakeBack.as_view(), name="api-take-back-sign-off"),
]
