"""Claim runs for programs: the same verbs as the pages, and each judgement with its trace."""

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from families.evidence.api import LeftOutSerializer
from performance.claims import services
from performance.claims.checking import Places
from performance.claims.checks_api import ChecksOfARun, ClaimChecksSerializer, checks_of_a_row
from performance.claims.frozen import judgement_in_words
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.office import in_office
from performance.claims.payments import services as payments
from performance.claims.payments.models import OUTCOME_CHOICES
from performance.claims.using import left_out_of_run
from performance.pbr.schemes import versions
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.api import SignedInRecently
from slf.work.once import OnceMixin


class ClaimRunSerializer(serializers.ModelSerializer):
    scheme = serializers.ChoiceField(choices=versions())
    job = serializers.UUIDField(source="job.uid", read_only=True, allow_null=True)
    prepared_by = serializers.StringRelatedField()
    audited_by = serializers.StringRelatedField()
    signed_by = serializers.StringRelatedField()
    certified_by = serializers.StringRelatedField()
    submitted_by = serializers.StringRelatedField()
    left_out = serializers.SerializerMethodField()

    class Meta:
        model = ClaimRun
        fields = ["uid", "scheme", "claim_on", "state", "engine", "rules_digest", "digest", "seed", "prepared_by",
                  "reviewed_at", "audited_by", "signed_by", "signed_knowing", "certified_by", "certified_at",
                  "certified_knowing", "submitted_by", "submitted_on", "job", "left_out"]  # fmt: skip
        read_only_fields = ["uid", "state", "engine", "rules_digest", "digest", "seed", "reviewed_at",
                            "signed_knowing", "certified_at", "certified_knowing", "submitted_on"]  # fmt: skip
        validators = []  # the service says in a sentence who has a run for that day

    @extend_schema_field(LeftOutSerializer(many=True))
    def get_left_out(self, run: ClaimRun) -> list[dict]:
        left_out = left_out_of_run(run) if in_office(self.context["request"].user) else []
        return LeftOutSerializer(left_out, many=True).data

    def create(self, validated_data) -> ClaimRun:
        return services.prepare_run(
            validated_data["scheme"], claim_on=validated_data["claim_on"], by=validated_data["by"]
        )


class JudgedSerializer(serializers.ModelSerializer):
    family = serializers.CharField(source="reference", read_only=True)
    judgement = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()

    class Meta:
        model = Judged
        fields = ["uid", "family", "answer", "reason", "digest", "judgement", "checks"]

    @extend_schema_field(ClaimChecksSerializer(many=True))
    def get_checks(self, judged: Judged) -> list[dict]:
        return checks_of_a_row(judged, self.context["view"].places)

    def get_judgement(self, judged: Judged) -> dict:
        return judgement_in_words(judged, judged.run)


class ClaimSerializer(serializers.ModelSerializer):
    family = serializers.CharField(source="reference", read_only=True)

    paid = serializers.DecimalField(max_digits=10, decimal_places=2, read_only=True)
    outstanding = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = ["uid", "family", "component", "amount", "price_rule", "paid", "outstanding", "outcome"]

    @extend_schema_field(serializers.DecimalField(max_digits=10, decimal_places=2))
    def get_outstanding(self, claim: Claim) -> str:
        return f"{payments.money_of_claim(claim)[0].outstanding:.2f}"

    @extend_schema_field(serializers.ChoiceField(choices=OUTCOME_CHOICES))
    def get_outcome(self, claim: Claim) -> str:
        return payments.money_of_claim(claim)[1].value


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


class ClaimRuns(OnceMixin, generics.ListCreateAPIView):
    """Claim runs, and a way to prepare one."""

    serializer_class = ClaimRunSerializer
    queryset = ClaimRun.objects.none()

    def get_permissions(self):
        return [may(Can.PREPARE_CLAIM)()] if self.request.method == "POST" else super().get_permissions()

    def get_queryset(self) -> QuerySet[ClaimRun]:
        return ClaimRun.objects.visible_to(self.request.user).for_list()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Claim runs")
        return page

    @extend_schema(responses={201: ClaimRunSerializer, 200: ClaimRunSerializer})
    def post(self, request, *args, **kwargs):
        """Prepare a run. 200 with the run that is there when somebody was first for this scheme and day."""
        try:
            return super().post(request, *args, **kwargs)
        except services.AlreadyThere as found:
            return Response(self.get_serializer(found.run).data)

    def perform_create(self, serializer) -> None:
        serializer.save(by=self.request.user)


class ClaimRunDetail(generics.RetrieveAPIView):
    """One claim run."""

    serializer_class = ClaimRunSerializer
    lookup_field = "uid"
    queryset = ClaimRun.objects.none()

    def get_queryset(self) -> QuerySet[ClaimRun]:
        return ClaimRun.objects.visible_to(self.request.user).for_list()


class OfARun(generics.ListAPIView):
    """Rows of one run that the caller may see."""

    rows: type
    what: str
    with_them: tuple[str, ...] = ("judged",)
    run: ClaimRun

    def get_queryset(self):
        self.run = get_or_refuse(ClaimRun, self.request.user, uid=self.kwargs["uid"])
        found = self.rows.objects.visible_to(self.request.user).filter(run=self.run)
        return found.select_related(*self.with_them).order_by("pk")

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, f"{self.what}: {self.run}", families=[row.family_id for row in page])
        return page


class JudgedOfARun(OfARun):
    """Every family judged, with the whole reasoning: a bulk export, so the person proves who they are first."""

    permission_classes = [IsAuthenticated, SignedInRecently]
    what, with_them = "Judgements listed", ("run",)
    rows, serializer_class, queryset = Judged, JudgedSerializer, Judged.objects.none()
    places: Places

    def get_queryset(self):
        return super().get_queryset().with_evidence_for(self.request.user).prefetch_related("claims")

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        self.places = Places(self.request.user, [row.family_id for row in page])
        return page


class ClaimsOfARun(OfARun):
    """What a run claims."""

    what = "Claims listed"
    rows, serializer_class, queryset = Claim, ClaimSerializer, Claim.objects.none()

    def get_queryset(self):
        return payments.with_money(super().get_queryset())


class VerbOfARun(OnceMixin, generics.GenericAPIView):
    """One verb of a run; answers with the run as it is afterwards."""

    permission_classes = [IsAuthenticated, SignedInRecently]
    serializer_class = ClaimRunSerializer
    queryset = ClaimRun.objects.none()
    can: Can
    verb: staticmethod

    def answers(self, request) -> dict:
        """Return what the verb is told besides who acts."""
        return {}

    @extend_schema(request=None)
    def post(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, can=self.can, uid=uid)
        return Response(self.get_serializer(type(self).verb(run, **self.answers(request), by=request.user)).data)


class WithdrawRun(VerbOfARun):
    """Withdraw a run before it is submitted, saying why."""

    can, verb = Can.PREPARE_CLAIM, staticmethod(services.withdraw_run)

    def answers(self, request) -> dict:
        sent = ReasonSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return sent.validated_data

    @extend_schema(request=ReasonSerializer)
    def post(self, request, uid):
        return super().post(request, uid)


def verb_view(name: str, can: Can, verb) -> type[VerbOfARun]:
    return type(name, (VerbOfARun,), {"can": can, "verb": staticmethod(verb), "__doc__": verb.__doc__})


VERBS = {
    "withdraw": WithdrawRun,
}
urlpatterns = [
    path("claim-runs/", ClaimRuns.as_view(), name="api-claim-runs"),
    path("claim-runs/<uuid:uid>/", ClaimRunDetail.as_view(), name="api-claim-run"),
    path("claim-runs/<uuid:uid>/judged/", JudgedOfARun.as_view(), name="api-judged"),
    path("claim-runs/<uuid:uid>/checks/", ChecksOfARun.as_view(), name="api-run-checks"),
    path("claim-runs/<uuid:uid>/claims/", ClaimsOfARun.as_view(), name="api-claims"),
    *(path(f"claim-runs/<uuid:uid>/{name}/", view.as_view(), name=f"api-run-{name}") for name, view in VERBS.items()),
]
