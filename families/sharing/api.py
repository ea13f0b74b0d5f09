"""Consents of a family, for programs: read them, add one."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.facts.rules import AGENCIES, CATEGORIES
from families.people.models import Family
from families.register.rules import PURPOSES, Purpose
from families.register.services import asked_of_families
from families.sharing.models import Consent
from families.sharing.services import record_consent
from families.sharing.views import people_of
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can, RecordClass
from slf.clock import today
from slf.work.once import OnceMixin


class ConsentSerializer(serializers.ModelSerializer):
    """One statement. ``person`` is whom the information is about; none: the whole family."""

    person = serializers.UUIDField(source="person.uid", allow_null=True, default=None)
    said_by = serializers.UUIDField(source="said_by.uid")
    agency = serializers.ChoiceField(choices=list(AGENCIES.items()), allow_blank=True)
    category = serializers.ChoiceField(choices=list(CATEGORIES.items()))
    purpose = serializers.ChoiceField(choices=[(p.value, name) for p, name in PURPOSES.items()])

    class Meta:
        model = Consent
        fields = ["uid", "person", "agency", "category", "purpose", "state", "said_by", "said_on", "how", "competence",
                  "evidence"]  # fmt: skip

    def validate_said_on(self, day):
        if day > today():
            raise serializers.ValidationError("This day is still to come.")
        return day

    def validate(self, attrs):
        """Find the people among those of the family, and the use among those that rest on consent today."""
        people, about = self.context["people"], attrs["person"]["uid"] if attrs.get("person") else None
        wanted = {"said_by": attrs["said_by"]["uid"], "person": about}
        if unknown := [name for name, uid in wanted.items() if uid and uid not in people]:
            raise serializers.ValidationError(
                {name: ["Nobody in this family has this identifier."] for name in unknown}
            )
        found = [
            (purpose, ground)
            for purpose, ground in asked_of_families(today())
            if (purpose, ground.agency or "", ground.category)
            == (Purpose(attrs["purpose"]), attrs["agency"], attrs["category"])
        ]
        if not found:
            raise serializers.ValidationError({"category": ["This does not rest on consent today."]})
        attrs |= {name: people.get(uid) for name, uid in wanted.items()}
        return attrs | {"purpose": found[0][0], "ground": found[0][1]}


def with_evidence(request: Request):
    return Family.objects.open_to(request.user, record_class=RecordClass.EVIDENCE)


class Consents(OnceMixin, APIView):
    """What was said about uses that rest on consent, newest first."""

    @extend_schema(operation_id="consents_list", responses=ConsentSerializer(many=True))
    def get(self, request: Request, uid) -> Response:
        family = get_or_refuse(with_evidence(request), request.user, uid=uid)
        log_view(request, "Consents", family=family)
        rows = (
            Consent.objects.visible_to(request.user)
            .filter(family=family)
            .select_related("person__merged_into", "said_by__merged_into")
        )
        return Response(ConsentSerializer(rows, many=True).data)

    @extend_schema(operation_id="consents_add", request=ConsentSerializer, responses={201: ConsentSerializer})
    def post(self, request: Request, uid) -> Response:
        family = get_or_refuse(with_evidence(request), request.user, can=Can.WORK_FAMILY, uid=uid)
        log_view(request, "Consent, written down", family=family)
        people = {person.uid: person for person in people_of(family, user=request.user)}
        asked = ConsentSerializer(data=request.data, context={"people": people})
        asked.is_valid(raise_exception=True)
        said = {name: value for name, value in asked.validated_data.items() if name not in {"agency", "category"}}
        return Response(ConsentSerializer(record_consent(family, by=request.user, **said)).data, status=201)


urlpatterns = [path("families/<uuid:uid>/consents/", Consents.as_view(), name="api-consents")]
