"""The queue, sharing it out, and what is missing from referrals most often."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.response import Response

from referrals.intake.api import ForThoseWho
from referrals.intake.models import Referral
from referrals.triage import rules
from referrals.triage.api.showing import WaitingSerializer
from referrals.triage.missing import what_was_missing
from referrals.triage.queue import REVIEWERS, SHOWN, SORTS, assign_reviewer, queue_of, reviewers_for
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin


class ReviewerSerializer(serializers.Serializer):
    """Several referrals and who is to look at them: the username of somebody who decides there, or nobody."""

    referrals = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=200)
    reviewer = serializers.CharField(allow_null=True)


class AssignedSerializer(serializers.Serializer):
    assigned = serializers.IntegerField()


class Assign(ForThoseWho, OnceMixin, generics.GenericAPIView):
    """Give several referrals to one reviewer, all of them or none."""

    serializer_class = ReviewerSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    @extend_schema(responses=AssignedSerializer)
    def post(self, request, *args, **kwargs):
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        number = assign_reviewer(
            given.validated_data["referrals"], by=request.user, to=self.reviewer(given.validated_data["reviewer"])
        )
        return Response({"assigned": number})

    def reviewer(self, username: str | None):
        if username is None:
            return None
        if (found := reviewers_for(self.request.user).filter(username=username).first()) is None:
            raise serializers.ValidationError({"reviewer": "There is no such person among those who decide there."})
        return found


CHOICES = [
    OpenApiParameter("reviewer", str, enum=list(REVIEWERS)),
    OpenApiParameter("show", str, enum=list(SHOWN)),
    OpenApiParameter("sort", str, enum=list(SORTS)),
]


@extend_schema(parameters=CHOICES)
class Queue(ForThoseWho, generics.ListAPIView):
    """Referrals that your localities have still to decide, the most pressing first; those that wait for a reply not."""

    serializer_class = WaitingSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    def get_queryset(self):
        chosen = {name: self.request.query_params.get(name, "") for name in ("reviewer", "show", "sort")}
        return queue_of(self.request.user, on=today(), **chosen).for_list()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Triage queue")
        return page


class MissingRowSerializer(serializers.Serializer):
    about = serializers.CharField()
    at_first = serializers.IntegerField()
    came_back = serializers.IntegerField()


class MissingSerializer(serializers.Serializer):
    """How many referrals were sent since 1 April, how many lacked something at first, and how many came back."""

    sent = serializers.IntegerField()
    incomplete = serializers.IntegerField()
    came_back = serializers.IntegerField()
    by_page = serializers.SerializerMethodField()

    @extend_schema_field(MissingRowSerializer(many=True))
    def get_by_page(self, found) -> list[dict]:
        return [{"about": about, "at_first": at_first, "came_back": back} for about, at_first, back in found.rows]


class Missing(ForThoseWho, generics.GenericAPIView):
    """What is missing from referrals most often. It names no family."""

    serializer_class = MissingSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    def get(self, request, *args, **kwargs):
        found = what_was_missing(request.user, since=rules.year_began(today()), until=today())
        return Response(self.get_serializer(found).data)
