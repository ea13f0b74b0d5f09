"""How a family's plan reads for programs."""

from typing import Any

from rest_framework import serializers

from casework.plans import rules
from casework.plans.models import Action, Goal, Plan, PlanAnswer
from families.people.models import Person
from slf.accounts.models import User
from slf.clock import today


class OwnerSerializer(serializers.Serializer):
    """Who does an action: exactly one of the three."""

    person = serializers.UUIDField(required=False, help_text="One of the family.")
    worker = serializers.UUIDField(required=False, help_text="The family's worker, or whoever asks.")
    agency = serializers.CharField(required=False, max_length=80, help_text="The name of another service.")

    def to_representation(self, owner: Person | User | str) -> dict[str, str]:
        if isinstance(owner, str):
            return {"agency": owner}
        return {"worker" if isinstance(owner, User) else "person": str(owner.uid), "name": str(owner)}

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if len(given) != 1:
            raise serializers.ValidationError("Name one owner: a person, a worker or an agency.")
        return given


class ActionSerializer(serializers.ModelSerializer):
    """Who does what by when."""

    owner = OwnerSerializer()
    goal = serializers.UUIDField(source="goal.uid")

    class Meta:
        model = Action
        fields = ["uid", "goal", "what", "owner", "due_on", "state", "done_on"]
        read_only_fields = ["uid", "state", "done_on"]


class GoalSerializer(serializers.ModelSerializer):
    """A goal in the family's words, and the needs it answers."""

    needs = serializers.ListField(child=serializers.UUIDField(), required=False, write_only=True)
    answers = serializers.SlugRelatedField(source="needs", slug_field="uid", many=True, read_only=True)
    actions = ActionSerializer(many=True, read_only=True)

    class Meta:
        model = Goal
        fields = ["uid", "words", "needs", "answers", "actions"]
        read_only_fields = ["uid"]


class AnswerSerializer(serializers.ModelSerializer):
    """What one adult said to the plan as it reads at ``revision``."""

    person = serializers.UUIDField(source="person.uid")

    class Meta:
        model = PlanAnswer
        fields = ["uid", "person", "said", "how", "reason", "signature", "said_on", "revision", "recorded_at"]
        read_only_fields = ["uid", "recorded_at"]

    def validate_said_on(self, day):
        if day > today():
            raise serializers.ValidationError("The day cannot be still to come.")
        return day

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["said"] == rules.Said.REFUSED and not given.get("reason"):
            raise serializers.ValidationError({"reason": "Say why they did not agree."})
        return given


class PlanSerializer(serializers.ModelSerializer):
    """One version of a family's plan."""

    goals = GoalSerializer(many=True, read_only=True)
    said = AnswerSerializer(source="answers", many=True, read_only=True)

    class Meta:
        model = Plan
        fields = ["uid", "number", "state", "revision", "started_on", "agreed_on", "agreement_rule", "goals", "said"]
        read_only_fields = fields
