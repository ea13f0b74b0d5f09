"""Identification for programs: runs, a way to begin one, and the rows of each. References only, as on the page."""

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated

from performance.identification import services
from performance.identification.models import FoundPerson, IdentificationRun, Identified
from performance.identification.rules import Place
from performance.identification.views import asked_by
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.api import SignedInRecently
from slf.clock import today
from slf.work.once import OnceMixin

FILTERS = [
    OpenApiParameter("scheme", OpenApiTypes.STR, description="A scheme of the run, by its version."),
    OpenApiParameter("locality", OpenApiTypes.STR, description="A locality, by its slug."),
    OpenApiParameter("place", OpenApiTypes.STR, enum=[place.value for place in Place]),
]


class IdentificationRunSerializer(serializers.ModelSerializer):
    asked_by = serializers.StringRelatedField()
    job = serializers.UUIDField(source="job.uid", read_only=True, allow_null=True)

    class Meta:
        model = IdentificationRun
        fields = ["uid", "on", "state", "asked_by", "begun_at", "finished_at", "engine", "schemes", "counts", "said",
                  "delete_on", "deleted_on", "job"]  # fmt: skip
        read_only_fields = ["uid", "on", "state", "engine", "schemes", "counts", "said", "delete_on", "deleted_on"]


class IdentifiedSerializer(serializers.ModelSerializer):
    family = serializers.CharField(source="reference")
    locality = serializers.CharField()

    class Meta:
        model = Identified
        fields = ["family", "locality", "place", "scheme", "judged_on", "attached_on", "attached_by", "eligible",
                  "reason", "missing"]  # fmt: skip


class FoundPersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = FoundPerson
        fields = ["scheme", "lines", "eligible", "reason", "missing"]


class IdentificationRuns(OnceMixin, generics.ListCreateAPIView):
    """Runs of identification, and a way to begin one."""

    permission_classes = [may(Can.PREPARE_CLAIM)]
    serializer_class = IdentificationRunSerializer
    queryset = IdentificationRun.objects.none()

    def get_queryset(self):
        return IdentificationRun.objects.visible_to(self.request.user).for_list().select_related("job")

    def paginate_queryset(self, queryset):
        log_view(self.request, "Identification")
        return super().paginate_queryset(queryset)

    def perform_create(self, serializer) -> None:
        serializer.instance = services.look_now(by=self.request.user, on=today())


class OfARun(generics.ListAPIView):
    """The rows of one run. Somebody else's run and a missing one are the same 404."""

    permission_classes = [IsAuthenticated, SignedInRecently]

    def asked(self):
        run = get_or_refuse(IdentificationRun, self.request.user, uid=self.kwargs["uid"])
        return asked_by(self.request, run)


@extend_schema(parameters=FILTERS)
class IdentifiedFamilies(OfARun):
    """The families on the lists of a run, by their references."""

    serializer_class = IdentifiedSerializer
    queryset = Identified.objects.none()

    def get_queryset(self):
        rows, place = self.asked().families(), self.request.GET.get("place", "")
        return rows.filter(place=place) if place else rows

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Identification, families", families=[row.family_id for row in page])
        return page


@extend_schema(parameters=FILTERS[:2])
class FoundPeople(OfARun):
    """People in files of agencies of whom the service knows no family: lines of the files, no names."""

    serializer_class = FoundPersonSerializer
    queryset = FoundPerson.objects.none()

    def get_queryset(self):
        return self.asked().people()

    def paginate_queryset(self, queryset):
        log_view(self.request, "Identification, people of files")
        return super().paginate_queryset(queryset)


urlpatterns = [
    path("identification/", IdentificationRuns.as_view(), name="api-identification"),
    path("identification/<uuid:uid>/families/", IdentifiedFamilies.as_view(), name="api-identified"),
    path("identification/<uuid:uid>/people/", FoundPeople.as_view(), name="api-found-people"),
]
