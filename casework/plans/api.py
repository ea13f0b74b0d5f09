"""A family's plan for programs: read it, write it, get it done, record what the adults said."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.plans import page, services
from casework.plans.models import Action, Goal, Plan
from casework.plans.serializers import ActionSerializer, AnswerSerializer, GoalSerializer, PlanSerializer
from families.needs.models import Need
from families.people.models import Family, Person
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import Conflict
from slf.web.revisions import ANY, IF_MATCH, LostRace, NotSeen, seen
from slf.work.once import OnceMixin

VERSION = OpenApiParameter("version", OpenApiTypes.INT, description="The version in hand when it is left out.")
CREATED, GONE = 201, 204


def tag_of(plan: Plan) -> str:
    """Return what changes with every change of what the plan says; how far its actions are is not in it."""
    return f"{plan.number}.{plan.revision}"


class OfAFamily(OnceMixin, APIView):
    """A view of one family's plan. The family is asked for before anything in the body is looked at."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        can = Can.READ if request.method in SAFE_METHODS else Can.WORK_FAMILY
        self.family = get_or_refuse(Family.objects.open_to(request.user), request.user, can=can, uid=kwargs["uid"])

    def finalize_response(self, request, response, *args, **kwargs):
        """Log an act whose answer shows the plan as the look it is; a read logs the version it shows itself."""
        if request.method not in SAFE_METHODS and response.status_code < 300 and response.data:
            log_view(request, "Plan", family=self.family)
        return super().finalize_response(request, response, *args, **kwargs)

    def plans(self):
        return Plan.objects.visible_to(self.request.user).for_page()

    def in_hand(self) -> Plan:
        if (plan := self.plans().to_work_on(self.family)) is None:
            raise Http404
        return plan

    def answer(self, plan: Plan, status: int = 200) -> Response:
        """Return a version as it is now, with its ETag."""
        now = self.plans().get(pk=plan.pk)
        return Response(PlanSerializer(now).data, status=status, headers={"ETag": f'"{tag_of(now)}"'})

    @contextmanager
    def as_seen(self, plan: Plan, *, required: bool = False) -> Iterator[Any]:
        """Refuse with 412 a change made from another state than ``If-Match`` names, also when it is lost meanwhile."""
        tag = seen(self.request)
        if tag is None and required:
            raise NotSeen
        if tag not in {None, ANY, tag_of(plan)}:
            raise LostRace
        try:
            yield tag and plan.revision
        except Conflict as lost:
            if tag is None:
                raise
            raise LostRace(lost.message) from lost

    def read(self, serializer: type[serializers.Serializer], *, partial: bool = False) -> dict[str, Any]:
        body = serializer(data=self.request.data, partial=partial)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def household(self) -> dict[str, Person]:
        members = page.household(self.family, self.request.user, day=today())
        return {str(member.person.uid): member.person for member in members}

    def needs(self, uids: Iterable[UUID]) -> list[Need]:
        """Return the open needs of the family that are named."""
        asked = set(uids)
        needs = list(page.needs_of(self.family, self.request.user).filter(uid__in=asked))
        if len(needs) != len(asked):
            raise serializers.ValidationError({"needs": "Only open needs of this family can be named here."})
        return needs

    def owner(self, given: dict[str, Any]) -> services.Owner:
        """Return who is named to do an action."""
        ((kind, who),) = given.items()
        workers = {str(worker.uid): worker for worker in page.workers(self.family, self.request.user)}
        known = {"person": self.household(), "worker": workers, "agency": {who: who}}[kind]
        if (owner := known.get(str(who))) is None:
            raise serializers.ValidationError({"owner": "Only the family and its workers can be named here."})
        return owner


class PlanOfFamily(OfAFamily):
    """The plan of a family."""

    @extend_schema(operation_id="plan_read", parameters=[VERSION], responses=PlanSerializer)
    def get(self, request, uid):
        asked = request.query_params.get("version", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 5 else None
        plan = self.plans().numbered(self.family, number, of=uid) if asked else self.in_hand()
        if plan is None:
            raise Http404
        log_view(request, f"Plan, version {plan.number}", family=self.family)
        return self.answer(plan)

    @extend_schema(operation_id="plan_start", request=None, responses={201: PlanSerializer})
    def post(self, request, uid):
        """Start a draft, from what the family last agreed to; when there is one, it is the answer."""
        return self.answer(services.start_plan(self.family, by=request.user, on=today()), CREATED)

    @extend_schema(operation_id="plan_throw_away", parameters=[IF_MATCH], request=None, responses={GONE: None})
    def delete(self, request, uid):
        """Throw the draft away, as ``If-Match`` says it reads (428 without one). An agreed plan stays: 409."""
        plan = self.in_hand()
        with self.as_seen(plan, required=True) as revision:
            services.throw_away_plan(plan, revision=revision, by=request.user)
        return Response(status=GONE)


class Goals(OfAFamily):
    """Goals of the draft."""

    @extend_schema(
        operation_id="plan_add_goal", parameters=[IF_MATCH], request=GoalSerializer, responses={201: GoalSerializer}
    )
    def post(self, request, uid):
        given = self.read(GoalSerializer)
        needs = self.needs(given.get("needs", []))
        plan = self.in_hand()
        with self.as_seen(plan) as revision:
            goal = services.add_goal(plan, words=given["words"], needs=needs, revision=revision, by=request.user)
        return Response(GoalSerializer(goal).data, status=CREATED)


class Actions(OfAFamily):
    """Actions of the draft."""

    @extend_schema(
        operation_id="plan_add_action", parameters=[IF_MATCH], request=ActionSerializer,
        responses={201: ActionSerializer},
    )  # fmt: skip
    def post(self, request, uid):
        given = self.read(ActionSerializer)
        goals = Goal.objects.visible_to(request.user).filter(family=self.family).select_related("plan")
        if (goal := goals.filter(uid=given["goal"]["uid"]).first()) is None:
            raise serializers.ValidationError({"goal": "There is no such goal in this plan."})
        said = {"what": given["what"], "owner": self.owner(given["owner"]), "due_on": given["due_on"]}
        with self.as_seen(goal.plan) as revision:
            action = services.add_action(goal, **said, revision=revision, by=request.user)
        return Response(ActionSerializer(action).data, status=CREATED)


class OneGoal(OfAFamily):
    """One goal of the draft, to change or to take out."""

    def found(self, uid) -> Goal:
        rows = Goal.objects.filter(family=self.family).select_related("plan__family")
        return get_or_refuse(rows, self.request.user, can=Can.WORK_FAMILY, uid=uid)

    @extend_schema(
        operation_id="plan_change_goal", parameters=[IF_MATCH], request=GoalSerializer, responses=PlanSerializer
    )
    def patch(self, request, uid, goal):
        """Say the goal in other words or tie it to other needs; what is left out stays."""
        goal, given = self.found(goal), self.read(GoalSerializer, partial=True)
        needs = self.needs(given["needs"]) if "needs" in given else list(goal.needs.all())
        with self.as_seen(goal.plan, required=True) as revision:
            words = given.get("words", goal.words)
            services.change_goal(goal, words=words, needs=needs, revision=revision, by=request.user)
        return self.answer(goal.plan)

    @extend_schema(operation_id="plan_remove_goal", parameters=[IF_MATCH], request=None, responses=PlanSerializer)
    def delete(self, request, uid, goal):
        """Take the goal and its actions out."""
        goal = self.found(goal)
        with self.as_seen(goal.plan, required=True) as revision:
            services.remove_goal(goal, revision=revision, by=request.user)
        return self.answer(goal.plan)


class OneAction(OfAFamily):
    """One action of the draft, to change or to take out."""

    def found(self, uid) -> Action:
        rows = Action.objects.filter(family=self.family).select_related("goal__plan__family")
        return get_or_refuse(rows, self.request.user, can=Can.WORK_FAMILY, uid=uid)

    @extend_schema(
        operation_id="plan_change_action", parameters=[IF_MATCH], request=ActionSerializer, responses=PlanSerializer
    )
    def patch(self, request, uid, action):
        """Say what, who or by when anew; what is left out stays. An action stays with its goal."""
        action, given = self.found(action), self.read(ActionSerializer, partial=True)
        said = {name: given.get(name, getattr(action, name)) for name in ("what", "due_on")}
        said["owner"] = self.owner(given["owner"]) if "owner" in given else action.owner
        with self.as_seen(action.goal.plan, required=True) as revision:
            services.change_action(action, **said, revision=revision, by=request.user)
        return self.answer(action.goal.plan)

    @extend_schema(operation_id="plan_remove_action", parameters=[IF_MATCH], request=None, responses=PlanSerializer)
    def delete(self, request, uid, action):
        """Take the action out."""
        action = self.found(action)
        with self.as_seen(action.goal.plan, required=True) as revision:
            services.remove_action(action, revision=revision, by=request.user)
        return self.answer(action.goal.plan)


class Agree(OfAFamily):
    """What adults said to the plan in hand."""

    @extend_schema(
        operation_id="plan_agree", parameters=[IF_MATCH], request=AnswerSerializer, responses={201: PlanSerializer}
    )
    def post(self, request, uid):
        """Record what one adult said. ``revision`` is the plan as they read it; 409 when it changed meanwhile."""
        given = self.read(AnswerSerializer)
        if (person := self.household().get(str(given.pop("person")["uid"]))) is None:
            raise serializers.ValidationError({"person": "Only adults of this family can be named here."})
        plan = self.in_hand()
        with self.as_seen(plan):
            services.record_answer(plan, person=person, by=request.user, **given)
        return self.answer(plan, CREATED)


class Progress(OfAFamily):
    """One action, done or to do again."""

    def found(self, uid) -> Action:
        rows = Action.objects.filter(family=self.family).select_related("goal")
        return get_or_refuse(rows, self.request.user, can=Can.WORK_FAMILY, uid=uid)


class Finish(Progress):
    @extend_schema(operation_id="plan_finish_action", request=None, responses=ActionSerializer)
    def post(self, request, uid, action):
        """Mark an action as done today."""
        return Response(ActionSerializer(services.finish_action(self.found(action), on=today(), by=request.user)).data)


class Reopen(Progress):
    @extend_schema(operation_id="plan_reopen_action", request=None, responses=ActionSerializer)
    def post(self, request, uid, action):
        """Take back that an action is done."""
        return Response(ActionSerializer(services.reopen_action(self.found(action), by=request.user)).data)


PLAN = "families/<uuid:uid>/plan/"
urlpatterns = [
    path(PLAN, PlanOfFamily.as_view(), name="api-plan"),
    path(f"{PLAN}goals/", Goals.as_view(), name="api-plan-goals"),
    path(f"{PLAN}goals/<uuid:goal>/", OneGoal.as_view(), name="api-plan-goal"),
    path(f"{PLAN}actions/<uuid:action>/", OneAction.as_view(), name="api-plan-action"),
    path(f"{PLAN}actions/", Actions.as_view(), name="api-plan-actions"),
    path(f"{PLAN}actions/<uuid:action>/finish/", Finish.as_view(), name="api-plan-finish"),
    path(f"{PLAN}actions/<uuid:action>/reopen/", Reopen.as_view(), name="api-plan-reopen"),
    path(f"{PLAN}agree/", Agree.as_view(), name="api-plan-agree"),
]
