"""The team around a family, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.around import services
from casework.around.doors import family_or_refuse, member_or_refuse
from casework.around.models import KINDS, TEAM_AGENCIES, TeamMember
from casework.around.rules import LONGEST, Kind
from families.interests.services import colleagues
from families.people.models import Family
from referrals.directory.models import Service
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class TeamAroundMemberSerializer(serializers.ModelSerializer):
    """Somebody, or a service, in the team; without ``to_on`` still in it."""

    family = serializers.UUIDField(source="family.shown.uid")
    kind = serializers.ChoiceField(KINDS)
    name = serializers.CharField(source="__str__")
    user = serializers.UUIDField(source="user.uid", default=None)
    service = serializers.UUIDField(source="service.uid", default=None)
    of = serializers.CharField(help_text="The agency, and which school, surgery or team of it.")

    class Meta:
        model = TeamMember
        fields = [
            "uid", "family", "kind", "name", "user", "service", "agency", "organisation", "of", "part", "phone",
            "email", "from_on", "to_on", "left_because", "is_lead",
        ]  # fmt: skip
        read_only_fields = fields


class JoinTeamSerializer(serializers.Serializer):
    """A colleague by ``user``, a service by ``service``, somebody of another agency by ``name`` and ``agency``."""

    kind = serializers.ChoiceField(KINDS)
    user = serializers.UUIDField(required=False)
    service = serializers.UUIDField(required=False)
    name = serializers.CharField(max_length=120, default="", allow_blank=True)
    agency = serializers.ChoiceField(TEAM_AGENCIES, default="", allow_blank=True)
    organisation = serializers.CharField(max_length=120, default="", allow_blank=True)
    part = serializers.CharField(max_length=120, help_text="What they do for the family.")
    phone = serializers.CharField(max_length=30, default="", allow_blank=True)
    email = serializers.EmailField(default="", allow_blank=True)
    from_on = serializers.DateField(default=today)


class LeaveTeamSerializer(serializers.Serializer):
    to_on = serializers.DateField(default=today)
    because = serializers.CharField(max_length=LONGEST)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def answered(request: Request, member: TeamMember, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=member.family)
    found = TeamMember.objects.visible_to(request.user).for_page().get(pk=member.pk)
    return Response(TeamAroundMemberSerializer(found).data, status=status)


class TeamAround(OnceMixin, APIView):
    @extend_schema(operation_id="team_around_list", responses=TeamAroundMemberSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """Who is in the team around a family, and who was."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Team around the family", family=family)
        rows = TeamMember.objects.visible_to(request.user).filter(family=family).for_page()
        return Response(TeamAroundMemberSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="team_around_join", request=JoinTeamSerializer, responses={201: TeamAroundMemberSerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that somebody, or a service, is in the team."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, JoinTeamSerializer)
        said |= {"colleague": self.colleague(family, said), "service": self.service(said)}
        said.pop("user", None)
        made = services.join_team(family, by=request.user, on=today(), **said)
        return answered(request, made, "Join the team", status=CREATED)

    def colleague(self, family: Family, said: dict[str, Any]) -> User | None:
        if said["kind"] != Kind.COLLEAGUE or "user" not in said:
            return None
        here = colleagues(family, besides=self.request.user) | User.objects.filter(pk=self.request.user.pk).distinct()
        if (found := here.filter(uid=said["user"]).first()) is None:
            raise exceptions.ValidationError({"user": [services.NOT_HERE]})
        return found

    def service(self, said: dict[str, Any]) -> Service | None:
        return service_of(said.get("service")) if said["kind"] == Kind.SERVICE else None


def service_of(uid: UUID | None) -> Service | None:
    """Return a service of the directory; one that it does not have is refused."""
    if uid is None:
        return None
    if (found := Service.objects.filter(uid=uid).first()) is None:
        raise exceptions.ValidationError({"service": [services.NOT_OFFERED]})
    return found


class NameLead(OnceMixin, APIView):
    @extend_schema(operation_id="team_around_lead", request=None, responses=TeamAroundMemberSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say who the lead worker is."""
        found = member_or_refuse(request.user, uid)
        return answered(request, services.name_lead(found, by=request.user), "Name the lead worker")


class LeaveTeam(OnceMixin, APIView):
    @extend_schema(operation_id="team_around_leave", request=LeaveTeamSerializer, responses=TeamAroundMemberSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that somebody is no longer in the team."""
        found, said = member_or_refuse(request.user, uid), read(request, LeaveTeamSerializer)
        return answered(request, services.leave_team(found, by=request.user, on=today(), **said), "Leave the team")


urlpatterns = [
    path("families/<uuid:uid>/team-around/", TeamAround.as_view(), name="api-team-around"),
    path("team-members/<uuid:uid>/lead/", NameLead.as_view(), name="api-name-lead"),
    path("team-members/<uuid:uid>/leave/", LeaveTeam.as_view(), name="api-leave-team"),
]
