"""The evidence about a family, for programs: what may be used today, and what was left out and why."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from families.contesting.marks import marks_of
from families.contesting.rules import About, key_of
from families.evidence.views import for_list, with_evidence
from families.facts.models import Fact
from families.register.rules import Purpose
from families.register.services import use_on
from families.sharing.use import facts_for, left_out
from slf.access.doors import get_or_refuse, log_view
from slf.clock import today


class FactSerializer(serializers.ModelSerializer):
    """One fact. ``ends_before`` is the first day after it; none while it goes on.

    What was left out and is shown to somebody all the same is for their eyes, on the page: it is never here.
    """

    person = serializers.UUIDField(source="person.uid", allow_null=True, default=None)
    starts_on = serializers.DateField(source="period.lower")
    ends_before = serializers.DateField(source="period.upper", allow_null=True)
    corrected_later = serializers.BooleanField(source="was_corrected")
    contested = serializers.SerializerMethodField()

    class Meta:
        model = Fact
        fields = ["uid", "kind", "person", "starts_on", "ends_before", "value", "agency", "source_name", "recorded_on",
                  "corrected_later", "contested"]  # fmt: skip

    def get_contested(self, fact: Fact) -> bool:
        return key_of(About.FACT, fact.uid) in self.context["marks"]


class LeftOutSerializer(serializers.Serializer):
    """How many facts of a kind were left out, and why."""

    kind = serializers.CharField()
    agency = serializers.CharField(allow_blank=True)
    number = serializers.IntegerField()
    because = serializers.CharField()


class EvidenceSerializer(serializers.Serializer):
    """A page of facts, and what was left out of all of them."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = FactSerializer(many=True)
    left_out = LeftOutSerializer(many=True)


class Evidence(generics.GenericAPIView):
    """What is known of a family and may be used for working with it today."""

    serializer_class = FactSerializer
    filter_backends = ()

    @extend_schema(responses=EvidenceSerializer, parameters=[OpenApiParameter("page", int)])
    def get(self, request: Request, uid) -> Response:
        family = get_or_refuse(with_evidence(request.user), request.user, uid=uid)
        log_view(request, "Evidence", family=family)
        use = use_on(today(), purpose=Purpose.SUPPORT)
        page = self.paginate_queryset(for_list(facts_for(use, user=request.user).filter(family=family)))
        context = self.get_serializer_context() | {"marks": marks_of(family, user=request.user)}
        answer = self.get_paginated_response(FactSerializer(page, many=True, context=context).data)
        answer.data["left_out"] = LeftOutSerializer(left_out(family, use, user=request.user), many=True).data
        return answer


urlpatterns = [path("families/<uuid:uid>/evidence/", Evidence.as_view(), name="api-evidence")]
