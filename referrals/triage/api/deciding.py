"""What else can be decided of a referral: ask for more, signpost, pass on, decline."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from referrals.directory.models import Service
from referrals.enquiries import rules as enquiries
from referrals.triage import rules, services
from referrals.triage.api.showing import ReferralSerializer, ReferralView
from referrals.triage.asking import ask_referrer
from referrals.triage.elsewhere import pass_on_referral, signpost_referral
from slf.access.models import Locality
from slf.clock import today
from slf.policy.models import value_of
from slf.work.once import OnceMixin


class DecisionSerializer(serializers.Serializer):
    """What every decision may say: the revision of the referral it was made from."""

    revision = serializers.IntegerField(required=False)


class SignpostSerializer(DecisionSerializer):
    service = serializers.SlugRelatedField(
        slug_field="uid", queryset=Service.objects.all(), help_text="The uid of a service offered there today."
    )
    message = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class PassOnSerializer(DecisionSerializer):
    """The team that is to have it, and why; you do not see it any more after that."""

    to = serializers.SlugRelatedField(slug_field="slug", queryset=Locality.objects.all())
    why = serializers.CharField(max_length=300)


class DeclineSerializer(DecisionSerializer):
    reason = serializers.CharField(help_text="A code of the setting ``decline_reasons`` that is not retired.")
    message = serializers.CharField(max_length=1000)

    def validate_reason(self, code):
        if code not in dict(value_of(rules.REASONS).choices):
            raise serializers.ValidationError(rules.NOT_A_REASON)
        return code


class AskedSerializer(serializers.Serializer):
    about = serializers.ChoiceField(choices=list(enquiries.SUBJECTS.items()))
    question = serializers.CharField(max_length=enquiries.LONGEST_QUESTION)


class AskSerializer(DecisionSerializer):
    """The questions to the referrer, one for each subject."""

    questions = AskedSerializer(many=True, allow_empty=False)

    def validate_questions(self, given):
        if len({one["about"] for one in given}) < len(given):
            raise serializers.ValidationError("Ask one question about each subject.")
        return given


class Signpost(OnceMixin, ReferralView):
    """Send the family on to a service of the directory; the referrer is told which."""

    serializer_class = SignpostSerializer

    @extend_schema(responses=ReferralSerializer)
    def post(self, request, *args, **kwargs):
        referral = self.find()
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        seen = given.validated_data.pop("revision", None)
        signpost_referral(referral, by=request.user, on=today(), seen=seen, **given.validated_data)
        self.find()
        return self.answer()


class PassOn(OnceMixin, ReferralView):
    """Hand a referral to the team of another locality."""

    serializer_class = PassOnSerializer

    @extend_schema(responses={204: None})
    def post(self, request, *args, **kwargs):
        referral = self.find()
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        seen = given.validated_data.pop("revision", None)
        pass_on_referral(referral, by=request.user, on=today(), seen=seen, **given.validated_data)
        return Response(status=204)


class Decline(OnceMixin, ReferralView):
    """Decline with a reason; the referrer reads the message as it is written."""

    serializer_class = DeclineSerializer

    @extend_schema(responses=ReferralSerializer)
    def post(self, request, *args, **kwargs):
        referral = self.find()
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        seen = given.validated_data.pop("revision", None)
        services.decline_referral(referral, by=request.user, on=today(), seen=seen, **given.validated_data)
        self.find()
        return self.answer()


class Ask(OnceMixin, ReferralView):
    """Ask the referrer for more; the referral waits for the reply, and its clock with it."""

    serializer_class = AskSerializer

    @extend_schema(responses=ReferralSerializer)
    def post(self, request, *args, **kwargs):
        referral = self.find()
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        questions = {one["about"]: one["question"] for one in given.validated_data["questions"]}
        seen = given.validated_data.get("revision")
        ask_referrer(referral, by=request.user, on=today(), questions=questions, seen=seen)
        self.find()
        return self.answer()
