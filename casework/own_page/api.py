"""Own pages of the plan for programs: the staff's side alone. What opens a page is said once, to who hands it over."""

from typing import Any
from uuid import UUID

from django.urls import path, reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.own_page import services
from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.rules import (
    DEVICE_NAMES,
    LINK_WAYS,
    LONGEST,
    MARKS,
    NOT_OF_PLAN,
    NOT_THERE,
    PIN_WAYS,
    PROGRESS_NAMES,
    STATE_NAMES,
    Screen,
)
from casework.own_page.views import end_or_refuse, family_or_refuse, page_or_refuse
from casework.plans.models import Action, Goal
from families.people.models import Family, Person
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class OwnPageSerializer(serializers.ModelSerializer):
    """One person's page: the screen, who released it, and how it stands."""

    family = serializers.UUIDField(source="family.shown.uid")
    person = serializers.UUIDField(source="person.uid")
    plan = serializers.IntegerField(source="plan.number", help_text="The version of the plan it shows.")
    state = serializers.ChoiceField([(state.value, name) for state, name in STATE_NAMES.items()])
    device = serializers.ChoiceField([(one.value, name) for one, name in DEVICE_NAMES.items()])
    asked_by = serializers.StringRelatedField()
    decided_by = serializers.StringRelatedField(allow_null=True)
    handed_by = serializers.StringRelatedField(allow_null=True)
    ended_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = OwnPage
        fields = [
            "uid", "family", "person", "plan", "state", "asked_alone", "device", "could_be_harmed", "understands",
            "safe_times", "not_shown", "asked_by", "asked_on", "decided_by", "decided_on", "answer", "handed_by",
            "handed_on", "ends_on", "opened_at", "locked_at", "ended_by", "ended_at", "ended_because", "ended_words",
        ]  # fmt: skip
        read_only_fields = fields


class OwnWordSerializer(serializers.ModelSerializer):
    """One thing that somebody said on their own page."""

    page = serializers.UUIDField(source="page.uid")
    person = serializers.UUIDField(source="person.uid")
    action = serializers.UUIDField(source="action.uid", allow_null=True)
    progress = serializers.ChoiceField(list(PROGRESS_NAMES.items()), allow_blank=True)
    mark = serializers.ChoiceField(list(MARKS.items()), allow_null=True)
    read_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = OwnPageWord
        fields = ["uid", "page", "person", "action", "progress", "mark", "words", "said_on", "read_by", "read_on"]
        read_only_fields = fields


class OwnPagesSerializer(serializers.Serializer):
    pages = OwnPageSerializer(many=True)
    words = OwnWordSerializer(many=True)


class LeavingOutSerializer(serializers.Serializer):
    """What must not be on the page: goals and actions of the plan in force."""

    goals_out = serializers.ListField(child=serializers.UUIDField(), default=list)
    actions_out = serializers.ListField(child=serializers.UUIDField(), default=list)


class AskOwnPageSerializer(LeavingOutSerializer):
    """The screen. Where it says that it is not safe, the answer is a page in the state ``unsafe``, and none opens."""

    person = serializers.UUIDField()
    asked_alone = serializers.BooleanField()
    device = serializers.ChoiceField([(one.value, name) for one, name in DEVICE_NAMES.items()])
    could_be_harmed = serializers.BooleanField()
    understands = serializers.BooleanField(default=None, allow_null=True, help_text="Of a child alone.")
    safe_times = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Empty: as the person's rules of safe contact say."
    )
    not_shown = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)


class SendBackOwnPageSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=LONGEST)


class EndOwnPageSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=LONGEST, default="", allow_blank=True)


class HandOverOwnPageSerializer(serializers.Serializer):
    link_by = serializers.ChoiceField([(way.value, name) for way, name in LINK_WAYS.items()])
    pin_by = serializers.ChoiceField([(way.value, name) for way, name in PIN_WAYS.items()])


class HandedSerializer(serializers.Serializer):
    """What opens the page: said this once, and kept nowhere."""

    address = serializers.URLField()
    pin = serializers.CharField()
    page = OwnPageSerializer()


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def left_out(request: Request, family: Family, said: dict[str, Any]) -> dict[str, list[int]]:
    """Return what is named to be left out; anything that is not of a plan of this family is as if it were not there."""
    of_goals = Goal.objects.visible_to(request.user).filter(family=family, uid__in=said.pop("goals_out"))
    of_actions = Action.objects.visible_to(request.user).filter(family=family, uid__in=said.pop("actions_out"))
    found = {"goals_out": of_goals, "actions_out": of_actions}
    if any(len(rows) != len(set(request.data.get(name, []))) for name, rows in found.items()):
        raise serializers.ValidationError({"goals_out": NOT_OF_PLAN})
    return {name: [row.pk for row in rows] for name, rows in found.items()}


def answered(request: Request, page: OwnPage, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=page.family)
    found = OwnPage.objects.visible_to(request.user).for_page().get(pk=page.pk)
    return Response(OwnPageSerializer(found).data, status=status)


class OwnPages(OnceMixin, APIView):
    """Own pages of one family's plan, and what was said on them."""

    @extend_schema(operation_id="own_pages_read", responses=OwnPagesSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        family = family_or_refuse(request.user, uid)
        log_view(request, "Own pages of the plan", family=family)
        pages = OwnPage.objects.visible_to(request.user).filter(family=family).for_page()
        words = OwnPageWord.objects.visible_to(request.user).filter(family=family)
        rows = words.select_related("page", "person__merged_into", "action", "read_by")
        return Response(OwnPagesSerializer({"pages": pages, "words": rows}).data)

    @extend_schema(operation_id="own_page_ask", request=AskOwnPageSerializer, responses={201: OwnPageSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Ask for a page for one person of the household. The same again is the same."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, AskOwnPageSerializer)
        out, person = left_out(request, family, said), self.person(family, said.pop("person"))
        made = services.ask_for_page(family, person, Screen(**said), **out, by=request.user, on=today())
        return answered(request, made, "Ask for an own page", status=CREATED)

    def person(self, family: Family, uid: UUID) -> Person:
        members = services.members_for_a_page(family, on=today())
        found = next((member.person for member in members if member.person.uid == uid), None)
        if found is None:
            raise serializers.ValidationError({"person": NOT_THERE})
        return found


class ReleaseOwnPage(OnceMixin, APIView):
    @extend_schema(operation_id="own_page_release", request=LeavingOutSerializer, responses=OwnPageSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Release a page that somebody else asked for, perhaps with more left out."""
        page = page_or_refuse(request.user, uid, can=Can.DECIDE_SHARING)
        out = left_out(request, page.family, read(request, LeavingOutSerializer))
        released = services.release_page(page, **out, by=request.user, on=today())
        return answered(request, released, "Release an own page")


class SendBackOwnPage(OnceMixin, APIView):
    @extend_schema(operation_id="own_page_send_back", request=SendBackOwnPageSerializer, responses=OwnPageSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Send an asking back with the reason."""
        page = page_or_refuse(request.user, uid, can=Can.DECIDE_SHARING)
        said = read(request, SendBackOwnPageSerializer)
        sent = services.send_back_page(page, **said, by=request.user, on=today())
        return answered(request, sent, "Send back an own page")


class HandOverOwnPage(APIView):
    """Takes no ``Idempotency-Key``: its answer would be kept for a day, and it is kept nowhere."""

    @extend_schema(operation_id="own_page_hand_over", request=HandOverOwnPageSerializer, responses=HandedSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Make the link and the PIN. Made again, the ones before open nothing any more."""
        page = page_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        ways = read(request, HandOverOwnPageSerializer)
        handed = services.hand_over_page(page, **ways, by=request.user, on=today(), at=timezone.localtime())
        log_view(request, "Hand over an own page", family=page.family)
        address = request.build_absolute_uri(reverse("own_page:open", args=[handed.token]))
        told = {"address": address, "pin": handed.pin, "page": handed.page}
        return Response(HandedSerializer(told).data, headers={"Cache-Control": "private, no-store"})


class EndOwnPage(OnceMixin, APIView):
    @extend_schema(operation_id="own_page_end", request=EndOwnPageSerializer, responses=OwnPageSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Take a page away, at once."""
        page = end_or_refuse(request.user, uid)
        ended = services.end_page(page, **read(request, EndOwnPageSerializer), by=request.user)
        return answered(request, ended, "End an own page")


class ReadOwnWord(OnceMixin, APIView):
    @extend_schema(operation_id="own_word_read", request=None, responses=OwnWordSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Note that what somebody said was read."""
        rows = OwnPageWord.objects.select_related("family", "page", "person__merged_into", "action", "read_by")
        word = get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=uid)
        services.note_read(word, by=request.user, on=today())
        log_view(request, "What was said on an own page", family=word.family)
        return Response(OwnWordSerializer(rows.visible_to(request.user).get(pk=word.pk)).data)


urlpatterns = [
    path("families/<uuid:uid>/own-pages/", OwnPages.as_view(), name="api-own-pages"),
    path("own-pages/<uuid:uid>/release/", ReleaseOwnPage.as_view(), name="api-release-own-page"),
    path("own-pages/<uuid:uid>/send-back/", SendBackOwnPage.as_view(), name="api-send-back-own-page"),
    path("own-pages/<uuid:uid>/hand-over/", HandOverOwnPage.as_view(), name="api-hand-over-own-page"),
    path("own-pages/<uuid:uid>/end/", EndOwnPage.as_view(), name="api-end-own-page"),
    path("own-words/<uuid:uid>/read/", ReadOwnWord.as_view(), name="api-read-own-word"),
]
