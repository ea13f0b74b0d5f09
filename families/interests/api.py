"""Conflicts of interest for programs: who knows a family, saying so, ending it."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.interests import services
from families.interests.forms import LONGEST_REASON
from families.interests.models import KIND_CHOICES, Interest
from families.interests.rules import LONGEST_WORDS, SAY_HOW, needs_words
from families.interests.services import DECIDES
from families.interests.views import rows_of
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.rights import rights_of
from slf.access.rules import SHORTEST_REASON
from slf.accounts.models import User
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
NOBODY = "There is no such person who works here."


class InterestSerializer(serializers.ModelSerializer):
    """That somebody knows the family. It is in force while ``ended_on`` is null."""

    person = serializers.UUIDField(source="user.uid")
    name = serializers.CharField(source="user.__str__")
    declared_by = serializers.CharField(source="declared_by.__str__")
    ended_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Interest
        fields = [
            "uid", "person", "name", "kind", "words", "declared_by", "began_on", "ended_on", "ended_by",
            "ended_because",
        ]  # fmt: skip
        read_only_fields = fields


class DeclareSerializer(serializers.Serializer):
    """That one knows the family oneself or, with ``person``, that a colleague does."""

    person = serializers.UUIDField(default=None, allow_null=True, help_text="A colleague; left out, yourself.")
    kind = serializers.ChoiceField(KIND_CHOICES)
    words = serializers.CharField(max_length=LONGEST_WORDS, default="", allow_blank=True)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if needs_words(said["kind"], said["words"]):
            raise serializers.ValidationError({"words": f"{SAY_HOW}."})
        return said


class EndInterestSerializer(serializers.Serializer):
    reason = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST_REASON)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class Interests(OnceMixin, APIView):
    """Who knows a family: all of them for those who decide about it, for others what is said of themselves."""

    @extend_schema(operation_id="interests", responses=InterestSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        family = get_or_refuse(Family, request.user, uid=uid)
        log_view(request, "Who knows this family", family=family)
        return Response(InterestSerializer(rows_of(family, request.user), many=True).data)

    @extend_schema(operation_id="interest_declare", request=DeclareSerializer, responses={201: InterestSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Say it of oneself, or note it of a colleague as somebody who decides. The same again is the same."""
        family, said = get_or_refuse(Family, request.user, uid=uid), read(request, DeclareSerializer)
        about = self.person(family, said.pop("person"))
        made = services.declare(family, about=about, **said, by=request.user, on=today())
        log_view(request, "Conflict of interest", family=family)
        return Response(InterestSerializer(made).data, status=CREATED)

    def person(self, family: Family, uid: UUID | None) -> User:
        user = self.request.user
        if uid is None or uid == user.uid:
            return user
        if not rights_of(user).may(DECIDES, family.scope_id):
            raise PermissionDenied
        if (found := services.colleagues(family, besides=user).filter(uid=uid).first()) is None:
            raise serializers.ValidationError({"person": NOBODY})
        return found


class EndInterest(OnceMixin, APIView):
    """A conflict of interest that was looked into."""

    @extend_schema(operation_id="interest_end", request=EndInterestSerializer, responses=InterestSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """End it, as somebody who decides and is neither the one it is about nor the one who said so."""
        interest = get_or_refuse(Interest, request.user, can=DECIDES, uid=uid)
        ended = services.end(interest, **read(request, EndInterestSerializer), by=request.user, on=today())
        log_view(request, "Conflict of interest", family=ended.family)
        return Response(InterestSerializer(ended).data)


urlpatterns = [
    path("families/<uuid:uid>/interests/", Interests.as_view(), name="api-interests"),
    path("interests/<uuid:uid>/end/", EndInterest.as_view(), name="api-end-interest"),
]
