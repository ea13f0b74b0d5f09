"""Lines whose families were closed to named people since, for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from performance.claims.models import ClaimRun
from performance.claims.payments import behind
from performance.claims.payments.models import KINDS, OUTCOME_CHOICES
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.api import SignedInRecently
from slf.work.once import OnceMixin


class LineBehindSerializer(serializers.Serializer):
    """A line of a closed family: its money, and nothing of the family but the reference that was submitted."""

    uid = serializers.UUIDField()
    family = serializers.CharField(source="owed.reference")
    result = serializers.CharField(source="owed.component")
    asked = serializers.DecimalField(source="money.asked", max_digits=10, decimal_places=2)
    paid = serializers.DecimalField(source="money.paid", max_digits=10, decimal_places=2)
    outstanding = serializers.DecimalField(source="money.outstanding", max_digits=10, decimal_places=2)
    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES)


class EntryBehindSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KINDS)
    paid = serializers.DecimalField(max_digits=10, decimal_places=2)
    released = serializers.DecimalField(max_digits=10, decimal_places=2)
    remittance = serializers.CharField()
    entered_at = serializers.DateTimeField()
    may_be_reversed = serializers.BooleanField()


class SettleBehindSerializer(serializers.Serializer):
    """``what``: ``rejected``, ``withdrawn``, or the identifier of the entry that is reversed."""

    what = serializers.CharField(max_length=36, write_only=True)
    reason = serializers.CharField(max_length=500, write_only=True)


class LinesBehind(generics.GenericAPIView):
    """The lines of a submitted run whose families are closed to the data office."""

    serializer_class = LineBehindSerializer
    queryset = ClaimRun.objects.none()

    @extend_schema(responses=LineBehindSerializer(many=True))
    def get(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, can=Can.PREPARE_CLAIM, uid=uid)
        page = self.paginate_queryset(behind.lines_behind(run, by=request.user))
        log_view(request, f"Lines of families closed to named people: {run}")
        return self.get_paginated_response(LineBehindSerializer(page, many=True).data)


class EntriesBehind(OnceMixin, generics.GenericAPIView):
    """What was done to such a line, and a way to say what becomes of it."""

    permission_classes = [IsAuthenticated, SignedInRecently]
    serializer_class = SettleBehindSerializer
    queryset = ClaimRun.objects.none()
    pagination_class = None

    def found(self, request, uid, line_uid) -> behind.LineOfRun:
        run = get_or_refuse(ClaimRun, request.user, can=Can.PREPARE_CLAIM, uid=uid)
        line = behind.line_behind(run, line_uid, by=request.user)
        log_view(request, f"Line of a family closed to named people: {run}, {line.owed.reference}")
        return line

    @extend_schema(operation_id="claim_runs_lines_behind_entries", responses=EntryBehindSerializer(many=True))
    def get(self, request, uid, line_uid):
        entries = behind.entries_behind(self.found(request, uid, line_uid))
        return Response(EntryBehindSerializer(entries, many=True).data)

    @extend_schema(responses=EntryBehindSerializer(many=True))
    def post(self, request, uid, line_uid):
        line, sent = self.found(request, uid, line_uid), self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        behind.settle_behind(line, **sent.validated_data, by=request.user)
        return Response(EntryBehindSerializer(behind.entries_behind(line), many=True).data)


urlpatterns = [
    path("claim-runs/<uuid:uid>/lines-behind/", LinesBehind.as_view(), name="api-lines-behind"),
    path("claim-runs/<uuid:uid>/lines-behind/<uuid:line_uid>/", EntriesBehind.as_view(), name="api-line-behind"),
]
