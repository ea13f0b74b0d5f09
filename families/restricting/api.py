"""Who may see a family, for programs: read it, restrict it or name others, lift it; the restricted families."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.people.models import Family
from families.restricting import audience, rules, services
from families.restricting.audience import Somebody, State
from families.restricting.forms import LONGEST_REASON, parts_of
from families.restricting.models import RestrictionStep
from families.restricting.services import Naming
from families.restricting.views import decided_by, may_decide, others, readable
from slf.access.api import may
from slf.access.doors import log_view
from slf.access.models import POST_CHOICES
from slf.access.rules import SHORTEST_REASON, Can
from slf.clock import today
from slf.web.errors import Conflict
from slf.web.revisions import ANY, IF_MATCH, LostRace, NotSeen, seen
from slf.work.once import OnceMixin

NOBODY_SUCH = "There is no such person in that post to name."


class NamedSerializer(serializers.Serializer):
    """Somebody in one of their posts. ``places`` is empty when they hold it no more."""

    person = serializers.UUIDField(source="user.uid")
    name = serializers.CharField(source="user.__str__")
    role = serializers.ChoiceField(POST_CHOICES)
    places = serializers.ListField(child=serializers.CharField())
    decides = serializers.BooleanField()


class StepSerializer(serializers.ModelSerializer):
    """What was done about who may see the family."""

    by = serializers.CharField(source="by.__str__")
    worker = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = RestrictionStep
        fields = ["number", "kind", "reason", "sealed", "worker", "by", "done_on", "at"]
        read_only_fields = fields


class RestrictionSerializer(serializers.Serializer):
    """Who may see a family. ``steps`` of earlier times are there for those who decide."""

    restricted = serializers.BooleanField()
    sealed = serializers.BooleanField()
    named = NamedSerializer(many=True)
    steps = StepSerializer(many=True)


class LossSerializer(serializers.Serializer):
    """Somebody who would lose sight of the family, and how they see it now."""

    person = serializers.UUIDField()
    name = serializers.CharField()
    sees_it_as = serializers.CharField()


class CheckSerializer(serializers.Serializer):
    """What restricting would do; nothing is changed."""

    lose_sight = LossSerializer(many=True)


class WhoSerializer(serializers.Serializer):
    person = serializers.UUIDField()
    role = serializers.ChoiceField(POST_CHOICES)


def reason() -> serializers.CharField:
    return serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST_REASON)


class NameSerializer(serializers.Serializer):
    """Who may see the family from now on: everybody, not only whom to add."""

    people = WhoSerializer(many=True)
    reason = reason()
    worker = serializers.UUIDField(allow_null=True, help_text="Who works with the family from now on; null for nobody.")
    sealed = serializers.BooleanField(default=False, help_text="Shut out emergency access too.")
    check = serializers.BooleanField(default=False, help_text="Only say who would lose sight of it.")


class LiftSerializer(serializers.Serializer):
    reason = reason()


class LeftNameSerializer(serializers.Serializer):
    """People to name beside those still in post."""

    people = WhoSerializer(many=True)
    reason = reason()


class ListedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Family
        fields = ["uid", "reference", "name"]
        read_only_fields = fields


class LeftSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    reference = serializers.CharField()


class RestrictedSerializer(serializers.Serializer):
    """Restricted families: those one is named for; to a head of service those nobody decides on, and how many more."""

    named = ListedSerializer(many=True)
    nobody_decides = LeftSerializer(many=True)
    others = serializers.IntegerField()


def found(given: Iterable[dict[str, Any]]) -> list[Somebody]:
    """Return the people named, each in the post given; whoever does not hold it is as one who does not exist."""
    known = {(one.user.uid, one.role.value): one for one in audience.could_be_named()}
    people = [known.get((each["person"], each["role"])) for each in given]
    if not all(people):
        raise serializers.ValidationError({"people": NOBODY_SUCH})
    return [one for one in people if one]


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class Restriction(OnceMixin, APIView):
    """Who may see one family."""

    @extend_schema(operation_id="restriction_read", responses=RestrictionSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        """Who may see a family: a restricted one for all who see it, an open one for those who could restrict it."""
        family = readable(request.user, uid)
        log_view(request, "Who may see it", family=family)
        return self.answer(family)

    @extend_schema(
        operation_id="restriction_name", parameters=[IF_MATCH], request=NameSerializer,
        responses={200: RestrictionSerializer, 202: CheckSerializer, 204: None},
    )  # fmt: skip
    def post(self, request: Request, uid: UUID) -> Response:
        """Restrict a family to the people named, or name others (``If-Match`` is needed then).

        204 when whoever asks is not among them and sees it no more; 202 when it was only to be checked.
        """
        family, given = decided_by(request.user, uid), read(request, NameSerializer)
        people = found(given["people"])
        if given["check"]:
            return self.checked(family, people)
        state = audience.state_of(family, user=request.user)
        number = self.seen(state, required=family.scope.is_restricted)
        worker = next((one.user for one in people if one.user.uid == given["worker"]), None)
        if given["worker"] and worker is None:
            raise serializers.ValidationError({"worker": f"{rules.WORKER_NOT_NAMED}."})
        naming = Naming(parts_of(people), given["reason"], worker, sealed=given["sealed"])
        self.in_turn(lambda: services.name_people(family, naming, seen=number, by=request.user, on=today()))
        return self.after(family)

    @extend_schema(
        operation_id="restriction_lift", parameters=[IF_MATCH], request=LiftSerializer,
        responses={200: RestrictionSerializer, 204: None},
    )  # fmt: skip
    def delete(self, request: Request, uid: UUID) -> Response:
        """Open a restricted family to its locality again, with a reason, as ``If-Match`` says it stands."""
        family = decided_by(request.user, uid)
        state = audience.state_of(family, user=request.user)
        number, given = self.seen(state, required=True), read(request, LiftSerializer)
        self.in_turn(
            lambda: services.lift_restriction(family, reason=given["reason"], seen=number, by=request.user, on=today())
        )
        return self.after(family)

    def seen(self, state: State, *, required: bool) -> int:
        """Return the number of the step that ``If-Match`` names; 428 without one, 412 when it is not the last."""
        tag = seen(self.request)
        if tag is None and required:
            raise NotSeen
        if tag not in {None, ANY, str(state.number)}:
            raise LostRace
        return state.number

    def in_turn(self, act: Any) -> None:
        try:
            act()
        except Conflict as lost:
            raise LostRace(lost.message) from lost

    def checked(self, family: Family, people: list[Somebody]) -> Response:
        log_view(self.request, "Check who loses sight of it", family=family)
        loss = audience.losing_sight(family, keep={one.user.pk for one in people})
        rows = [{"person": user.uid, "name": str(user), "sees_it_as": how} for user, how in loss.people]
        return Response(CheckSerializer({"lose_sight": rows}).data, status=202)

    def after(self, family: Family) -> Response:
        now = Family.objects.visible_to(self.request.user).select_related("scope").filter(pk=family.pk).first()
        if now is None:
            return Response(status=204)
        log_view(self.request, "Who may see it", family=now)
        return self.answer(now)

    def answer(self, family: Family) -> Response:
        user = self.request.user
        state = audience.state_of(family, user=user)
        steps = state.steps if may_decide(family, user) else state.this_time
        said = {
            "restricted": bool(state.named), "sealed": family.sealed, "named": state.named, "steps": steps,
        }  # fmt: skip
        return Response(RestrictionSerializer(said).data, headers={"ETag": f'"{state.number}"'})


class CouldBeNamed(APIView):
    """The people who could be named for a family."""

    @extend_schema(operation_id="restriction_people", responses=NamedSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        family = decided_by(request.user, uid)
        log_view(request, "Who could be named", family=family)
        return Response(NamedSerializer(audience.could_be_named(), many=True).data)


class Restricted(APIView):
    """The restricted families one decides on."""

    permission_classes = [may(Can.RESTRICT_FAMILY)]

    @extend_schema(operation_id="restricted_families", responses=RestrictedSerializer)
    def get(self, request: Request) -> Response:
        families = [family for family, _ in audience.restricted_to(request.user)]
        log_view(request, "Restricted families", families=[family.pk for family in families])
        left = services.families_left()
        said = {"named": families, "nobody_decides": left, "others": others(len(families) + len(left))}
        return Response(RestrictedSerializer(said).data)


class NameForLeft(OnceMixin, APIView):
    """A family that nobody who is named decides on."""

    permission_classes = [may(Can.RESTRICT_FAMILY)]

    @extend_schema(operation_id="restricted_family_name", request=LeftNameSerializer, responses={204: None})
    def post(self, request: Request, uid: UUID) -> Response:
        """Name people for it beside those still in post, without seeing it."""
        left = next((one for one in services.families_left() if one.uid == uid), None)
        if left is None:
            raise Http404
        given = read(request, LeftNameSerializer)
        services.name_for_left(
            uid, people=parts_of(found(given["people"])), reason=given["reason"], by=request.user, on=today()
        )
        return Response(status=204)


urlpatterns = [
    path("families/<uuid:uid>/restriction/", Restriction.as_view(), name="api-restriction"),
    path("families/<uuid:uid>/restriction/people/", CouldBeNamed.as_view(), name="api-restriction-people"),
    path("restricted-families/", Restricted.as_view(), name="api-restricted"),
    path("restricted-families/<uuid:uid>/people/", NameForLeft.as_view(), name="api-restricted-name"),
]
