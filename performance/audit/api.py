"""The audit of a run for programs: the same verbs as the pages."""

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from performance.audit import services
from performance.audit.frame import open_own_samples
from performance.audit.models import FOUND, LEVEL_CHOICES, LONGEST_REASON, SECTIONS, AuditOpinion, AuditTest, SampleDraw
from performance.audit.population import rows_of
from performance.audit.rules.drawing import LONGEST_SEED
from performance.audit.rules.sheet import Section, missing, sheet_of
from performance.audit.views import run_of_office
from performance.claims.api import ClaimRunSerializer, OfARun, VerbOfARun
from performance.claims.models import ClaimRun
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.api import SignedInRecently
from slf.web.forms import whole_number
from slf.work.once import OnceMixin

FAMILIES_A_PAGE = 50


class TestSerializer(serializers.ModelSerializer):
    """One line of the sample and its sheet; the result follows from the three answers."""

    claim = serializers.UUIDField(source="claim.uid", read_only=True)
    eligibility, approach, evidence = (serializers.ChoiceField(choices=FOUND) for _ in Section)

    class Meta:
        model = AuditTest
        notes = [f"{name}_note" for name in SECTIONS]
        fields = ["uid", "claim", "place", "round", "locality", "why", *SECTIONS, *notes, "result", "note"]
        read_only_fields = ["uid", "place", "round", "locality", "why", "result"]

    def validate(self, attrs):
        if lacks := dict(missing(sheet_of(attrs))):
            raise serializers.ValidationError({name: [sentence] for name, sentence in lacks.items()})
        return attrs

    def update(self, instance, validated_data) -> AuditTest:
        note, by = validated_data.get("note", ""), validated_data["by"]
        return services.record_test(instance, sheet=sheet_of(validated_data), note=note, by=by)


class StratumSerializer(serializers.Serializer):
    locality = serializers.CharField()
    route = serializers.CharField()
    lines = serializers.IntegerField()
    always = serializers.IntegerField(help_text="Tested whatever is drawn.")
    drawn = serializers.IntegerField()


class SampleDrawSerializer(serializers.ModelSerializer):
    """How a sample was drawn: enough to draw it again."""

    drawn_by = serializers.StringRelatedField()
    frame_size = serializers.SerializerMethodField()
    strata = StratumSerializer(many=True, read_only=True)
    lines = serializers.SerializerMethodField()

    class Meta:
        model = SampleDraw
        fields = ["uid", "round", "seed", "share", "least", "why", "drawn_by", "drawn_at", "frame_size", "strata",
                  "lines"]  # fmt: skip

    def get_frame_size(self, drawing: SampleDraw) -> int:
        return len(drawing.lines)

    def get_lines(self, drawing: SampleDraw) -> list[str]:
        """Return the identifiers of the claims drawn, in their order."""
        return [place.line.uid for place in drawing.places]


class SeedSerializer(serializers.Serializer):
    seed = serializers.CharField(max_length=LONGEST_SEED, required=False, allow_blank=True)


class SampleOfARun(OfARun):
    """The claims an auditor tests, in the order drawn."""

    what, with_them = "Sample listed", ("claim",)
    rows, serializer_class, queryset = AuditTest, TestSerializer, AuditTest.objects.none()

    def get_queryset(self):
        open_own_samples()
        return super().get_queryset().order_by("place")


class DrawingsOfARun(generics.ListAPIView):
    """How the sample of a run was drawn, each extension by itself."""

    serializer_class, queryset = SampleDrawSerializer, SampleDraw.objects.none()

    def get_queryset(self) -> QuerySet[SampleDraw]:
        run = get_or_refuse(ClaimRun, self.request.user, uid=self.kwargs["uid"])
        log_view(self.request, f"How the sample was drawn: {run}")
        return SampleDraw.objects.visible_to(self.request.user).filter(run=run).for_list()


class AuditTestDetail(generics.UpdateAPIView):
    """Record what was found in one sampled claim."""

    http_method_names = ["patch"]
    serializer_class = TestSerializer
    lookup_field = "uid"
    queryset = AuditTest.objects.none()

    def get_queryset(self) -> QuerySet[AuditTest]:
        open_own_samples()
        return AuditTest.objects.visible_to(self.request.user, can=Can.AUDIT_CLAIM).select_related("run")

    def perform_update(self, serializer) -> None:
        serializer.save(by=self.request.user)


class DrawSample(VerbOfARun):
    """Draw the sample by a seed of the auditor's, or by a new one."""

    can, verb = Can.AUDIT_CLAIM, staticmethod(services.draw_sample)

    def answers(self, request) -> dict:
        sent = SeedSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return sent.validated_data

    @extend_schema(request=SeedSerializer, responses=ClaimRunSerializer)
    def post(self, request, uid) -> Response:
        return super().post(request, uid)


class OpinionSerializer(serializers.Serializer):
    level = serializers.ChoiceField(choices=LEVEL_CHOICES)
    reason = serializers.CharField(max_length=LONGEST_REASON, required=False, allow_blank=True)


class AuditOpinionSerializer(serializers.ModelSerializer):
    """The opinion on a run, with what it rests on and what that says of the whole claim."""

    level = serializers.ChoiceField(choices=LEVEL_CHOICES)
    given_by = serializers.StringRelatedField()
    words = serializers.SerializerMethodField()

    class Meta:
        model = AuditOpinion
        fields = ["level", "reason", "lines", "always", "always_failed", "drawn", "drawn_failed", "words", "given_by",
                  "given_at"]  # fmt: skip

    def get_words(self, opinion: AuditOpinion) -> str:
        found = opinion.estimate
        return found.words if found else ""


class OpinionOfARun(generics.GenericAPIView):
    """The opinion of internal audit on a run; 404 while there is none."""

    serializer_class, queryset = AuditOpinionSerializer, AuditOpinion.objects.none()

    def get(self, request, uid) -> Response:
        run = get_or_refuse(ClaimRun, request.user, uid=uid)
        given = get_or_refuse(AuditOpinion.objects.for_list(), request.user, run=run)
        return Response(self.get_serializer(given).data)


class PassRun(VerbOfARun):
    """End the audit of a run with an opinion, once its whole sample is tested."""

    can, verb = Can.AUDIT_CLAIM, staticmethod(services.pass_run)

    def answers(self, request) -> dict:
        sent = OpinionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return sent.validated_data

    @extend_schema(request=OpinionSerializer, responses=ClaimRunSerializer)
    def post(self, request, uid) -> Response:
        return super().post(request, uid)


class MoreSerializer(serializers.Serializer):
    more = serializers.IntegerField(min_value=1, max_value=100, help_text="Per cent of the lines, on top.")
    why = serializers.CharField(max_length=500)


class ExtendSample(OnceMixin, generics.GenericAPIView):
    """Take more lines into the sample: the next places of the same order."""

    permission_classes = [IsAuthenticated, SignedInRecently]
    serializer_class, queryset = MoreSerializer, SampleDraw.objects.none()

    @extend_schema(responses=SampleDrawSerializer)
    def post(self, request, uid) -> Response:
        run = get_or_refuse(ClaimRun, request.user, can=Can.AUDIT_CLAIM, uid=uid)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        drawing = services.extend_sample(run, **sent.validated_data, by=request.user)
        return Response(SampleDrawSerializer(drawing).data)


class PopulationSerializer(serializers.Serializer):
    """One result of one family, without names."""

    reference = serializers.CharField()
    locality = serializers.CharField()
    eligible = serializers.CharField()
    component = serializers.CharField(allow_null=True)
    answer = serializers.CharField(allow_null=True)
    kept_out_by = serializers.CharField(allow_blank=True)
    claimed = serializers.BooleanField()
    sampled = serializers.BooleanField()
    people = serializers.ListField(child=serializers.CharField(), help_text="A code for each person, of this run.")


class PopulationOfARun(generics.GenericAPIView):
    """Every result of a run without names, blocked and unclaimed ones too; a page is of 50 families."""

    permission_classes = [IsAuthenticated, SignedInRecently]
    serializer_class, queryset = PopulationSerializer, ClaimRun.objects.none()
    pagination_class = None

    @extend_schema(
        parameters=[OpenApiParameter("page", int, description="From 1.")], responses=PopulationSerializer(many=True)
    )
    def get(self, request, uid) -> Response:
        run = run_of_office(request, uid)
        log_view(request, f"Population: {run}")
        skip = (max(whole_number(request.query_params.get("page", "1"), other=1), 1) - 1) * FAMILIES_A_PAGE
        rows = rows_of(run, user=request.user, skip=skip, many=FAMILIES_A_PAGE)
        return Response(self.get_serializer(rows, many=True).data)


VERBS = {"draw-sample": DrawSample, "pass": PassRun, "extend-sample": ExtendSample}
urlpatterns = [
    path("claim-runs/<uuid:uid>/sample/", SampleOfARun.as_view(), name="api-sample"),
    path("claim-runs/<uuid:uid>/drawings/", DrawingsOfARun.as_view(), name="api-sample-drawings"),
    path("claim-runs/<uuid:uid>/opinion/", OpinionOfARun.as_view(), name="api-audit-opinion"),
    path("claim-runs/<uuid:uid>/population/", PopulationOfARun.as_view(), name="api-population"),
    *(path(f"claim-runs/<uuid:uid>/{name}/", view.as_view(), name=f"api-run-{name}") for name, view in VERBS.items()),
    path("audit-tests/<uuid:uid>/", AuditTestDetail.as_view(), name="api-audit-test"),
]
