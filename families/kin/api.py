"""How a family's people are related, for programs: the same acts as on the page, and the genogram with its words."""

import hashlib
from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from families.kin import services
from families.kin.genogram import genogram
from families.kin.models import KINDS, Relationship, Responsibility
from families.kin.rules import responsibility
from families.kin.sight import relationships, responsibilities
from families.people.models import Family, Person
from families.people.services import ever_in
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.web.revisions import ANY, IF_MATCH, LostRace, NotSeen, seen
from slf.work.once import OnceMixin

CREATED, GONE = 201, 204
NOBODY = "There is no such person in this family."
STANDINGS = [(standing.value, name) for standing, name in responsibility.STANDING_NAMES.items()]
ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day asked about; today when it is left out.")


class RelationshipSerializer(serializers.ModelSerializer):
    """What one person is to another: of parents and carers ``person`` is the parent, of couples either of the two.

    ``starts_on`` is null when that is not known, ``ends_on`` while it goes on.
    """

    person = serializers.UUIDField(source="person.uid")
    person_name = serializers.CharField(source="person.__str__", read_only=True)
    other = serializers.UUIDField(source="other.uid")
    other_name = serializers.CharField(source="other.__str__", read_only=True)
    kind = serializers.ChoiceField(choices=KINDS)
    starts_on = serializers.DateField(source="period.lower", allow_null=True, required=False)
    ends_on = serializers.DateField(source="period.upper", allow_null=True, read_only=True)

    class Meta:
        model = Relationship
        fields = [
            "uid", "kind", "person", "person_name", "other", "other_name", "starts_on", "ends_on", "source", "words",
        ]  # fmt: skip
        read_only_fields = ["uid"]


class CorrectRelationshipSerializer(serializers.Serializer):
    """What is right; what is left out stays."""

    kind = serializers.ChoiceField(choices=KINDS, required=False)
    starts_on = serializers.DateField(allow_null=True, required=False)
    ends_on = serializers.DateField(allow_null=True, required=False)
    source = serializers.CharField(max_length=200, required=False)
    words = serializers.CharField(max_length=500, allow_blank=True, required=False)


class EndedSerializer(serializers.Serializer):
    on = serializers.DateField(help_text="The first day on which it holds no longer.")


class ResponsibilitySerializer(serializers.ModelSerializer):
    """Whether a person or an authority has parental responsibility for a child: exactly one of the two is named."""

    child = serializers.UUIDField(source="child.uid")
    holder = serializers.UUIDField(source="holder.uid", required=False, allow_null=True, default=None)
    who = serializers.CharField(read_only=True)
    standing = serializers.ChoiceField(choices=STANDINGS)
    starts_on = serializers.DateField(source="period.lower", allow_null=True, required=False)
    ends_on = serializers.DateField(source="period.upper", allow_null=True, read_only=True)

    class Meta:
        model = Responsibility
        fields = [
            "uid", "child", "holder", "authority", "who", "standing", "ground", "court_order", "starts_on", "ends_on",
            "source",
        ]  # fmt: skip
        read_only_fields = ["uid"]


class GenogramSerializer(serializers.Serializer):
    """The picture as SVG, and the same in sentences."""

    on = serializers.DateField()
    svg = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())


class OfAFamily(OnceMixin, APIView):
    """A view of one family's relationships. The family is asked for before anything in the body is looked at."""

    looks_at = "Relationships"

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        can = Can.READ if request.method in SAFE_METHODS else Can.CHANGE_HOUSEHOLD
        self.family = get_or_refuse(Family.objects.open_to(request.user), request.user, can=can, uid=kwargs["uid"])
        log_view(request, self.looks_at, family=self.family)

    def read(self, serializer: type[serializers.Serializer], **more: Any) -> dict[str, Any]:
        body = serializer(data=self.request.data, **more)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def named(self, field: str, given: dict[str, Any]) -> Person | None:
        """Return the person of this family whom a field names."""
        uid = (given.get(field) or {}).get("uid")
        people = {row.person.uid: row.person for row in ever_in(self.family, by=self.request.user)}
        if uid is not None and uid not in people:
            raise serializers.ValidationError({field: NOBODY})
        return people.get(uid)


class Relationships(OfAFamily):
    """What the people of a family are to each other, now and before."""

    @extend_schema(operation_id="relationships_list", responses=RelationshipSerializer(many=True))
    def get(self, request, uid):
        return Response(RelationshipSerializer(relationships(self.family, user=request.user), many=True).data)

    @extend_schema(
        operation_id="relationships_add", request=RelationshipSerializer, responses={201: RelationshipSerializer}
    )
    def post(self, request, uid):
        """Say what somebody is to somebody else."""
        given = self.read(RelationshipSerializer)
        two = {name: self.named(name, given) for name in ("person", "other")}
        said = {name: given.get(name, "") for name in ("kind", "source", "words")}
        starts_on = given.get("period", {}).get("lower")
        row = services.relate(self.family, **two, **said, starts_on=starts_on, by=request.user)
        return answer(row, CREATED)


class OfARelationship(OfAFamily):
    """A view of one relationship of the family."""

    def found(self, uid, *, can: Can = Can.READ) -> Relationship:
        rows = Relationship.objects.filter(family=self.family).select_related(
            "family", "person__merged_into", "other__merged_into"
        )
        return get_or_refuse(rows, self.request.user, can=can, uid=uid)


class OneRelationship(OfARelationship):
    """One relationship, to read, to put right or to take away."""

    def to_change(self, uid) -> Relationship:
        """Return the relationship if it still is what ``If-Match`` says was read."""
        row = self.found(uid, can=Can.CHANGE_HOUSEHOLD)
        if (tag := seen(self.request)) is None:
            raise NotSeen
        if tag not in {ANY, tag_of(row)}:
            raise LostRace
        return row

    @extend_schema(operation_id="relationship_read", responses=RelationshipSerializer)
    def get(self, request, uid, relationship):
        return answer(self.found(relationship))

    @extend_schema(
        operation_id="relationship_correct", parameters=[IF_MATCH], request=CorrectRelationshipSerializer,
        responses=RelationshipSerializer,
    )  # fmt: skip
    def patch(self, request, uid, relationship):
        """Put right what was wrongly written down."""
        row, given = self.to_change(relationship), self.read(CorrectRelationshipSerializer)
        now = {
            "kind": row.kind, "starts_on": row.period.lower, "ends_on": row.period.upper, "source": row.source,
            "words": row.words,
        }  # fmt: skip
        return answer(services.correct_relationship(row, by=request.user, **(now | given)))

    @extend_schema(operation_id="relationship_take_back", parameters=[IF_MATCH], request=None, responses={GONE: None})
    def delete(self, request, uid, relationship):
        """Take away a relationship that never was; it stays in the history."""
        services.take_back(self.to_change(relationship), by=request.user)
        return Response(status=GONE)


class EndRelationship(OfARelationship):
    @extend_schema(operation_id="relationship_end", request=EndedSerializer, responses=RelationshipSerializer)
    def post(self, request, uid, relationship):
        """Say that two people are no longer what they were, from a day on."""
        row, given = self.found(relationship, can=Can.CHANGE_HOUSEHOLD), self.read(EndedSerializer)
        return answer(services.end_relationship(row, by=request.user, **given))


def tag_of(row: Relationship) -> str:
    """Return what changes with every change of a relationship."""
    said = [row.kind, str(row.period), row.source, row.words]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def answer(row: Relationship, status: int = 200) -> Response:
    return Response(RelationshipSerializer(row).data, status=status, headers={"ETag": f'"{tag_of(row)}"'})


class Responsibilities(OfAFamily):
    """Who has parental responsibility for whom, now and before."""

    looks_at = "Parental responsibility"

    @extend_schema(operation_id="responsibility_list", responses=ResponsibilitySerializer(many=True))
    def get(self, request, uid):
        return Response(ResponsibilitySerializer(responsibilities(self.family, user=request.user), many=True).data)

    @extend_schema(
        operation_id="responsibility_state", request=ResponsibilitySerializer, responses={201: ResponsibilitySerializer}
    )
    def post(self, request, uid):
        """Say whether somebody has parental responsibility for a child, and by what."""
        given = self.read(ResponsibilitySerializer)
        two = {name: self.named(name, given) for name in ("child", "holder")}
        if (two["holder"] is None) != bool(given.get("authority")):
            raise serializers.ValidationError({"holder": "Name a person or an authority, and only one of them."})
        said = {name: given.get(name, "") for name in ("authority", "standing", "ground", "court_order", "source")}
        starts_on = given.get("period", {}).get("lower")
        row = services.state_responsibility(self.family, **two, **said, starts_on=starts_on, by=request.user)
        return Response(ResponsibilitySerializer(row).data, status=CREATED)


class EndResponsibility(OfAFamily):
    looks_at = "Parental responsibility"

    @extend_schema(operation_id="responsibility_end", request=EndedSerializer, responses=ResponsibilitySerializer)
    def post(self, request, uid, responsibility):
        """Say that somebody's standing towards a child ended on a day."""
        rows = Responsibility.objects.filter(family=self.family).select_related("family", "child", "holder")
        row = get_or_refuse(rows, request.user, can=Can.CHANGE_HOUSEHOLD, uid=responsibility)
        said = services.end_responsibility(row, by=request.user, **self.read(EndedSerializer))
        return Response(ResponsibilitySerializer(said).data)


class GenogramOfFamily(OfAFamily):
    """The family drawn as it was on a day."""

    looks_at = "Genogram"

    @extend_schema(operation_id="genogram_read", parameters=[ON], responses=GenogramSerializer)
    def get(self, request, uid):
        day = serializers.DateField().run_validation(request.query_params.get("on") or today().isoformat())
        return Response(GenogramSerializer(genogram(self.family, user=request.user, on=day)).data)


FAMILY = "families/<uuid:uid>/"
ONE = f"{FAMILY}relationships/<uuid:relationship>/"
urlpatterns = [
    path(f"{FAMILY}relationships/", Relationships.as_view(), name="api-relationships"),
    path(ONE, OneRelationship.as_view(), name="api-relationship"),
    path(f"{ONE}end/", EndRelationship.as_view(), name="api-relationship-end"),
    path(f"{FAMILY}responsibility/", Responsibilities.as_view(), name="api-responsibility"),
    path(
        f"{FAMILY}responsibility/<uuid:responsibility>/end/", EndResponsibility.as_view(), name="api-responsibility-end"
    ),
    path(f"{FAMILY}genogram/", GenogramOfFamily.as_view(), name="api-genogram"),
]
