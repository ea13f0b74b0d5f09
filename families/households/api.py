"""Who is in a family, for programs: asked for a day, and changed by the same acts as on the page."""

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from families.addresses.services import Place
from families.households import rules, services
from families.needs.models import Need
from families.people.models import Family, Membership, Person
from families.people.services import NewPerson
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
Part = Membership.Part
COMING = [part for part in Part.choices if part[0] not in {Part.EXPECTED, Part.CARE}]
BECOMING = [part for part in Part.choices if part[0] != Part.EXPECTED]
ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day asked about; today when it is left out.")
NOBODY = "There is no such person here."


class MemberSerializer(serializers.ModelSerializer):
    """One time of one person in the family. ``until`` is the first day after it."""

    person = serializers.UUIDField(source="person.uid")
    name = serializers.CharField(source="person.__str__")
    born_on = serializers.DateField(source="person.born_on", allow_null=True)
    expected_on = serializers.DateField(source="person.expected_on", allow_null=True)
    since = serializers.DateField(source="period.lower")
    until = serializers.DateField(source="period.upper", allow_null=True)

    class Meta:
        model = Membership
        fields = ["uid", "person", "name", "born_on", "expected_on", "part", "responsible", "since", "until"]
        read_only_fields = fields


class HouseholdSerializer(serializers.Serializer):
    """Who was in the family on a day; who was known and not in it stands apart: not born yet, relatives elsewhere."""

    on = serializers.DateField()
    members = MemberSerializer(many=True)
    known = MemberSerializer(many=True)


class JoinSerializer(serializers.Serializer):
    """Somebody who comes: a ``person`` who is known, or the names of somebody new."""

    person = serializers.UUIDField(required=False, help_text="One of this family, now or before.")
    given_names = serializers.CharField(required=False, max_length=120)
    family_name = serializers.CharField(required=False, max_length=120)
    born_on = serializers.DateField(required=False, allow_null=True)
    gender = serializers.ChoiceField(choices=Person.Gender.choices, default=Person.Gender.NOT_KNOWN.value)
    part = serializers.ChoiceField(choices=COMING)
    on = serializers.DateField()
    words = serializers.CharField(max_length=1000, default="", allow_blank=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in ("given_names", "family_name") if not given.get(name)]
        if "person" not in given and missing:
            raise serializers.ValidationError(dict.fromkeys(missing, "Give the names of somebody new."))
        return given


class ExpectSerializer(serializers.Serializer):
    expected_on = serializers.DateField()
    family_name = serializers.CharField(max_length=120)
    given_names = serializers.CharField(max_length=120, default="", allow_blank=True)


class SplitSerializer(serializers.Serializer):
    """Who becomes a family of their own: ``going`` and ``needs`` by their identifiers."""

    going = serializers.ListField(child=serializers.UUIDField(), min_length=1, help_text="Members, by ``uid``.")
    name = serializers.CharField(max_length=120)
    on = serializers.DateField()
    address = serializers.CharField(max_length=200, default="", allow_blank=True)
    postcode = serializers.CharField(max_length=8, default="", allow_blank=True)
    phone = serializers.CharField(max_length=30, default="", allow_blank=True)
    protected = serializers.BooleanField(default=False, help_text="Kept to those who work with them.")
    needs = serializers.ListField(child=serializers.UUIDField(), default=list)


class SecondFamilySerializer(serializers.ModelSerializer):
    class Meta:
        model = Family
        fields = ["uid", "reference", "name", "known_since"]
        read_only_fields = fields


class LeaveSerializer(serializers.Serializer):
    on = serializers.DateField()
    why = serializers.ChoiceField(choices=list(rules.LEAVING_REASONS.items()))
    where_to = serializers.ChoiceField(choices=list(rules.WHERE.items()))
    words = serializers.CharField(max_length=1000, default="", allow_blank=True)


class PartSerializer(serializers.Serializer):
    part = serializers.ChoiceField(choices=BECOMING)
    responsible = serializers.CharField(max_length=120, default="", allow_blank=True)
    on = serializers.DateField()
    words = serializers.CharField(max_length=1000, default="", allow_blank=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if (given["part"] == Part.CARE) != bool(given["responsible"]):
            raise serializers.ValidationError(
                {"responsible": "Say who is responsible for a child in care, and only then."}
            )
        return given


class BornSerializer(serializers.Serializer):
    born_on = serializers.DateField()
    given_names = serializers.CharField(max_length=120)
    family_name = serializers.CharField(max_length=120)
    gender = serializers.ChoiceField(choices=Person.Gender.choices)


class CorrectSerializer(serializers.Serializer):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="The first day after it; null while it goes on.")
    words = serializers.CharField(max_length=500)


class OfAFamily(OnceMixin, APIView):
    """A view of one family's household. The family is asked for before anything in the body is looked at."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        can = Can.READ if request.method in SAFE_METHODS else Can.CHANGE_HOUSEHOLD
        families = Family.objects.open_to(request.user).select_related("scope__widens")
        self.family = get_or_refuse(families, request.user, can=can, uid=kwargs["uid"])
        log_view(request, "Household", family=self.family)

    def read(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        body = serializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def members(self):
        rows = Membership.objects.visible_to(self.request.user).filter(family=self.family)
        return rows.select_related("family__scope__widens", "person__merged_into")


class Household(OfAFamily):
    """Who is in a family."""

    @extend_schema(operation_id="household_read", parameters=[ON], responses=HouseholdSerializer)
    def get(self, request, uid):
        day = serializers.DateField().run_validation(request.query_params.get("on") or today().isoformat())
        rows = services.household_on(self.family, day, by=request.user, known=True)
        inside = services.household_on(self.family, day, by=request.user)
        shown = {"on": day, "members": inside, "known": [row for row in rows if row not in inside]}
        return Response(HouseholdSerializer(shown).data)

    @extend_schema(operation_id="household_join", request=JoinSerializer, responses={201: MemberSerializer})
    def post(self, request, uid):
        """Write down that somebody is in the family from a day on."""
        given = self.read(JoinSerializer)
        said = {name: given[name] for name in ("part", "on", "gender", "words")}
        row = services.join_family(self.family, who=self.who(given), by=request.user, **said)
        return Response(MemberSerializer(row).data, status=CREATED)

    def who(self, given: dict[str, Any]) -> NewPerson | Person:
        if "person" not in given:
            return NewPerson(given["given_names"], given["family_name"], given["part"], given.get("born_on"))
        if (row := self.members().of_people([given["person"]]).first()) is None:
            raise serializers.ValidationError({"person": NOBODY})
        return row.person


class Expect(OfAFamily):
    @extend_schema(operation_id="household_expect", request=ExpectSerializer, responses={201: MemberSerializer})
    def post(self, request, uid):
        """Write down that a baby is expected."""
        row = services.expect_baby(self.family, by=request.user, on=today(), **self.read(ExpectSerializer))
        return Response(MemberSerializer(row).data, status=CREATED)


class Split(OfAFamily):
    @extend_schema(operation_id="household_split", request=SplitSerializer, responses={201: SecondFamilySerializer})
    def post(self, request, uid):
        """Let some of the family become a family of their own, in the same audience."""
        given = self.read(SplitSerializer)
        going = list(self.members().filter(uid__in=given["going"]))
        needs = Need.objects.visible_to(request.user).filter(family=self.family, uid__in=given["needs"])
        if len(going) != len(set(given["going"])) or needs.count() != len(set(given["needs"])):
            raise serializers.ValidationError("Only members and needs of this family can be named here.")
        place = Place(**{name: given[name] for name in ("address", "postcode", "phone", "protected")})
        second = services.split_family(
            self.family, going=going, needs=needs, name=given["name"], on=given["on"], place=place, by=request.user
        )
        return Response(SecondFamilySerializer(second).data, status=CREATED)


class OfAMember(OfAFamily):
    """An act about one time of one person in the family."""

    def member(self, uid) -> Membership:
        return get_or_refuse(self.members(), self.request.user, can=Can.CHANGE_HOUSEHOLD, uid=uid)

    def answer(self, row: Membership) -> Response:
        return Response(MemberSerializer(row).data)


class Leave(OfAMember):
    @extend_schema(operation_id="household_leave", request=LeaveSerializer, responses=MemberSerializer)
    def post(self, request, uid, member):
        """Write down that somebody is in the family no longer from a day on."""
        row, said = self.member(member), self.read(LeaveSerializer)
        return self.answer(services.leave_family(row, by=request.user, **said))


class ChangePart(OfAMember):
    @extend_schema(operation_id="household_part", request=PartSerializer, responses=MemberSerializer)
    def post(self, request, uid, member):
        """Write down that somebody has another part from a day on: a child in care, home again, a parent elsewhere."""
        row, said = self.member(member), self.read(PartSerializer)
        return self.answer(services.change_part(row, by=request.user, **said))


class Born(OfAMember):
    @extend_schema(operation_id="household_born", request=BornSerializer, responses=MemberSerializer)
    def post(self, request, uid, member):
        """Write down a birth."""
        row, said = self.member(member), self.read(BornSerializer)
        return self.answer(services.is_born(row, by=request.user, **said))


class Correct(OfAMember):
    @extend_schema(operation_id="household_correct", request=CorrectSerializer, responses=MemberSerializer)
    def post(self, request, uid, member):
        """Put right days that were wrongly written down."""
        row, said = self.member(member), self.read(CorrectSerializer)
        return self.answer(services.correct_stay(row, by=request.user, **said))


HOUSEHOLD = "families/<uuid:uid>/household/"
MEMBER = f"{HOUSEHOLD}<uuid:member>/"
urlpatterns = [
    path(HOUSEHOLD, Household.as_view(), name="api-household"),
    path(f"{HOUSEHOLD}expect/", Expect.as_view(), name="api-household-expect"),
    path(f"{HOUSEHOLD}split/", Split.as_view(), name="api-household-split"),
    path(f"{MEMBER}leave/", Leave.as_view(), name="api-member-leave"),
    path(f"{MEMBER}part/", ChangePart.as_view(), name="api-member-part"),
    path(f"{MEMBER}born/", Born.as_view(), name="api-member-born"),
    path(f"{MEMBER}correct/", Correct.as_view(), name="api-member-correct"),
]
