"""The chronology for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.chronology.rules import KIND_NAMES, with_marks
from casework.chronology.sources import chronology
from casework.provenance.models import lines_in
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view


class EntrySerializer(serializers.Serializer):
    """One thing that happened."""

    on = serializers.DateField()
    at = serializers.TimeField(allow_null=True)
    kind = serializers.ChoiceField(choices=[(kind.value, name) for kind, name in KIND_NAMES.items()])
    title = serializers.CharField()
    text = serializers.CharField()
    detail = serializers.ListField(child=serializers.CharField())
    by = serializers.CharField()
    people = serializers.ListField(child=serializers.UUIDField(), help_text="Of whom it tells.")


class Chronology(APIView):
    """Everything that happened with a family, newest first."""

    @extend_schema(responses=EntrySerializer(many=True))
    def get(self, request: Request, uid) -> Response:
        family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=uid)
        log_view(request, "Chronology", family=family)
        told = with_marks(chronology(family, user=request.user), lines_in(family, user=request.user))
        return Response(EntrySerializer(told, many=True).data)


urlpatterns = [path("families/<uuid:uid>/chronology/", Chronology.as_view(), name="api-chronology")]
