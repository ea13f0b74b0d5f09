"""Reports for programs: ask for one, follow its job, read what it says."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from performance.reports import services
from performance.reports.asking import Reach
from performance.reports.kinds import KINDS
from performance.reports.models import KeptReport
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.clock import today
from slf.work.api import JobSerializer
from slf.work.once import OnceMixin


class AsksForReports(IsAuthenticated):
    """Lets through those who may ask for some report."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        reach = Reach.of(request.user)
        return any(reach.may(kind) for kind in KINDS.values())


class ReportAskedSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[(kind.code, kind.title) for kind in KINDS.values()])
    locality = serializers.SlugRelatedField(
        slug_field="slug", queryset=Locality.objects.all(), required=False, allow_null=True,
        help_text="By its slug; left out for the whole county.",
    )  # fmt: skip
    since = serializers.DateField(required=False, help_text="The first day; of reports about a day it is today.")
    until = serializers.DateField(required=False)


class KeptReportSerializer(serializers.ModelSerializer):
    locality = serializers.SlugRelatedField(slug_field="slug", read_only=True, allow_null=True)
    asked_by = serializers.StringRelatedField()

    class Meta:
        model = KeptReport
        fields = [
            "uid", "kind", "title", "locality", "since", "until", "as_of", "asked_by", "asked_at", "made_at", "digest",
        ]  # fmt: skip
        read_only_fields = fields


class WholeReportSerializer(KeptReportSerializer):
    content = serializers.JSONField(source="inside", read_only=True)

    class Meta(KeptReportSerializer.Meta):
        fields = [*KeptReportSerializer.Meta.fields, "content"]
        read_only_fields = fields


class Reports(OnceMixin, generics.ListAPIView):
    """The reports you may open, newest first; and a way to ask for one."""

    permission_classes = [AsksForReports]
    serializer_class = KeptReportSerializer
    queryset = KeptReport.objects.none()

    def get_queryset(self):
        log_view(self.request, "Reports")
        return KeptReport.objects.visible_to(self.request.user).for_list()

    @extend_schema(operation_id="reports_ask", request=ReportAskedSerializer, responses={202: JobSerializer})
    def post(self, request: Request) -> Response:
        """Ask for a report. The answer is the job that makes it; its ``result_url`` leads to the report."""
        body = ReportAskedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given, on = body.validated_data, today()
        days = {name: given.get(name, on) for name in ("since", "until")}
        job = services.ask_for(KINDS[given["kind"]], locality=given.get("locality"), **days, by=request.user)
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class Report(generics.RetrieveAPIView):
    """One report with all that it says."""

    serializer_class = WholeReportSerializer
    queryset = KeptReport.objects.none()

    def get_object(self):
        rows = KeptReport.objects.select_related("locality", "asked_by")
        found = get_or_refuse(rows, self.request.user, uid=self.kwargs["uid"])
        log_view(self.request, f"Report: {found}")
        return found


urlpatterns = [
    path("reports/", Reports.as_view(), name="api-reports"),
    path("reports/<uuid:uid>/", Report.as_view(), name="api-report"),
]
