"""What was agreed elsewhere, for programs: what is on no plan, and putting one of it on the draft."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casework.carried.models import KINDS
from casework.elsewhere.services import Agreed, agreed_elsewhere, carry_over
from casework.elsewhere.views import LONGEST, source_or_404
from casework.plans.api import CREATED, PLAN, OfAFamily
from casework.plans.models import Goal
from casework.plans.serializers import ActionSerializer, OwnerSerializer
from slf.access.doors import log_view
from slf.clock import today
from slf.web.revisions import IF_MATCH


class AgreedSerializer(serializers.Serializer):
    """One thing agreed elsewhere: where, what, who (null: nobody was named) and by when."""

    kind = serializers.ChoiceField(KINDS)
    uid = serializers.UUIDField()
    what = serializers.CharField()
    where = serializers.CharField()
    owner = OwnerSerializer(source="who", allow_null=True)
    due_on = serializers.DateField(allow_null=True)


class FromSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(KINDS)
    uid = serializers.UUIDField()


class CarryOverSerializer(serializers.Serializer):
    """``from``: what was agreed elsewhere. What, who and by when are as it was agreed where they are left out."""

    goal = serializers.UUIDField()
    what = serializers.CharField(max_length=LONGEST, required=False)
    owner = OwnerSerializer(required=False)
    due_on = serializers.DateField(required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | {"from": FromSerializer()}


class AgreedElsewhere(OfAFamily):
    """What was agreed on visits, at meetings, in supervision and as tasks, and is on no plan."""

    @extend_schema(operation_id="agreed_elsewhere_list", responses=AgreedSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        log_view(request, "Agreed elsewhere", family=self.family)
        return Response(AgreedSerializer(agreed_elsewhere(self.family, by=request.user), many=True).data)

    @extend_schema(
        operation_id="plan_carry_over", parameters=[IF_MATCH], request=CarryOverSerializer,
        responses={201: ActionSerializer},
    )  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Put one of it on the draft; it is settled by that action. The same again is the same."""
        given = self.read(CarryOverSerializer)
        goals = Goal.objects.visible_to(request.user).filter(family=self.family).select_related("plan")
        if (goal := goals.filter(uid=given["goal"]).first()) is None:
            raise serializers.ValidationError({"goal": "There is no such goal in this plan."})
        agreed = source_or_404(self.family, **given["from"], by=request.user)
        said = self.said(given, agreed)
        with self.as_seen(goal.plan) as revision:
            action = carry_over(goal, agreed, **said, revision=revision, by=request.user, on=today())
        return Response(ActionSerializer(action).data, status=CREATED)

    def said(self, given: dict[str, Any], agreed: Agreed) -> dict[str, Any]:
        """Return what, who and by when, as it is said or as it was agreed."""
        owner = self.owner(given["owner"]) if "owner" in given else agreed.who
        what, due_on = given.get("what", agreed.what[:LONGEST]), given.get("due_on", agreed.due_on)
        missing = [name for name, answer in (("owner", owner), ("due_on", due_on)) if answer is None]
        if missing:
            raise serializers.ValidationError(dict.fromkeys(missing, "Nobody said that where it was agreed. Say it."))
        return {"what": what, "owner": owner, "due_on": due_on}


urlpatterns = [path(f"{PLAN}agreed-elsewhere/", AgreedElsewhere.as_view(), name="api-agreed-elsewhere")]
