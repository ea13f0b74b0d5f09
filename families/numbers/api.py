"""Numbers asked about, for programs."""

from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from families.numbers.models import ANSWER_CHOICES, NumberQuestion
from families.numbers.services import DECIDES, answer_question, questions_for
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.clock import today
from slf.work.once import OnceMixin


class NumberQuestionSerializer(serializers.ModelSerializer):
    """Somebody elsewhere was given a number of somebody of this family; ``told`` is empty for a closed family."""

    family = serializers.UUIDField(source="family.uid", read_only=True)
    locality = serializers.CharField(source="locality.slug", default=None, allow_null=True, read_only=True)
    answered_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = NumberQuestion
        fields = [
            "uid", "family", "kind", "number", "recorded", "told", "told_born", "locality", "asked_at", "answer",
            "answered_by", "answered_on", "note",
        ]  # fmt: skip
        read_only_fields = fields


class NumberAnswerSerializer(serializers.Serializer):
    answer = serializers.ChoiceField(ANSWER_CHOICES)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class Numbers(generics.ListAPIView):
    """Numbers asked about, the open questions first."""

    permission_classes = [may(DECIDES)]
    serializer_class = NumberQuestionSerializer
    queryset = NumberQuestion.objects.none()

    def get_queryset(self):
        return questions_for(self.request.user)

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Numbers asked about", families={question.family_id for question in page})
        return page


class AnswerNumber(OnceMixin, generics.GenericAPIView):
    """Answer a question, once. Who typed the number is told only what to do."""

    permission_classes = [may(DECIDES)]
    serializer_class = NumberAnswerSerializer
    queryset = NumberQuestion.objects.none()

    @extend_schema(operation_id="number_answer", responses=NumberQuestionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        question = get_or_refuse(questions_for(request.user), request.user, can=DECIDES, uid=uid)
        log_view(request, "Number asked about", family=question.family)
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        answer_question(question, by=request.user, on=today(), **given.validated_data)
        return Response(NumberQuestionSerializer(question).data)


urlpatterns = [
    path("number-questions/", Numbers.as_view(), name="api-numbers"),
    path("number-questions/<uuid:uid>/answer/", AnswerNumber.as_view(), name="api-answer-number"),
]
