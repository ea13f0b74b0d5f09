"""Monitoring for programs: how far a family is, what is expected when, and the forecast by claim window."""

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.monitoring.models import Expected, Monitored
from performance.monitoring.views import asked_for, family_of, forecasts
from slf.access.doors import get_or_refuse, log_view

FILTERS = [
    OpenApiParameter("scheme", OpenApiTypes.STR, description="A scheme, by its version."),
    OpenApiParameter("locality", OpenApiTypes.STR, description="A locality, by its slug."),
]


class MonitoredSerializer(serializers.ModelSerializer):
    family = serializers.UUIDField(source="family.uid")

    class Meta:
        model = Monitored
        fields = ["uid", "family", "on", "scheme", "attached_on", "eligible", "reason", "results", "went_back",
                  "went_back_on", "read_on"]  # fmt: skip


class ExpectedSerializer(serializers.ModelSerializer):
    family = serializers.UUIDField(source="family.uid")

    class Meta:
        model = Expected
        fields = ["uid", "family", "scheme", "component", "earliest", "claimable", "because", "amount", "window_from",
                  "window_to"]  # fmt: skip


class ForecastSerializer(serializers.Serializer):
    scheme = serializers.CharField()
    window = serializers.CharField()
    claims = serializers.IntegerField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)


class MonitoredDetail(generics.RetrieveAPIView):
    """How far one family is with each result of its scheme."""

    serializer_class = MonitoredSerializer
    queryset = Monitored.objects.none()

    def get_object(self):
        family = family_of(self.request, self.kwargs["uid"])
        row = get_or_refuse(Monitored.objects.select_related("family"), self.request.user, family=family)
        log_view(self.request, "Progress to results", family=family)
        return row


@extend_schema(parameters=FILTERS)
class ExpectedResults(generics.ListAPIView):
    """What can be met when if nothing changes, the nearest first."""

    serializer_class = ExpectedSerializer
    queryset = Expected.objects.none()

    def get_queryset(self):
        return asked_for(self.request)[0].nearest()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Progress to results", families=[row.family_id for row in page])
        return page


class Forecasts(APIView):
    """Claims and pounds by scheme and claim window, if nothing changes."""

    @extend_schema(operation_id="forecast", parameters=FILTERS, responses=ForecastSerializer(many=True))
    def get(self, request):
        rows, _, _ = asked_for(request)
        log_view(request, "Forecast of claims")
        return Response(ForecastSerializer(forecasts(rows), many=True).data)


urlpatterns = [
    path("monitoring/families/<uuid:uid>/", MonitoredDetail.as_view(), name="api-monitored"),
    path("monitoring/expected/", ExpectedResults.as_view(), name="api-expected"),
    path("monitoring/forecast/", Forecasts.as_view(), name="api-forecast"),
]
