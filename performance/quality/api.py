"""The data quality of a locality for programs: the figures, and the list behind each."""

from django.http import Http404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from families.people.models import Family
from performance.outcomes.api import FigureSerializer
from performance.outcomes.views import asked_by
from performance.quality.gaps import GAPS, line, loaded
from performance.quality.views import count_all
from slf.access.api import may
from slf.access.doors import log_view
from slf.access.rules import Can

LOCALITY = OpenApiParameter("locality", OpenApiTypes.STR, description="One of your localities, by slug.")


class GapLineSerializer(serializers.Serializer):
    title = serializers.CharField()
    family = serializers.UUIDField(source="family.uid")
    reference = serializers.CharField(source="family.reference")
    said = serializers.CharField()


class Quality(APIView):
    """What is missing in the record, and what cannot be, as figures."""

    permission_classes = [may(Can.VIEW_DASHBOARD)]

    @extend_schema(operation_id="quality", parameters=[LOCALITY], responses=FigureSerializer(many=True))
    def get(self, request):
        asked, _ = asked_by(request)
        log_view(request, f"Data quality, {asked.locality or 'every locality'}")
        return Response(FigureSerializer(count_all(asked), many=True).data)


@extend_schema(parameters=[LOCALITY])
class Gap(generics.ListAPIView):
    """The rows behind one figure."""

    permission_classes = [may(Can.VIEW_DASHBOARD)]
    serializer_class = GapLineSerializer
    queryset = Family.objects.none()

    def get_queryset(self):
        asked, _ = asked_by(self.request)
        if self.kwargs["code"] not in GAPS:
            raise Http404
        return loaded(GAPS[self.kwargs["code"]].rows(asked))

    def paginate_queryset(self, queryset):
        page = [line(row) for row in super().paginate_queryset(queryset)]
        families = {one.family.pk for one in page}
        log_view(self.request, f"Data quality: {GAPS[self.kwargs['code']].label}", families=families)
        return page


urlpatterns = [
    path("quality/", Quality.as_view(), name="api-quality"),
    path("quality/<slug:code>/", Gap.as_view(), name="api-quality-gap"),
]
