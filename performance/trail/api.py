"""The trail of claims for programs: verifications, a way to ask for one, and what happened to a run."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.response import Response

from performance.claims.models import ClaimRun
from performance.trail.models import TrailCheck, TrailEntry
from performance.trail.services import ask_to_verify, in_words
from performance.trail.shown import what
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.work.api import JobSerializer
from slf.work.once import OnceMixin


class TrailCheckSerializer(serializers.ModelSerializer):
    """One verification: how much there was, the head of the county's chain, and what was not as it was chained."""

    by = serializers.CharField(source="who")
    faults = serializers.SerializerMethodField()

    class Meta:
        model = TrailCheck
        fields = ["at", "by", "runs", "entries", "anchors", "head", "holds", "faults"]

    def get_faults(self, check: TrailCheck) -> list[str]:
        return [in_words(fault) for fault in check.found]


class TrailEntrySerializer(serializers.ModelSerializer):
    """One step of a run as it is chained."""

    by = serializers.StringRelatedField()
    what = serializers.SerializerMethodField()

    class Meta:
        model = TrailEntry
        fields = ["number", "at", "by", "what", "digest", "previous", "head"]

    def get_what(self, entry: TrailEntry) -> str:
        return what(entry)


class TrailChecks(OnceMixin, generics.ListCreateAPIView):
    """The verifications of the trail, the newest first, and a way to ask for one."""

    permission_classes = [may(Can.AUDIT_CLAIM)]
    serializer_class = TrailCheckSerializer
    queryset = TrailCheck.objects.none()

    def get_queryset(self):
        log_view(self.request, "Trail of claims")
        return TrailCheck.objects.visible_to(self.request.user).for_list()

    @extend_schema(request=None, responses={status.HTTP_202_ACCEPTED: JobSerializer})
    def post(self, request):
        job = ask_to_verify(by=request.user)
        return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class TrailOfARun(generics.ListAPIView):
    """What happened to one run, step by step."""

    serializer_class = TrailEntrySerializer
    queryset = TrailEntry.objects.none()

    def get_queryset(self):
        run = get_or_refuse(ClaimRun, self.request.user, uid=self.kwargs["uid"])
        log_view(self.request, f"Trail: {run}")
        return TrailEntry.objects.visible_to(self.request.user).filter(run=run).of_steps()


urlpatterns = [
    path("trail-checks/", TrailChecks.as_view(), name="api-trail-checks"),
    path("claim-runs/<uuid:uid>/trail/", TrailOfARun.as_view(), name="api-trail-of-run"),
]
