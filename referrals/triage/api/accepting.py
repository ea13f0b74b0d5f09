"""Accepting a referral into a new family or into one that is known, for the service or the ESF provider."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from families.people.models import Family
from families.sharing.models import Agreement
from referrals.intake.rules import GIVEN, State
from referrals.triage import services
from referrals.triage.api.deciding import DecisionSerializer
from referrals.triage.api.showing import ReferralView
from referrals.triage.joining import Choice, Fate
from referrals.triage.services import Agreed, Joining
from slf.clock import today
from slf.work.once import OnceMixin

AGREED_HOW = Agreement.How.choices[1:]
NO_SUCH_FAMILY = "There is no such family among those like this referral."


class ChoiceSerializer(serializers.Serializer):
    """Who one person of the referral is in the family: the same person as a member, somebody new, or not part of it."""

    person = serializers.UUIDField()
    fate = serializers.ChoiceField(choices=[(fate.value, fate.label) for fate in Fate])
    member = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, given):
        if (given["fate"] == Fate.SAME) != bool(given.get("member")):
            raise serializers.ValidationError({"member": "Name the member for the same person, and only then."})
        return given


class AcceptSerializer(DecisionSerializer):
    """Which family it is (left out: a new one), and the agreement where the referrer had none.

    With a family go ``people``, every person of the referral once, and ``household``: the members (uids) that the
    choice was made from. 409 when they are others by now.
    """

    family = serializers.UUIDField(required=False, allow_null=True)
    people = ChoiceSerializer(many=True, required=False)
    household = serializers.ListField(child=serializers.UUIDField(), required=False)
    agreed_on = serializers.DateField(required=False)
    how = serializers.ChoiceField(choices=AGREED_HOW, required=False)

    def validate(self, given):
        if ("agreed_on" in given) != ("how" in given):
            raise serializers.ValidationError("Say both when and how the family agreed.")
        if given.get("agreed_on") and given["agreed_on"] > today():
            raise serializers.ValidationError({"agreed_on": "This day is still to come."})
        if bool(given.get("family")) != ("people" in given and "household" in given):
            raise serializers.ValidationError("With a family, and only then, say its household and who the people are.")
        return given

    def validate_people(self, given):
        if len({choice["person"] for choice in given}) < len(given):
            raise serializers.ValidationError("Name each person once.")
        return given


class AcceptedSerializer(serializers.ModelSerializer):
    """The family as it now stands."""

    class Meta:
        model = Family
        fields = ["uid", "reference", "name"]
        read_only_fields = fields


class EsfSerializer(AcceptSerializer):
    """Accepting a family for the ESF provider takes its agreement to that."""

    family_agrees_to_be_shared = serializers.BooleanField()

    def validate(self, given):
        if not given["family_agrees_to_be_shared"]:
            without = "Without the family's agreement the provider is told nothing."
            raise serializers.ValidationError({"family_agrees_to_be_shared": without})
        return super().validate(given)


class Accept(OnceMixin, ReferralView):
    """Make the family once, or join the referral to one that is known. Twice is the same; 409 says who was first."""

    serializer_class = AcceptSerializer
    outcome = State.ACCEPTED

    @extend_schema(responses=AcceptedSerializer)
    def post(self, request, *args, **kwargs):
        referral = self.find()
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        family = services.accept_referral(
            referral, by=request.user, on=today(), join=self.joining(given.validated_data),
            agreed=self.agreed(given.validated_data), seen=given.validated_data.get("revision"),
            outcome=self.outcome,
        )  # fmt: skip
        return Response(AcceptedSerializer(family).data)

    def joining(self, given) -> Joining | None:
        if given.get("family") is None or self.referral.family is not None:
            return None  # of one that is accepted, the service says which family it is, or who was first
        choices = {said["person"]: Choice(Fate(said["fate"]), said.get("member")) for said in given["people"]}
        return Joining(self.named(given["family"]), choices, frozenset(given["household"]))

    def named(self, uid) -> Family:
        """Return the like family of this uid. One that is out of sight and one that is not there are the same."""
        if (found := next((like.family for like in self.likes if like.family.uid == uid), None)) is None:
            raise serializers.ValidationError({"family": NO_SUCH_FAMILY})
        return found

    def agreed(self, given) -> Agreed | None:
        if self.referral.agreement == GIVEN or "agreed_on" not in given:
            return None
        return Agreed(on=given["agreed_on"], how=Agreement.How(given["how"]))


class SendToEsf(Accept):
    """Accept, and share the family's record with the ESF provider of its locality, with the family's agreement."""

    serializer_class = EsfSerializer
    outcome = State.ESF
