"""Disposal of evidence for programs: the days of the runs, what was proposed and decided, and the verbs."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from performance.claims.disposal import services
from performance.claims.disposal.models import Disposal
from performance.claims.disposal.rules import LONGEST, SHORTEST
from performance.claims.disposal.views import listed, of_office, waiting_of
from performance.claims.models import ClaimRun
from performance.claims.office import in_office
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.accounts.api import SignedInRecently
from slf.work.once import OnceMixin


class OfTheClaimsOffice(IsAuthenticated):
    """Lets through those whose work the claims of the county are."""

    def has_permission(self, request, view) -> bool:
        return super().has_permission(request, view) and in_office(request.user)


class DisposalSerializer(serializers.ModelSerializer):
    """A proposal to dispose of the evidence of a run, and what became of it."""

    run = serializers.UUIDField(source="run.uid")
    proposed_by = serializers.StringRelatedField()
    decided_by = serializers.StringRelatedField()

    class Meta:
        model = Disposal
        fields = ["uid", "run", "state", "closed_on", "years", "due_on", "reason", "proposed_by", "proposed_at",
                  "decided_by", "decided_at", "decided_because", "families"]  # fmt: skip


class DaysOfRunSerializer(serializers.Serializer):
    """A run whose money is settled, and from when on its evidence need not be kept."""

    run = serializers.UUIDField()
    scheme = serializers.CharField()
    claim_on = serializers.DateField()
    closed_on = serializers.DateField()
    years = serializers.IntegerField()
    due_on = serializers.DateField()
    is_due = serializers.BooleanField()


class DisposalReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(min_length=SHORTEST, max_length=LONGEST)


class Disposals(generics.ListAPIView):
    """What was proposed and decided, the newest first."""

    permission_classes = [OfTheClaimsOffice]
    serializer_class = DisposalSerializer
    queryset = Disposal.objects.none()

    def get_queryset(self):
        log_view(self.request, "Disposal of evidence")
        return Disposal.objects.visible_to(self.request.user).for_list()


class DaysOfRuns(generics.GenericAPIView):
    """The runs whose money is settled and whose evidence is there, the first due first."""

    permission_classes = [OfTheClaimsOffice]
    serializer_class = DaysOfRunSerializer
    queryset = ClaimRun.objects.none()
    pagination_class = None

    @extend_schema(responses=DaysOfRunSerializer(many=True))
    def get(self, request):
        rows = [
            {"run": run.uid, "scheme": run.scheme, "claim_on": run.claim_on} | days._asdict()
            for run, days in listed(request.user)
        ]
        log_view(request, "Disposal of evidence")
        return Response(self.get_serializer(rows, many=True).data)


class ProposeDisposal(OnceMixin, generics.GenericAPIView):
    """Propose that the evidence of a run goes."""

    serializer_class = DisposalReasonSerializer
    queryset = Disposal.objects.none()

    @extend_schema(responses={status.HTTP_201_CREATED: DisposalSerializer})
    def post(self, request, uid):
        run = of_office(request, uid, can=Can.PREPARE_CLAIM)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = services.propose(run, **sent.validated_data, by=request.user)
        return Response(DisposalSerializer(made).data, status=status.HTTP_201_CREATED)


class Decision(OnceMixin, generics.GenericAPIView):
    queryset = Disposal.objects.none()
    allowed: Callable

    def found(self, request, uid) -> Disposal:
        run = of_office(request, uid)
        if not type(self).allowed(request.user):
            raise PermissionDenied
        return waiting_of(request, run)


class KeepEvidence(Decision):
    """Keep the evidence of a run for now, saying why."""

    serializer_class = DisposalReasonSerializer
    allowed = staticmethod(services.may_decide)

    @extend_schema(responses=DisposalSerializer)
    def post(self, request, uid):
        found, sent = self.found(request, uid), self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        kept = services.keep(found, **sent.validated_data, by=request.user)
        return Response(DisposalSerializer(kept).data)


class ConfirmDisposal(Decision):
    """Dispose of the evidence of a run for good, as the second person."""

    permission_classes = [IsAuthenticated, SignedInRecently]
    serializer_class = DisposalSerializer
    allowed = staticmethod(services.may_confirm)

    @extend_schema(request=None)
    def post(self, request, uid):
        done = services.dispose(self.found(request, uid), by=request.user)
        return Response(self.get_serializer(done).data)


urlpatterns = [
    path("claim-disposals/", Disposals.as_view(), name="api-disposals"),
    path("claim-disposals/days/", DaysOfRuns.as_view(), name="api-disposal-days"),
    path("claim-runs/<uuid:uid>/disposal/", ProposeDisposal.as_view(), name="api-propose-disposal"),
    path("claim-runs/<uuid:uid>/disposal/keep/", KeepEvidence.as_view(), name="api-keep-evidence"),
    path("claim-runs/<uuid:uid>/disposal/confirm/", ConfirmDisposal.as_view(), name="api-confirm-disposal"),
]
