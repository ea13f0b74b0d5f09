"""The flags of a family for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from families.flags import rules
from families.flags.models import Flag
from families.flags.services import end_flag, set_flag
from families.people.models import Family, Membership
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class FlagSerializer(serializers.ModelSerializer):
    """What has to be known before knocking. ``shown_to_family`` is false for what no member may ever see."""

    person = serializers.UUIDField(
        source="membership.person.uid", required=False, allow_null=True, default=None, help_text="None: the family's."
    )
    says = serializers.CharField(source="__str__", read_only=True)
    shown_to_family = serializers.SerializerMethodField()
    set_by = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = Flag
        fields = [
            "uid", "kind", "words", "says", "person", "began_on", "until", "ended_on", "source", "set_by",
            "shown_to_family",
        ]  # fmt: skip
        read_only_fields = ["uid", "began_on", "ended_on"]

    def get_shown_to_family(self, flag: Flag) -> bool:
        return flag.kind not in rules.FOR_NO_FAMILY_MEMBER

    def validate_until(self, day):
        if day and day < today():
            raise serializers.ValidationError("The last day must be today or later.")
        return day

    def validate(self, said):
        if said["kind"] in rules.NEEDS_WORDS and not said.get("words"):
            raise serializers.ValidationError({"words": "Say in a few words what it is."})
        return said


class OfAFamily(OnceMixin, APIView):
    """The family is asked for before anything in the body is looked at."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        reads = request.method in SAFE_METHODS
        families = Family.objects.visible_to(request.user) if reads else Family.objects.open_to(request.user)
        can = Can.READ if reads else Can.WORK_FAMILY
        self.family = get_or_refuse(families, request.user, can=can, uid=kwargs["uid"])
        log_view(request, "Flags", family=self.family)

    def rows(self):
        rows = Flag.objects.visible_to(self.request.user).filter(family=self.family)
        return rows.select_related("membership__person__merged_into", "set_by")


class Flags(OfAFamily):
    """The flags of a family."""

    @extend_schema(operation_id="flags_list", responses=FlagSerializer(many=True))
    def get(self, request, uid):
        """Return those that count today."""
        return Response(FlagSerializer(self.rows().on(today()), many=True).data)

    @extend_schema(operation_id="flags_set", request=FlagSerializer, responses={201: FlagSerializer})
    def post(self, request, uid):
        """Set one, from today on."""
        body = FlagSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        person = (given.pop("membership", None) or {}).get("person", {}).get("uid")
        member = self.member(person) if person else None
        flag = set_flag(self.family, **given, membership=member, by=request.user, on=today())
        return Response(FlagSerializer(self.rows().get(pk=flag.pk)).data, status=CREATED)

    def member(self, person) -> Membership:
        rows = Membership.objects.visible_to(self.request.user).filter(family=self.family).on(today())
        if (member := rows.of_people([person]).first()) is None:
            raise serializers.ValidationError({"person": "Only somebody of this household can be named here."})
        return member


class EndFlag(OfAFamily):
    @extend_schema(operation_id="flags_end", request=None, responses=FlagSerializer)
    def post(self, request, uid, flag):
        """End one: from today on it counts no more."""
        found = get_or_refuse(self.rows(), request.user, can=Can.WORK_FAMILY, uid=flag)
        end_flag(found, by=request.user, on=today())
        return Response(FlagSerializer(self.rows().get(pk=found.pk)).data)


urlpatterns = [
    path("families/<uuid:uid>/flags/", Flags.as_view(), name="api-flags"),
    path("families/<uuid:uid>/flags/<uuid:flag>/end/", EndFlag.as_view(), name="api-end-flag"),
]
