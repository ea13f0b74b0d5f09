"""Reports for programs: ask for one, follow its job, read what it says."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from performance.reports import scheduling, services
from performance.reports.asking import Reach
from performance.reports.kinds import KIND_CHOICES, KINDS
from performance.reports.models import KeptReport, ReportSchedule
from performance.reports.rules.due import LAST_DAY
from performance.reports.sql import KEEP
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.accounts.api import SignedInRecently
from slf.accounts.models import User
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
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
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

    permission_classes = [IsAuthenticated, SignedInRecently]
    serializer_class = WholeReportSerializer
    queryset = KeptReport.objects.none()

    def get_object(self):
        rows = KeptReport.objects.select_related("locality", "asked_by")
        found = get_or_refuse(rows, self.request.user, uid=self.kwargs["uid"])
        log_view(self.request, f"Report: {found}", families=services.families_in(found, by=self.request.user))
        return found


class ScheduleSerializer(serializers.ModelSerializer):
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    locality = serializers.SlugRelatedField(
        slug_field="slug", queryset=Locality.objects.all(), required=False, allow_null=True
    )
    reader = serializers.SlugRelatedField(slug_field="username", queryset=User.objects.filter(is_active=True))
    set_by = serializers.StringRelatedField()

    class Meta:
        model = ReportSchedule
        fields = ["uid", "kind", "locality", "every", "day", "reader", "set_by", "set_on"]
        read_only_fields = ["uid", "set_on"]
        validators = []  # the service says in a sentence what is there already
        extra_kwargs = {"day": {"min_value": 1, "max_value": LAST_DAY}}


class Schedules(OnceMixin, generics.ListCreateAPIView):
    """Which reports are made when and for whom; and a way to set one."""

    serializer_class = ScheduleSerializer
    queryset = ReportSchedule.objects.none()

    def get_permissions(self):
        return [may(KEEP)()] if self.request.method == "POST" else [AsksForReports()]

    def get_queryset(self):
        log_view(self.request, "Reports on schedule")
        reach = Reach.of(self.request.user)
        codes = [code for code, kind in KINDS.items() if reach.may(kind)]
        return ReportSchedule.objects.in_force().for_list().filter(kind__in=codes)  # not a door: of no family

    def perform_create(self, serializer: ScheduleSerializer) -> None:
        given = dict(serializer.validated_data)
        kind, place = KINDS[given.pop("kind")], given.pop("locality", None)
        serializer.instance = scheduling.set_schedule(kind, locality=place, **given, by=self.request.user)


class EndSchedule(OnceMixin, generics.GenericAPIView):
    """End a schedule; what it made is kept."""

    serializer_class = ScheduleSerializer
    permission_classes = [may(KEEP)]
    queryset = ReportSchedule.objects.none()

    @extend_schema(operation_id="report_schedules_end", request=None, responses=ScheduleSerializer)
    def post(self, request: Request, uid: str) -> Response:
        row = get_object_or_404(ReportSchedule.objects.for_list(), uid=uid)  # not a door: of no family
        return Response(self.get_serializer(scheduling.end_schedule(row, by=request.user)).data)


urlpatterns = [
    path("reports/", Reports.as_view(), name="api-reports"),
    path("reports/schedules/", Schedules.as_view(), name="api-report-schedules"),
    path("reports/schedules/<uuid:uid>/end/", EndSchedule.as_view(), name="api-end-report-schedule"),
    path("reports/<uuid:uid>/", Report.as_view(), name="api-report"),
]
