"""Visits for programs: a family's visits, and a way to record one."""

from typing import Any

from django.urls import path
from rest_framework import generics, serializers

from casework.visits import rules
from casework.visits.models import Sighting, Visit, household_on
from casework.visits.services import record_visit
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin


class SightingSerializer(serializers.ModelSerializer):
    """Whether one member of the household was seen."""

    person = serializers.UUIDField(source="person.uid")

    class Meta:
        model = Sighting
        fields = ["person", "how", "why"]


class VisitSerializer(serializers.ModelSerializer):
    """One contact with a family."""

    sightings = SightingSerializer(many=True)
    recorded_by = serializers.CharField(source="recorded_by.__str__", read_only=True)
    is_outside_hours = serializers.BooleanField(read_only=True)
    planned = serializers.UUIDField(
        source="planned.uid", default=None, allow_null=True, help_text="The planned visit that this was."
    )

    class Meta:
        model = Visit
        fields = [
            "uid", "kind", "happened_on", "began_at", "is_outside_hours", "note", "grade", "changed", "next_step",
            "next_visit_on", "planned", "sightings", "recorded_by", "recorded_at",
        ]  # fmt: skip
        read_only_fields = ["uid", "recorded_at"]

    def validate_sightings(self, given: list[dict[str, Any]]) -> list[rules.Sighting]:
        """People outside the household and people who do not exist are refused in the same words."""
        people = {m.person.uid: m.person_id for m in household_on(self.context["family"], today())}
        if not all(one["person"]["uid"] in people for one in given):
            raise serializers.ValidationError("Only members of the household can be named here.")
        return [as_sighting(one, people[one["person"]["uid"]]) for one in given]


class Visits(OnceMixin, generics.ListCreateAPIView):
    """A family's visits, newest first. Send an ``Idempotency-Key`` to be safe from recording one twice."""

    serializer_class = VisitSerializer
    queryset = Visit.objects.none()

    family: Family | None = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            self.family = get_or_refuse(Family, request.user, can=Can.ADD_CONTACT, uid=kwargs["uid"])
        else:
            self.family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=kwargs["uid"])

    def list(self, request, *args, **kwargs):
        answer = super().list(request, *args, **kwargs)
        log_view(request, "Visits", family=self.family)
        return answer

    def get_queryset(self):
        return Visit.objects.visible_to(self.request.user).filter(family=self.family).for_list().newest_first()

    def get_serializer_context(self):
        return super().get_serializer_context() | {"family": self.family}

    def perform_create(self, serializer):
        said = dict(serializer.validated_data)
        planned = said.pop("planned", None)
        said["planned"] = planned and planned["uid"]
        serializer.instance = record_visit(self.family, by=self.request.user, **said)


def as_sighting(given: dict[str, Any], person: int) -> rules.Sighting:
    why = given.get("why")
    return rules.Sighting(person, rules.How(given["how"]), rules.Why(why) if why else None)


urlpatterns = [path("families/<uuid:uid>/visits/", Visits.as_view(), name="api-visits")]
