"""Allocation for programs: who could have a family, and giving it to one of them."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from casework.cases.services import allocate_family
from families.people.models import Family
from referrals.allocation.models import Allocation
from referrals.allocation.services import Candidate, candidates
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


class AllocateSerializer(serializers.Serializer):
    worker = serializers.UUIDField()
    highly_complex = serializers.BooleanField(default=False)
    reason = serializers.CharField(
        max_length=500, default="", allow_blank=True, help_text="Why, where it makes more than a full caseload."
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
        return candidates(self.family, on=today())

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
        )  # fmt: skip
        return Response(AllocationSerializer(allocation).data)


urlpatterns = [path("families/<uuid:uid>/allocate/", Allocate.as_view(), name="api-allocate")]
