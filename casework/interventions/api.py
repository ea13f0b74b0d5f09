"""The catalogue of methods and the help families are given, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.interventions import services
from casework.interventions.catalogue import Narrowed, figures
from casework.interventions.doors import family_or_refuse, help_or_refuse, session_or_refuse
from casework.interventions.models import Help, HelpSession, Method
from casework.interventions.rules import LONGEST, MOST_SESSIONS, MOST_WEEKS, STATE_NAMES
from casework.plans.models import Goal
from casework.plans.rules import PlanState
from families.households.services import household_on
from families.needs.rules import NEEDS
from families.people.models import Family, Person
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import SHORTEST_REASON, Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
NOBODY = "There is nobody of that identifier in the family."
NO_GOAL = "There is no such goal in the plan that the family agreed to."
NO_METHOD = "There is no such method."


class HelpMethodSerializer(serializers.ModelSerializer):
    """One entry of the catalogue; ``sessions`` in ``weeks`` is the dose that is meant."""

    needs = serializers.ListField(child=serializers.CharField(max_length=24), default=list)

    class Meta:
        model = Method
        fields = [
            "uid", "name", "kind", "offers", "sessions", "weeks", "needs", "evidence", "source", "is_example",
            "starts_on", "ends_on",
        ]  # fmt: skip
        read_only_fields = ["uid"]

    def validate_needs(self, needs):
        if set(needs) - set(NEEDS):
            raise serializers.ValidationError("Name common issues by their codes.")
        return needs

    def validate(self, given):
        said = {name: given.get(name, getattr(self.instance, name, None)) for name in ("kind", "starts_on", "ends_on")}
        if said["ends_on"] and said["ends_on"] < said["starts_on"]:
            raise serializers.ValidationError({"ends_on": "The last day must be after the first, or the same."})
        if self.instance and said["kind"] != self.instance.kind:
            raise serializers.ValidationError({"kind": "What was given by it stays what it was."})
        return given


class KeptByAdministrators:
    """Answers 403 to a change by anybody whose posts do not let them keep lists, and to partners."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        rights = rights_of(request.user)
        if not rights.is_staff and not rights.may(Can.KEEP_LISTS):
            raise exceptions.PermissionDenied
        changes = request.method in set(self.allowed_methods) - {"GET", "HEAD", "OPTIONS"}
        if changes and not rights.may(Can.KEEP_LISTS):
            raise exceptions.PermissionDenied


class Methods(KeptByAdministrators, OnceMixin, generics.ListCreateAPIView):
    """What is offered today."""

    serializer_class = HelpMethodSerializer
    queryset = Method.objects.none()

    def get_queryset(self):
        return Method.objects.offered_on(today())


class OneMethod(KeptByAdministrators, generics.RetrieveUpdateAPIView):
    """One entry of the catalogue, also when it is over."""

    serializer_class = HelpMethodSerializer
    queryset = Method.objects.all()
    lookup_field = "uid"
    http_method_names = ["get", "patch", "head", "options"]


class HelpSessionSerializer(serializers.ModelSerializer):
    """One session; ``struck_on``: it was written down by mistake and does not count."""

    people = serializers.SerializerMethodField()
    recorded_by = serializers.StringRelatedField()

    class Meta:
        model = HelpSession
        fields = ["uid", "happened_on", "words", "people", "recorded_by", "struck_on", "struck_because"]
        read_only_fields = fields

    def get_people(self, session: HelpSession) -> list[UUID]:
        return [each.person.uid for each in session.took_part.all()]


class HelpSerializer(serializers.ModelSerializer):
    """Help to a family: ``delivered`` of ``sessions`` that are meant; who it is for, and who agreed to it."""

    family = serializers.UUIDField(source="family.shown.uid")
    method = serializers.UUIDField(source="method.uid")
    name = serializers.CharField(source="method.name")
    goal = serializers.UUIDField(source="goal.uid", default=None)
    people = serializers.SerializerMethodField()
    agreed_by = serializers.SerializerMethodField()
    delivered = serializers.IntegerField()
    state = serializers.ChoiceField([(state.value, name) for state, name in STATE_NAMES.items()])
    became = serializers.CharField(help_text="The result in words.")
    begun_by = serializers.StringRelatedField()
    ended_by = serializers.StringRelatedField(allow_null=True)
    sessions_held = HelpSessionSerializer(many=True)

    class Meta:
        model = Help
        fields = [
            "uid", "family", "method", "name", "kind", "words", "goal", "people", "agreed_by", "agreed_on", "sessions",
            "weeks", "delivered", "begun_on", "begun_by", "state", "ended_on", "ended_by", "result", "became",
            "result_words", "sessions_held",
        ]  # fmt: skip
        read_only_fields = fields

    def get_people(self, help: Help) -> list[UUID]:
        return [person.uid for person in help.is_for]

    def get_agreed_by(self, help: Help) -> list[UUID]:
        return [person.uid for person in help.was_agreed_by]


class BeginHelpSerializer(serializers.Serializer):
    method = serializers.UUIDField()
    people = serializers.ListField(child=serializers.UUIDField(), help_text="Who of the family it is for.")
    words = serializers.CharField(max_length=LONGEST, help_text="What it is for.")
    begun_on = serializers.DateField(default=today)
    goal = serializers.UUIDField(required=False, allow_null=True, default=None)
    sessions = serializers.IntegerField(min_value=1, max_value=MOST_SESSIONS, required=False, default=None)
    weeks = serializers.IntegerField(min_value=1, max_value=MOST_WEEKS, required=False, default=None)
    agreed_by = serializers.ListField(child=serializers.UUIDField(), default=list)
    agreed_on = serializers.DateField(required=False, allow_null=True, default=None)


class DeliverSessionSerializer(serializers.Serializer):
    happened_on = serializers.DateField(default=today)
    people = serializers.ListField(child=serializers.UUIDField(), help_text="Who of the family took part.")
    words = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)


class EndHelpSerializer(serializers.Serializer):
    ended_on = serializers.DateField(default=today)
    result = serializers.CharField(max_length=12, help_text="A code of the setting ``help_results``.")
    result_words = serializers.CharField(max_length=LONGEST)


class StrikeSessionSerializer(serializers.Serializer):
    because = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST)


class HelpFigureSerializer(serializers.Serializer):
    label = serializers.CharField()
    number = serializers.IntegerField()


class HelpFiguresSerializer(serializers.Serializer):
    """What was given of one method."""

    method = serializers.UUIDField(source="method.uid")
    name = serializers.CharField(source="method.name")
    families = serializers.IntegerField()
    figures = HelpFigureSerializer(many=True)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def people_of(family: Family, uids: list[UUID], field: str, *, request: Request) -> list[Person]:
    """Return people of the family; somebody of another one is the same refusal as nobody."""
    here = {member.person.uid: member.entry for member in household_on(family, today(), by=request.user)}
    if set(uids) - set(here):
        raise exceptions.ValidationError({field: [NOBODY]})
    return [here[uid] for uid in uids]


def answered(request: Request, help: Help, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=help.family)
    found = Help.objects.visible_to(request.user).for_page().get(pk=help.pk)
    return Response(HelpSerializer(found).data, status=status)


class HelpOfFamily(OnceMixin, APIView):
    @extend_schema(operation_id="help_list", responses=HelpSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """What help a family is and was given."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Help given", family=family)
        rows = Help.objects.visible_to(request.user).filter(family=family).for_page()
        return Response(HelpSerializer(rows, many=True).data)

    @extend_schema(operation_id="help_begin", request=BeginHelpSerializer, responses={201: HelpSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Begin a method of the catalogue with a family."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, BeginHelpSerializer)
        method, goal = Method.objects.filter(uid=said.pop("method")).first(), said.pop("goal")
        if method is None:
            raise exceptions.ValidationError({"method": [NO_METHOD]})
        for field in ("people", "agreed_by"):
            said[field] = people_of(family, said[field], field, request=request)
        said["goal"] = self.goal(family, goal) if goal else None
        made = services.begin_help(family, method, by=request.user, on=today(), **said)
        return answered(request, made, "Begin help", status=CREATED)

    def goal(self, family: Family, uid: UUID) -> Goal:
        rows = Goal.objects.visible_to(self.request.user).filter(family=family, plan__state=PlanState.AGREED)
        if (found := rows.filter(uid=uid).first()) is None:
            raise exceptions.ValidationError({"goal": [NO_GOAL]})
        return found


class DeliverSession(OnceMixin, APIView):
    @extend_schema(operation_id="help_session", request=DeliverSessionSerializer, responses={201: HelpSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down one session and who took part."""
        found = help_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, DeliverSessionSerializer)
        said["people"] = people_of(found.family.shown, said["people"], "people", request=request)
        services.deliver_session(found, by=request.user, on=today(), **said)
        return answered(request, found, "A session of help", status=CREATED)


class EndHelp(OnceMixin, APIView):
    @extend_schema(operation_id="help_end", request=EndHelpSerializer, responses=HelpSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say how help to a family ended."""
        found = help_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        ended = services.end_help(found, by=request.user, on=today(), **read(request, EndHelpSerializer))
        return answered(request, ended, "End help")


class StrikeSession(OnceMixin, APIView):
    @extend_schema(operation_id="help_session_strike", request=StrikeSessionSerializer, responses=HelpSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Strike out a session that was written down by mistake."""
        found = session_or_refuse(request.user, uid)
        services.strike_session(found, by=request.user, on=today(), **read(request, StrikeSessionSerializer))
        return answered(request, found.help, "Strike a session out")


class HelpFigures(APIView):
    @extend_schema(
        operation_id="help_figures", responses=HelpFiguresSerializer(many=True),
        parameters=[OpenApiParameter("locality", OpenApiTypes.STR)],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What was given of each method, how much of it was delivered, and how it ended."""
        if not rights_of(request.user).may(Can.VIEW_DASHBOARD):
            raise exceptions.PermissionDenied
        asked = Narrowed(locality=request.query_params.get("locality", "")[:60])
        return Response(HelpFiguresSerializer(figures(request.user, asked), many=True).data)


urlpatterns = [
    path("methods/", Methods.as_view(), name="api-methods"),
    path("methods/<uuid:uid>/", OneMethod.as_view(), name="api-method"),
    path("families/<uuid:uid>/help/", HelpOfFamily.as_view(), name="api-help"),
    path("help/<uuid:uid>/sessions/", DeliverSession.as_view(), name="api-help-session"),
    path("help/<uuid:uid>/end/", EndHelp.as_view(), name="api-end-help"),
    path("help-sessions/<uuid:uid>/strike/", StrikeSession.as_view(), name="api-strike-session"),
    path("help-figures/", HelpFigures.as_view(), name="api-help-figures"),
]
