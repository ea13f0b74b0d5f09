"""The search for programs: the same families in the same order as the page, as cards, with why."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers

from families.people.api import FamilySerializer
from families.people.models import Family
from families.search import services
from families.search.rules import as_logged, tidy
from slf.access.doors import log_view
from slf.clock import today


class FoundSerializer(serializers.Serializer):
    """A family that was found, and a line for each of its people who answers."""

    family = FamilySerializer()
    why = serializers.ListField(child=serializers.CharField())


class Search(generics.ListAPIView):
    """The families that answer what is asked, the closest first, at most 200 of those you may see."""

    serializer_class = FoundSerializer
    queryset = Family.objects.none()
    filter_backends = ()

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "q", str, description="Names, a date of birth, a postcode, a telephone number, a UPN, a reference."
            )
        ]
    )
    def get(self, request, *args, **kwargs):
        asked = tidy(request.query_params.get("q", ""))
        page = self.paginate_queryset(services.search(asked, on=today()))
        found = services.shown(page, by=request.user)
        number = self.paginator.page.paginator.count
        log_view(request, as_logged(number), families=[one.family.pk for one in found])
        return self.get_paginated_response(self.get_serializer(found, many=True).data)


urlpatterns = [path("search/", Search.as_view(), name="api-search")]
