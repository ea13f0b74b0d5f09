"""Reviews of the plan, for programs."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.plan_reviews import services
from casework.plan_reviews.models import GoalReview, PlanReview
from casework.plan_reviews.rules import LONGEST, WENT_NAMES
from casework.plan_reviews.services import Said
from casework.plan_reviews.views import family_or_refuse, standing
from casework.plans.models import Goal, Plan
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
NOT_OF_PLAN = "Only goals of the plan in force can be named here."


class GoalReviewSerializer(serializers.ModelSerializer):
    """How one goal went."""

    goal = serializers.UUIDField(source="goal.uid")
    went = serializers.ChoiceField(list(WENT_NAMES.items()))

    class Meta:
        model = GoalReview
        fields = ["goal", "went", "words"]


class PlanReviewSerializer(serializers.ModelSerializer):
    """One review: every goal of the plan in force is named once."""

    plan = serializers.IntegerField(source="plan.number", read_only=True, help_text="The version that was reviewed.")
    goals = GoalReviewSerializer(many=True)
    family_says = serializers.CharField(max_length=LONGEST)
    recorded_by = serializers.StringRelatedField()

    class Meta:
        model = PlanReview
        fields = ["uid", "plan", "held_on", "family_says", "goals", "next_on", "recorded_by"]
        read_only_fields = ["uid", "plan", "recorded_by"]


class PlanReviewsSerializer(serializers.Serializer):
    """``due``: when the plan in force is to be reviewed; null without one."""

    due = serializers.DateField(allow_null=True)
    reviews = PlanReviewSerializer(many=True)


class PlanReviews(OnceMixin, APIView):
    """Reviews of one family's plan."""

    @extend_schema(operation_id="plan_reviews_read", responses=PlanReviewsSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        family = family_or_refuse(request.user, uid)
        log_view(request, "Reviews of the plan", family=family)
        return Response(PlanReviewsSerializer(standing(family, request.user)).data)

    @extend_schema(operation_id="plan_review", request=PlanReviewSerializer, responses={201: PlanReviewSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Record a review of the plan in force. The same again is the same."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        body = PlanReviewSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        plan = Plan.objects.visible_to(request.user).in_force().filter(family=family).first()
        if plan is None:
            raise Http404
        said = dict(body.validated_data)
        goals = self.goals(plan, said.pop("goals"))
        made = services.record_review(plan, **said, goals=goals, by=request.user, on=today())
        log_view(request, "Review the plan", family=family)
        found = PlanReview.objects.visible_to(request.user).for_page().get(pk=made.pk)
        return Response(PlanReviewSerializer(found).data, status=CREATED)

    def goals(self, plan: Plan, said: list[dict[str, Any]]) -> dict[int, Said]:
        rows = Goal.objects.visible_to(self.request.user).filter(plan=plan)
        known = dict(rows.values_list("uid", "pk"))
        if any(one["goal"]["uid"] not in known for one in said):
            raise serializers.ValidationError({"goals": NOT_OF_PLAN})
        return {known[one["goal"]["uid"]]: Said(one["went"], one.get("words", "")) for one in said}


urlpatterns = [path("families/<uuid:uid>/plan/reviews/", PlanReviews.as_view(), name="api-plan-reviews")]
