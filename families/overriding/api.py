"""What was left out and is shown all the same, for programs: read it, give it, end it, review it."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.facts.rules import AGENCIES, KINDS
from families.overriding.models import Override
from families.overriding.rules import LONGEST_REASON, OCCASIONS, Occasion
from families.overriding.services import (
    colleagues_of,
    end_override,
    overrides_of,
    review_override,
    show_all_the_same,
    to_review,
)
from families.overriding.views import to_decide
from families.people.models import Family
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import SHORTEST_REASON, Can, RecordClass
from slf.work.once import OnceMixin

CREATED = 201
KIND_CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]
OCCASION_CHOICES = [(p.value, row.label) for p, row in OCCASIONS.items()]


class OverrideSerializer(serializers.ModelSerializer):
    """One kind from one agency, shown to one person until the end of a day."""

    shown_to = serializers.CharField()
    given_by = serializers.CharField()
    reviewed_by = serializers.CharField(allow_null=True)
    begins = serializers.DateTimeField(source="period.lower")
    ends = serializers.DateTimeField(source="period.upper")
    counts = serializers.BooleanField()

    class Meta:
        model = Override
        fields = [
            "uid", "agency", "kind", "shown_to", "occasion", "law", "reason", "given_by", "begins", "ends", "counts",
            "reviewed_by", "reviewed_at",
        ]  # fmt: skip


class ShowSerializer(serializers.Serializer):
    """What is to be shown, to whom, for what and why."""

    agency = serializers.ChoiceField(choices=list(AGENCIES.items()), allow_blank=True)
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    shown_to = serializers.UUIDField()
    occasion = serializers.ChoiceField(choices=OCCASION_CHOICES)
    reason = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST_REASON)

    def validate_shown_to(self, uid):
        if (found := self.context["people"].filter(uid=uid).first()) is None:
            raise serializers.ValidationError("Nobody who works where the family is has this identifier.")
        return found

    def validate_occasion(self, text):
        return Occasion(text)


class Overrides(OnceMixin, APIView):
    """What was shown all the same of a family."""

    @extend_schema(operation_id="overrides_list", responses=OverrideSerializer(many=True))
    def get(self, request: Request, uid) -> Response:
        """Return all that ever was, the latest first."""
        families = Family.objects.open_to(request.user, record_class=RecordClass.EVIDENCE)
        family = get_or_refuse(families, request.user, uid=uid)
        log_view(request, "Shown all the same", family=family)
        return Response(OverrideSerializer(overrides_of(family, user=request.user), many=True).data)

    @extend_schema(operation_id="overrides_give", request=ShowSerializer, responses={201: OverrideSerializer})
    def post(self, request: Request, uid) -> Response:
        """Show one kind from one agency to one person until the end of the day."""
        family = to_decide(request, uid)
        log_view(request, "Show what was left out", family=family)
        body = ShowSerializer(data=request.data, context={"people": colleagues_of(family)})
        body.is_valid(raise_exception=True)
        row = show_all_the_same(family, **body.validated_data, by=request.user)
        return Response(OverrideSerializer(row).data, status=CREATED)


class OverridesToReview(APIView):
    """What waits for your review."""

    permission_classes = [may(Can.REVIEW_ACCESS)]

    @extend_schema(operation_id="overrides_to_review", responses=OverrideSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = list(to_review(request.user))
        log_view(request, "Shown all the same, to review", families=[row.family_id for row in rows])
        return Response(OverrideSerializer(rows, many=True).data)


class Act(OnceMixin, APIView):
    can = Can.DECIDE_SHARING

    def find(self, request: Request, uid) -> Override:
        row = get_or_refuse(Override.objects.for_list(), request.user, can=self.can, uid=uid)
        log_view(request, "Shown all the same", family=row.family)
        return row


class EndOverride(Act):
    @extend_schema(operation_id="overrides_end", request=None, responses=OverrideSerializer)
    def post(self, request: Request, uid) -> Response:
        """End it now."""
        return Response(OverrideSerializer(end_override(self.find(request, uid), by=request.user)).data)


class ReviewOverride(Act):
    can = Can.REVIEW_ACCESS

    @extend_schema(operation_id="overrides_review", request=None, responses=OverrideSerializer)
    def post(self, request: Request, uid) -> Response:
        """Record that you looked at why, as somebody else."""
        return Response(OverrideSerializer(review_override(self.find(request, uid), by=request.user)).data)


urlpatterns = [
    path("families/<uuid:uid>/overrides/", Overrides.as_view(), name="api-overrides"),
    path("overrides/", OverridesToReview.as_view(), name="api-overrides-to-review"),
    path("overrides/<uuid:uid>/end/", EndOverride.as_view(), name="api-end-override"),
    path("overrides/<uuid:uid>/review/", ReviewOverride.as_view(), name="api-review-override"),
]
