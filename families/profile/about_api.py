"""What somebody said of themselves in a family, for programs."""

from typing import Any

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from families.about.models import AboutAnswer
from families.about.rules import problem
from families.about.services import answer
from families.profile.api import CREATED, PERSON, OfAPerson
from families.profile.members import is_open
from slf.clock import today


class AboutAnswerSerializer(serializers.ModelSerializer):
    """What was said of somebody in this family. ``seen``: the uid of the answer it takes the place of, if any."""

    seen = serializers.UUIDField(required=False, allow_null=True, default=None, write_only=True)
    says = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = AboutAnswer
        fields = ["uid", "kind", "answer", "words", "says", "source", "told_by", "said_on", "seen"]
        read_only_fields = ["uid"]

    def validate_said_on(self, day):
        if day > today():
            raise serializers.ValidationError("The day cannot be still to come.")
        return day

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if wrong := problem(said["kind"], said["answer"], said.get("words", "")):
            raise serializers.ValidationError({part: f"{sentence}." for part, sentence in wrong.items()})
        return said


class About(OfAPerson):
    """What somebody said of themselves, or what was said of them, in this family."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not is_open(self.member, request.user):
            raise Http404

    @extend_schema(operation_id="person_about", responses=AboutAnswerSerializer(many=True))
    def get(self, request, uid, person):
        """Return the last answer to each question that was asked."""
        rows = AboutAnswer.objects.visible_to(request.user).in_force()
        found = rows.filter(family=self.member.family, person=self.member.person)
        return Response(AboutAnswerSerializer(found, many=True).data)

    @extend_schema(operation_id="person_answer", request=AboutAnswerSerializer, responses={201: AboutAnswerSerializer})
    def post(self, request, uid, person):
        """Keep an answer. 409 when somebody answered since ``seen``."""
        given = self.read(AboutAnswerSerializer)
        kind, said, before = given.pop("kind"), given.pop("answer"), given.pop("seen")
        row = answer(self.member, kind, said=said, seen=str(before or ""), **given, by=request.user)
        return Response(AboutAnswerSerializer(row).data, status=CREATED)


urlpatterns = [path(f"{PERSON}about/", About.as_view(), name="api-person-about")]
