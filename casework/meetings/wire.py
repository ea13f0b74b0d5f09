"""How meetings travel as JSON."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from casework.meetings.holding import reads_record
from casework.meetings.models import (
    CAME,
    DONE,
    PAPERS,
    POINTS,
    STATES,
    WRITTEN_POINTS,
    Invitee,
    Meeting,
    MeetingAction,
    MeetingCopy,
)
from casework.meetings.models import MeetingPoint as Point
from casework.meetings.rules import LONGEST, LONGEST_WHAT

UIDS = "Identifiers of those invited."


def uids_of(meeting: Meeting, kept_from: list[int]) -> list[UUID]:
    return [one.uid for one in meeting.those_invited if one.pk in kept_from]


class InviteeSerializer(serializers.ModelSerializer):
    """Somebody who is invited: of the family, of its team, or a colleague."""

    name = serializers.CharField(source="__str__")
    of = serializers.CharField()
    person = serializers.UUIDField(source="person.uid", default=None)
    member = serializers.UUIDField(source="member.uid", default=None)
    user = serializers.UUIDField(source="user.uid", default=None)
    came = serializers.ChoiceField(CAME, allow_blank=True)

    class Meta:
        model = Invitee
        fields = ["uid", "name", "of", "person", "member", "user", "came"]
        read_only_fields = fields


class KeptSerializer(serializers.ModelSerializer):
    kept_from = serializers.SerializerMethodField(help_text="Who of those invited must not learn of it.")

    def get_kept_from(self, row: Point | MeetingAction) -> list[UUID]:
        return uids_of(self.context["meeting"], row.kept_from)


class MeetingPointSerializer(KeptSerializer):
    kind = serializers.ChoiceField(POINTS)
    written_by = serializers.StringRelatedField()

    class Meta:
        model = Point
        fields = ["uid", "kind", "words", "kept_from", "written_by", "written_on"]
        read_only_fields = fields


class MeetingActionSerializer(KeptSerializer):
    owner = serializers.UUIDField(source="owner.uid", help_text="Who of those invited does it.")
    state = serializers.ChoiceField(DONE)
    on_plan = serializers.BooleanField(help_text="It is an action of the plan, and settled there.")
    came_of_it = serializers.SerializerMethodField(help_text="To whoever reads the record.")

    def get_came_of_it(self, row: MeetingAction) -> str:
        return row.came_of_it if self.context["reads"] else ""

    class Meta:
        model = MeetingAction
        fields = ["uid", "what", "owner", "due_on", "kept_from", "state", "on_plan", "done_on", "came_of_it"]
        read_only_fields = fields


class MeetingSerializer(serializers.ModelSerializer):
    """A meeting. ``revision`` goes back with what is written in the minutes, so that nobody is overwritten."""

    family = serializers.UUIDField(source="family.shown.uid")
    state = serializers.ChoiceField(STATES)
    follows = serializers.UUIDField(source="follows.uid", default=None)
    called_by = serializers.StringRelatedField()
    typed_by = serializers.StringRelatedField(allow_null=True)
    finished_by = serializers.StringRelatedField(allow_null=True)
    invited = InviteeSerializer(source="those_invited", many=True)
    points = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    class Meta:
        model = Meeting
        fields = [
            "uid", "family", "day", "starts_at", "place", "purpose", "state", "follows", "called_by", "revision",
            "typed_on", "typed_by", "finished_on", "finished_by", "cancelled_because", "invited", "points", "actions",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(MeetingPointSerializer(many=True))
    def get_points(self, meeting: Meeting) -> list[Any]:
        return [MeetingPointSerializer(point, context={"meeting": meeting}).data for point in meeting.written]

    @extend_schema_field(MeetingActionSerializer(many=True))
    def get_actions(self, meeting: Meeting) -> list[Any]:
        context = {"meeting": meeting, "reads": reads_record(meeting.family, self.context["reader"])}
        return [MeetingActionSerializer(row, context=context).data for row in meeting.actions.all()]


class PlanMeetingSerializer(serializers.Serializer):
    day = serializers.DateField()
    starts_at = serializers.TimeField()
    place = serializers.CharField(max_length=200)
    purpose = serializers.CharField(max_length=LONGEST_WHAT)
    follows = serializers.UUIDField(required=False, allow_null=True, default=None)
    wanted = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="What was asked for.")
    people = serializers.ListField(child=serializers.UUIDField(), default=list, help_text="Of the family.")
    members = serializers.ListField(child=serializers.UUIDField(), default=list, help_text="Of the team around it.")
    users = serializers.ListField(child=serializers.UUIDField(), default=list, help_text="Its worker, and who calls.")


class CancelMeetingSerializer(serializers.Serializer):
    because = serializers.CharField(max_length=LONGEST_WHAT)


class WhoCameSerializer(serializers.Serializer):
    invitee = serializers.UUIDField()
    came = serializers.ChoiceField(CAME)


class WritePointSerializer(serializers.Serializer):
    """A paragraph or decision; with the ``uid`` of one that is there, it is written again. No words: taken out."""

    uid = serializers.UUIDField(required=False, allow_null=True, default=None)
    kind = serializers.ChoiceField(WRITTEN_POINTS)
    words = serializers.CharField(max_length=LONGEST, allow_blank=True)
    kept_from = serializers.ListField(child=serializers.UUIDField(), default=list, help_text=UIDS)


class WriteMinutesSerializer(serializers.Serializer):
    revision = serializers.IntegerField(min_value=0, max_value=2_000_000_000)
    came = WhoCameSerializer(many=True, default=list)
    points = WritePointSerializer(many=True, default=list)


class AddToMinutesSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=LONGEST)
    kept_from = serializers.ListField(child=serializers.UUIDField(), default=list, help_text=UIDS)


class SetMeetingActionSerializer(serializers.Serializer):
    what = serializers.CharField(max_length=LONGEST_WHAT)
    owner = serializers.UUIDField(help_text="Who of those invited does it.")
    due_on = serializers.DateField()
    kept_from = serializers.ListField(child=serializers.UUIDField(), default=list, help_text=UIDS)


class SettleMeetingActionSerializer(serializers.Serializer):
    state = serializers.ChoiceField([pair for pair in DONE if pair[0] != "to_do"])
    came_of_it = serializers.CharField(max_length=LONGEST_WHAT)


class GiveCopySerializer(serializers.Serializer):
    invitee = serializers.UUIDField()
    what = serializers.ChoiceField(PAPERS)


class GivenCopySerializer(serializers.ModelSerializer):
    """That somebody was given a paper; ``left_out`` entries of the minutes are not in it."""

    invitee = serializers.UUIDField(source="invitee.uid")
    what = serializers.ChoiceField(PAPERS)
    given_by = serializers.StringRelatedField()

    class Meta:
        model = MeetingCopy
        fields = ["uid", "invitee", "what", "left_out", "given_on", "given_by"]
        read_only_fields = fields
