"""The dashboard's figures for programs, with their definitions."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.outcomes import services
from performance.outcomes.views import asked_by
from slf.access.api import may
from slf.access.doors import log_view
from slf.access.rules import Can


class FigureSerializer(serializers.Serializer):
    code = serializers.CharField(source="figure.code")
    group = serializers.CharField(source="figure.group")
    label = serializers.CharField(source="figure.label")
    definition = serializers.CharField(source="figure.definition")
    number = serializers.IntegerField()


class Figures(APIView):
    """Every figure of the dashboard; ``?locality=`` narrows to one of your localities."""

    permission_classes = [may(Can.VIEW_DASHBOARD)]

    @extend_schema(responses=FigureSerializer(many=True))
    def get(self, request):
        asked, _ = asked_by(request)
        log_view(request, f"Dashboard, {asked.locality or 'every locality'}")
        counted = [each for group in services.count_all(asked).values() for each in group]
        return Response(FigureSerializer(counted, many=True).data)


urlpatterns = [path("figures/", Figures.as_view(), name="api-figures")]
