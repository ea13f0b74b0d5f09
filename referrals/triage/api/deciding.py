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
    all_the_same = serializers.CharField(
        max_length=12, required=False, allow_blank=True, default="",
        help_text="A code of the setting ``service_all_the_same``, where the family does not meet what it asks for.",
    )  # fmt: skip


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


class DecisionView(OnceMixin, ReferralView):
    """A decision on a referral, sent with what it says; ``decide`` is the verb."""

    def take(self):
        referral = self.find()
        given = self.get_serializer(data=self.request.data)
        given.is_valid(raise_exception=True)
        said = {"seen": given.validated_data.pop("revision", None), **given.validated_data}
        self.decide(referral, by=self.request.user, on=today(), **said)

    @extend_schema(responses=ReferralSerializer)
    def post(self, request, *args, **kwargs):
        self.take()
        self.find()
        return self.answer()


class Signpost(DecisionView):
    """Send the family on to a service of the directory; the referrer is told which."""

    serializer_class = SignpostSerializer
    decide = staticmethod(signpost_referral)


class PassOn(DecisionView):
    """Hand a referral to the team of another locality."""

    serializer_class = PassOnSerializer
    decide = staticmethod(pass_on_referral)

    @extend_schema(responses={204: None})
    def post(self, request, *args, **kwargs):
        self.take()
        return Response(status=204)


class Decline(DecisionView):
    """Decline with a reason; the referrer reads the message as it is written."""

    serializer_class = DeclineSerializer
    decide = staticmethod(services.decline_referral)


class Ask(DecisionView):
    """Ask the referrer for more; the referral waits for the reply, and its clock with it."""

    serializer_class = AskSerializer

    def decide(self, referral, *, questions, **said):
        ask_referrer(referral, questions={one["about"]: one["question"] for one in questions}, **said)
