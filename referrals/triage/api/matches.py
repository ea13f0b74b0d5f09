"""Questions whether a referral elsewhere is about a family you decide on, and their answers."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from referrals.intake.api import ForThoseWho
from referrals.triage.models import MatchQuestion
from referrals.triage.questions import DECIDES, answer_question, questions_for
from slf.access.doors import get_or_refuse, log_view
from slf.clock import today
from slf.work.once import OnceMixin


class QuestionSerializer(serializers.ModelSerializer):
    """Whether a referral elsewhere is about a family you decide on, and the answer once there is one."""

    family = serializers.UUIDField(source="family.uid", read_only=True)
    locality = serializers.CharField(source="locality.slug", read_only=True)
    answered_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = MatchQuestion
        fields = [
            "uid", "family", "locality", "agency", "people", "asked_at", "answer", "answered_by", "answered_on", "note",
        ]  # fmt: skip
        read_only_fields = fields


class MatchAnswerSerializer(serializers.Serializer):
    answer = serializers.ChoiceField(choices=MatchQuestion.Answer.choices)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class Questions(ForThoseWho, generics.ListAPIView):
    """Questions whether a referral elsewhere is about a family you decide on, the open ones first."""

    serializer_class = QuestionSerializer
    queryset = MatchQuestion.objects.none()
    needs = DECIDES

    def get_queryset(self):
        return questions_for(self.request.user)

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Possible matches", families={question.family_id for question in page})
        return page


class AnswerQuestion(ForThoseWho, OnceMixin, generics.GenericAPIView):
    """Answer a question, once. The team that has the referral is told only what to do."""

    serializer_class = MatchAnswerSerializer
    queryset = MatchQuestion.objects.none()
    needs = DECIDES

    @extend_schema(responses=QuestionSerializer)
    def post(self, request, *args, **kwargs):
        question = get_or_refuse(questions_for(request.user), request.user, can=DECIDES, uid=kwargs["uid"])
        log_view(request, "Possible match", family=question.family)
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        answer_question(question, by=request.user, on=today(), **given.validated_data)
        return Response(QuestionSerializer(question).data)
