"""Allocation for programs: who could have a family, and giving it to one of them."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from casework.cases.services import HandoverNote, allocate_family
from casework.cases.waiting import waiting_for_a_worker
from families.needs.rules import band_for
from families.people.models import Family
from families.sharing.models import Agreement
from referrals.allocation.candidates import Candidate, candidates
from referrals.allocation.models import Allocation
from referrals.intake.api import ForThoseWho
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

NOBODY = "There is no such worker for this family."


class CandidateSerializer(serializers.Serializer):
    """A worker the family could be given to; ``load`` is a share of a full caseload in per cent."""

    worker = serializers.UUIDField(source="worker.uid")
    name = serializers.CharField(source="worker.__str__")
    families = serializers.IntegerField(source="caseload.families")
    highly_complex = serializers.IntegerField(source="caseload.highly_complex")
    load = serializers.IntegerField(source="caseload.percent")
    load_if_mixed = serializers.IntegerField(source="with_mixed.percent")
    load_if_highly_complex = serializers.IntegerField(source="with_highly_complex.percent")
    has_family = serializers.BooleanField()
    is_suggested = serializers.BooleanField()
    reasons = serializers.SerializerMethodField()

    def get_reasons(self, candidate: Candidate) -> list[str]:
        return [reason.words for reason in candidate.reasons]


class AllocateSerializer(serializers.Serializer):
    worker = serializers.UUIDField()
    highly_complex = serializers.BooleanField(default=False)
    reason = serializers.CharField(
        max_length=500, default="", allow_blank=True, help_text="Why, where it makes more than a full caseload."
    )
    must_know = serializers.CharField(
        max_length=2000, default="", allow_blank=True, help_text="What the next worker must know, where another had it."
    )
    joint_visit_on = serializers.DateField(
        default=None, allow_null=True, help_text="When both workers visit the family together."
    )


class AllocationSerializer(serializers.ModelSerializer):
    """Who has the family since when."""

    worker = serializers.UUIDField(source="worker.uid")
    name = serializers.CharField(source="worker.__str__")
    since = serializers.DateField(source="period.lower")

    class Meta:
        model = Allocation
        fields = ["uid", "worker", "name", "highly_complex", "since"]
        read_only_fields = fields


class Allocate(OnceMixin, generics.GenericAPIView):
    """The workers of the family's locality with their caseloads, and a way to give the family to one."""

    serializer_class = AllocateSerializer
    queryset = Family.objects.none()
    pagination_class = None

    def offered(self) -> list[Candidate]:
        self.family = get_or_refuse(Family, self.request.user, can=Can.ALLOCATE, uid=self.kwargs["uid"])
        log_view(self.request, "Allocate", family=self.family)
        return candidates(self.family, by=self.request.user, on=today())

    @extend_schema(responses=CandidateSerializer(many=True))
    def get(self, request, *args, **kwargs):
        return Response(CandidateSerializer(self.offered(), many=True).data)

    @extend_schema(responses=AllocationSerializer)
    def post(self, request, *args, **kwargs):
        offered = {candidate.worker.uid: candidate.worker for candidate in self.offered()}
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        if said["worker"] not in offered:
            raise serializers.ValidationError({"worker": NOBODY})
        allocation = allocate_family(
            self.family, worker=offered[said["worker"]], by=request.user, on=today(),
            highly_complex=said["highly_complex"], reason=said["reason"],
            note=HandoverNote(said["must_know"], said["joint_visit_on"]),
        )  # fmt: skip
        return Response(AllocationSerializer(allocation).data)


class WaitingFamilySerializer(serializers.ModelSerializer):
    """A family that waits for a worker: its open needs, their band, since when, and whether it agreed."""

    locality = serializers.CharField(source="scope.locality.name", default=None, allow_null=True)
    needs = serializers.IntegerField(source="needs_open")
    band = serializers.SerializerMethodField()
    waiting_since = serializers.DateField()
    has_agreed = serializers.SerializerMethodField()

    class Meta:
        model = Family
        fields = ["uid", "reference", "name", "locality", "needs", "band", "waiting_since", "has_agreed"]
        read_only_fields = fields

    def get_band(self, family: Family) -> str:
        return band_for(family.needs_open).code

    def get_has_agreed(self, family: Family) -> bool:
        return family.said == Agreement.State.GIVEN


class Waiting(ForThoseWho, generics.ListAPIView):
    """Families that wait for a worker, the greatest need first, then the longest wait."""

    serializer_class = WaitingFamilySerializer
    queryset = Family.objects.none()
    needs = Can.ALLOCATE

    def get_queryset(self):
        return waiting_for_a_worker(self.request.user, on=today()).select_related("scope__locality")

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Waiting for a worker", families=[family.pk for family in page])
        return page


urlpatterns = [
    path("families/<uuid:uid>/allocate/", Allocate.as_view(), name="api-allocate"),
    path("families-waiting/", Waiting.as_view(), name="api-waiting"),
]
