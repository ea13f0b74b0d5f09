"""Today's visits for programs, and in the same words for a phone that takes them along."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.at_hand.bundle import taken_along
from casework.visits.rules import HOW_NAMES, KIND_NAMES, WHY_NAMES
from families.people.models import Family
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.words import day_in_words


class StopMemberSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    age = serializers.IntegerField(allow_null=True)
    part = serializers.CharField()
    is_child = serializers.BooleanField()
    asked = serializers.BooleanField(help_text="Lives there: the visit says whether they were seen.")


class StopPhoneSerializer(serializers.Serializer):
    number = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField())


class StopPlaceSerializer(serializers.Serializer):
    words = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField())
    part_time = serializers.BooleanField()
    phones = StopPhoneSerializer(many=True)


class StopHelpSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="The name of its answer on the visit form.")
    method = serializers.CharField()


class StopSerializer(serializers.Serializer):
    """One planned visit of today with what is needed at the door."""

    planned = serializers.UUIDField()
    family = serializers.UUIDField()
    name = serializers.CharField()
    reference = serializers.CharField()
    kind = serializers.CharField()
    kind_name = serializers.CharField()
    at = serializers.CharField()
    about = serializers.CharField()
    flags = serializers.ListField(child=serializers.CharField())
    members = StopMemberSerializer(many=True)
    places = StopPlaceSerializer(many=True)
    safe_notes = serializers.ListField(child=serializers.CharField())
    left_out = serializers.ListField(child=serializers.CharField(), help_text="What is not put on a phone.")
    agreed = serializers.CharField(help_text="What was agreed last.")
    helps = StopHelpSerializer(many=True)
    next_step = serializers.CharField(help_text="The next step of the plan.")


class AtHandSerializer(serializers.Serializer):
    """Today's visits of whoever asks. ``left``: how many the county's setting keeps off a phone."""

    day = serializers.DateField()
    day_name = serializers.CharField()
    stops = StopSerializer(many=True)
    left = serializers.IntegerField()
    kinds = serializers.DictField(child=serializers.CharField(), help_text="The choices of the visit form.")
    how = serializers.DictField(child=serializers.CharField())
    why = serializers.DictField(child=serializers.CharField())


def as_bundle(user: User, *, on: date) -> tuple[dict[str, Any], list[Family]]:
    """Return what is taken along as JSON holds it, and the families it shows."""
    taken = taken_along(user, on=on)
    said = {"day": on, "day_name": day_in_words(on), "stops": taken.stops, "left": taken.left}
    form = {"kinds": dict(KIND_NAMES), "how": dict(HOW_NAMES), "why": dict(WHY_NAMES)}
    return AtHandSerializer(said | form).data, taken.families


class AtHand(APIView):
    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        if not rights_of(request.user).may(Can.WORK_FAMILY):
            raise PermissionDenied

    @extend_schema(operation_id="at_hand_read", responses=AtHandSerializer)
    def get(self, request: Request) -> Response:
        """Give today's visits with what is needed at the door. Keep them encrypted, and no longer than the day."""
        bundle, families = as_bundle(request.user, on=today())
        log_view(request, "Today's visits, taken along by a program", families=[family.pk for family in families])
        return Response(bundle)


urlpatterns = [path("at-hand/", AtHand.as_view(), name="api-at-hand")]
