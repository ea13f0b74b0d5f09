"""Addresses and telephone numbers for programs: where they lived on a day, a change, a mistake put right."""

from datetime import date
from typing import Any

from django.http import Http404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from families.addresses.models import Home
from families.addresses.services import how_they_were_reached, where_they_lived
from families.localities.rules import written
from families.moving import services
from families.people.models import Family, Membership
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day asked about; today when it is left out.")
CREATED = 201


class RowSerializer(serializers.Serializer):
    """What an address and a number share."""

    uid = serializers.UUIDField(read_only=True)
    person = serializers.UUIDField(source="membership.person.uid", read_only=True)
    since = serializers.DateField(source="period.lower", read_only=True)
    until = serializers.DateField(
        source="period.upper", read_only=True, allow_null=True, help_text="The first day on which it no longer held."
    )
    protected = serializers.BooleanField(
        help_text="Told only to those who work with the family and those who decide who does."
    )


def checked_postcode(typed: str) -> str:
    if typed and not (code := written(typed)):
        message = "Enter a full postcode, like LE11 2AB."
        raise serializers.ValidationError(message)
    return code if typed else ""


class HomeSerializer(RowSerializer):
    """An address of one member of the household."""

    use = serializers.ChoiceField(choices=Home.Use.choices, read_only=True)
    address = serializers.CharField(max_length=200, allow_blank=True)
    postcode = serializers.CharField(max_length=10, allow_blank=True)

    def validate_postcode(self, typed: str) -> str:
        return checked_postcode(typed)


class PhoneSerializer(RowSerializer):
    """A telephone number of one member of the household."""

    number = serializers.CharField(max_length=30)


class ChangeSerializer(serializers.Serializer):
    """For whom of the household, and from when."""

    people = serializers.ListField(child=serializers.UUIDField(), allow_empty=False)
    since = serializers.DateField()
    protected = serializers.BooleanField()


class NewHomeSerializer(ChangeSerializer):
    address = serializers.CharField(max_length=200, allow_blank=True, default="")
    postcode = serializers.CharField(max_length=10, allow_blank=True, default="")
    use = serializers.ChoiceField(choices=Home.Use.choices, default=Home.Use.MAIN)

    def validate_postcode(self, typed: str) -> str:
        return checked_postcode(typed)


class NewPhoneSerializer(ChangeSerializer):
    number = serializers.CharField(max_length=30)


class OfAFamily(OnceMixin, APIView):
    """Addresses or numbers of one family's household."""

    def family(self, can: Can = Can.READ) -> Family:
        rows = Family.objects.open_to(self.request.user)
        family: Family = get_or_refuse(rows, self.request.user, can=can, uid=self.kwargs["uid"])
        return family

    def day(self) -> date:
        asked = self.request.query_params.get("on")
        return serializers.DateField().run_validation(asked) if asked else today()

    def read(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        body = serializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def members(self, family: Family, people: list[Any]) -> list[Membership]:
        """Return the members who are named. One of another family and one who does not exist are the same mistake."""
        rows = Membership.objects.visible_to(self.request.user).on(today()).filter(family=family)
        found = list(rows.of_people(people).select_related("person__merged_into"))
        if len(found) < len(set(people)):
            raise serializers.ValidationError({"people": [services.NOT_OF_THEM]})
        return found


class Homes(OfAFamily):
    """Where the members of a household lived on a day."""

    @extend_schema(operation_id="addresses_read", parameters=[ON], responses=HomeSerializer(many=True))
    def get(self, request, uid):
        family = self.family()
        log_view(request, "Addresses", family=family)
        return Response(HomeSerializer(where_they_lived(family, on=self.day(), by=request.user), many=True).data)

    @extend_schema(
        operation_id="addresses_change", request=NewHomeSerializer, responses={201: HomeSerializer(many=True)}
    )
    def post(self, request, uid):
        """Let members live somewhere from a day on; where they lived until then ends."""
        family = self.family(Can.WORK_FAMILY)
        said = self.read(NewHomeSerializer)
        members = self.members(family, said.pop("people"))
        home = services.NewHome(**said | {"use": Home.Use(said["use"])})
        made = services.change_address(family, members=members, home=home, by=request.user, on=today())
        log_view(request, "Addresses", family=family)
        return Response(HomeSerializer(made, many=True).data, status=CREATED)


class Phones(OfAFamily):
    """How the members of a household were reached on a day."""

    @extend_schema(operation_id="phones_read", parameters=[ON], responses=PhoneSerializer(many=True))
    def get(self, request, uid):
        family = self.family()
        log_view(request, "Addresses", family=family)
        return Response(PhoneSerializer(how_they_were_reached(family, on=self.day(), by=request.user), many=True).data)

    @extend_schema(
        operation_id="phones_change", request=NewPhoneSerializer, responses={201: PhoneSerializer(many=True)}
    )
    def post(self, request, uid):
        """Let members be reached on a number from a day on; their numbers until then end."""
        family = self.family(Can.WORK_FAMILY)
        said = self.read(NewPhoneSerializer)
        members = self.members(family, said.pop("people"))
        made = services.change_number(family, members=members, by=request.user, on=today(), **said)
        log_view(request, "Addresses", family=family)
        return Response(PhoneSerializer(made, many=True).data, status=CREATED)


class HomeDetail(OfAFamily):
    """One address of a member of the household."""

    @extend_schema(operation_id="address_correct", request=HomeSerializer, responses=HomeSerializer)
    def patch(self, request, uid, row):
        """Put right how it is written, and who may know it. What is left out stays."""
        family = self.family(Can.WORK_FAMILY)
        rows = (
            Home.objects.visible_to(request.user, can=Can.WORK_FAMILY)
            .right()
            .select_related("membership__person__merged_into")
        )
        if (held := rows.filter(family=family, uid=row).first()) is None:
            raise Http404
        body = HomeSerializer(held, data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        said = {name: getattr(held, name) for name in ("address", "postcode", "protected")} | body.validated_data
        log_view(request, "Addresses", family=family)
        home = services.correct_home(held, seen=services.as_read(held), by=request.user, **said)
        return Response(HomeSerializer(home).data)


urlpatterns = [
    path("families/<uuid:uid>/addresses/", Homes.as_view(), name="api-addresses"),
    path("families/<uuid:uid>/addresses/<uuid:row>/", HomeDetail.as_view(), name="api-address"),
    path("families/<uuid:uid>/phones/", Phones.as_view(), name="api-phones"),
]
