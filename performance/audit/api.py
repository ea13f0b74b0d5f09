"""The audit of a run for programs: the same verbs as the pages."""

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from performance.audit import services
from performance.audit.frame import open_own_samples
from performance.audit.models import FOUND, SECTIONS, AuditTest, SampleDraw
from performance.audit.rules.drawing import LONGEST_SEED
from performance.audit.rules.sheet import Section, missing, sheet_of
from performance.claims.api import ClaimRunSerializer, OfARun, VerbOfARun, verb_view
from performance.claims.models import ClaimRun
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can


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


VERBS = {"draw-sample": DrawSample, "pass": verb_view("PassRun", Can.AUDIT_CLAIM, services.pass_run)}
urlpatterns = [
    path("claim-runs/<uuid:uid>/sample/", SampleOfARun.as_view(), name="api-sample"),
    path("claim-runs/<uuid:uid>/drawings/", DrawingsOfARun.as_view(), name="api-sample-drawings"),
    *(path(f"claim-runs/<uuid:uid>/{name}/", view.as_view(), name=f"api-run-{name}") for name, view in VERBS.items()),
    path("audit-tests/<uuid:uid>/", AuditTestDetail.as_view(), name="api-audit-test"),
]
