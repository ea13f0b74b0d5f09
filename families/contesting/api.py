"""What is contested in a family's record, for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.contesting.items import items_of
from families.contesting.models import Contest
from families.contesting.rules import ABOUT, DECISIONS, KINDS, LONGEST, Decision, Kind
from families.contesting.services import decide_contest, take_down, tell_them, waiting_for
from families.contesting.views import find_family
from families.sharing.views import people_of
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
KIND_CHOICES = [(kind.value, name) for kind, name in KINDS.items()]
ABOUT_CHOICES = [(about.value, name) for about, name in ABOUT.items()]
DECISION_CHOICES = [(decision.value, name) for decision, name in DECISIONS.items()]


class ContestSerializer(serializers.ModelSerializer):
    """One objection, or one thing that is said to be wrong. ``target`` is the uid of the row it is about."""

    raised_by = serializers.UUIDField(source="raised_by.uid")
    person = serializers.UUIDField(source="person.uid", allow_null=True, default=None)
    taken_by = serializers.CharField()
    decided_by = serializers.CharField(allow_null=True)

    class Meta:
        model = Contest
        fields = [
            "uid", "kind", "raised_by", "person", "about", "target", "words", "says", "received_on", "due_on",
            "taken_by", "decision", "reason", "decided_on", "decided_by", "told_on", "told_how",
        ]  # fmt: skip


class TakeDownSerializer(serializers.Serializer):
    """What is contested: an ``item`` ("fact:" and its uid; the kinds are those of ``about``), or something in words."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    raised_by = serializers.UUIDField()
    item = serializers.CharField(required=False, max_length=60)
    words = serializers.CharField(required=False, default="", max_length=300)
    says = serializers.CharField(max_length=LONGEST)
    received_on = serializers.DateField()

    def validate_kind(self, text):
        return Kind(text)

    def validate_raised_by(self, uid):
        if (who := self.context["people"].get(uid)) is None:
            raise serializers.ValidationError("Nobody in this family has this identifier.")
        return who

    def validate_item(self, key):
        if (item := self.context["items"].get(key)) is None:
            raise serializers.ValidationError("Nothing in this family's record has this key.")
        return item

    def validate(self, said):
        if not said.get("item") and not said["words"]:
            raise serializers.ValidationError({"item": ["Name a row of the record, or say in words what it is about."]})
        if said["received_on"] > today():
            raise serializers.ValidationError({"received_on": ["This day is still to come."]})
        return said


class DecideSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(choices=DECISION_CHOICES)
    reason = serializers.CharField(max_length=LONGEST)

    def validate_decision(self, text):
        return Decision(text)


class ContestToldSerializer(serializers.Serializer):
    told_on = serializers.DateField()
    told_how = serializers.ChoiceField(choices=Contest.How.choices)


class Contests(OnceMixin, APIView):
    """What is contested in a family's record."""

    @extend_schema(operation_id="contests_list", responses=ContestSerializer(many=True))
    def get(self, request: Request, uid) -> Response:
        """Return all that ever was, the next due first."""
        family = find_family(request.user, uid)
        log_view(request, "Contested", family=family)
        rows = Contest.objects.visible_to(request.user).filter(family=family).for_list()
        return Response(ContestSerializer(rows, many=True).data)

    @extend_schema(operation_id="contests_add", request=TakeDownSerializer, responses={201: ContestSerializer})
    def post(self, request: Request, uid) -> Response:
        """Take one down; the month to answer begins on the day it was said."""
        family = find_family(request.user, uid, can=Can.WORK_FAMILY)
        log_view(request, "Contested, taken down", family=family)
        people = {person.uid: person for person in people_of(family, user=request.user)}
        context = {"people": people, "items": items_of(family, user=request.user)}
        body = TakeDownSerializer(data=request.data, context=context)
        body.is_valid(raise_exception=True)
        row = take_down(family, **body.validated_data, by=request.user, on=today())
        return Response(ContestSerializer(row).data, status=CREATED)


class ContestsWaiting(APIView):
    """What waits for a decision, or for somebody to be told."""

    permission_classes = [may(Can.DECIDE_SHARING)]

    @extend_schema(operation_id="contests_waiting", responses=ContestSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = list(waiting_for(request.user))
        log_view(request, "Contested, waiting", families=[row.family_id for row in rows])
        return Response(ContestSerializer(rows, many=True).data)


class OfOne(OnceMixin, APIView):
    def find(self, request: Request, uid, contest, *, can: Can) -> Contest:
        family = find_family(request.user, uid, can=can)
        log_view(request, "Contested", family=family)
        return get_or_refuse(Contest.objects.filter(family=family).for_list(), request.user, can=can, uid=contest)


class DecideContest(OfOne):
    @extend_schema(operation_id="contests_decide", request=DecideSerializer, responses=ContestSerializer)
    def post(self, request: Request, uid, contest) -> Response:
        """Decide on it, once."""
        row = self.find(request, uid, contest, can=Can.DECIDE_SHARING)
        body = DecideSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(ContestSerializer(decide_contest(row, **body.validated_data, by=request.user, on=today())).data)


class ContestTold(OfOne):
    @extend_schema(operation_id="contests_told", request=ContestToldSerializer, responses=ContestSerializer)
    def post(self, request: Request, uid, contest) -> Response:
        """Keep that whoever raised it was told."""
        row = self.find(request, uid, contest, can=Can.WORK_FAMILY)
        body = ContestToldSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(ContestSerializer(tell_them(row, **body.validated_data, by=request.user, on=today())).data)


urlpatterns = [
    path("families/<uuid:uid>/contests/", Contests.as_view(), name="api-contests"),
    path("contests/", ContestsWaiting.as_view(), name="api-contests-waiting"),
    path("families/<uuid:uid>/contests/<uuid:contest>/decide/", DecideContest.as_view(), name="api-decide-contest"),
    path("families/<uuid:uid>/contests/<uuid:contest>/told/", ContestTold.as_view(), name="api-contest-told"),
]
