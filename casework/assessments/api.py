"""A family's assessments for programs: read them, write them page by page, finish them, sign them off."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.assessments import page, rules, services
from casework.assessments.models import Assessment
from casework.assessments.rules import Answer
from casework.assessments.views import assessment_or_refuse, family_or_refuse
from casework.visits.rules import GRADE_NAMES
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Conflict
from slf.work.once import OnceMixin

CREATED = 201
GRADE_CHOICES = [(grade.value, name) for grade, name in GRADE_NAMES.items()]
CHANGED = "Somebody else changed this since that revision: {0}. Read what it says now before you go on."


class AssessmentAnswerSerializer(serializers.Serializer):
    """``value``: a text, the code of a choice, or the codes of needs with spaces between. People by identifier."""

    value = serializers.CharField(allow_blank=True, max_length=rules.LONGEST, trim_whitespace=False)
    grade = serializers.ChoiceField(GRADE_CHOICES, default="", allow_blank=True)
    told_by = serializers.UUIDField(default=None, allow_null=True, help_text="Whose information it is.")
    told_by_other = serializers.CharField(default="", allow_blank=True, max_length=rules.LONGEST_OTHER)
    kept_from = serializers.ListField(
        child=serializers.UUIDField(), default=list, help_text="Who must not learn of it."
    )


class AssessmentQuestionSerializer(serializers.Serializer):
    code = serializers.CharField()
    words = serializers.CharField()
    form = serializers.ChoiceField([(form.value, form.value) for form in rules.Form])
    needed = serializers.BooleanField()
    is_asked = serializers.BooleanField(help_text="Whether it is asked after what was answered before it.")
    options = serializers.DictField(child=serializers.CharField())
    now = AssessmentAnswerSerializer(allow_null=True)
    then = AssessmentAnswerSerializer(allow_null=True, help_text="Of a review: what was said in the one before.")


class AssessmentPageSerializer(serializers.Serializer):
    """A section of the family, or of one member (``person``)."""

    section = serializers.CharField()
    person = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    questions = AssessmentQuestionSerializer(many=True)


class AssessmentSerializer(serializers.ModelSerializer):
    """One assessment, or a review of the one before."""

    family = serializers.UUIDField(source="family.shown.uid")
    reviews = serializers.UUIDField(source="reviews.uid", default=None, allow_null=True)
    tool = serializers.CharField(source="tool.__str__")
    started_by = serializers.StringRelatedField()
    finished_by = serializers.StringRelatedField(allow_null=True)
    signed_by = serializers.StringRelatedField(allow_null=True)
    sent_back_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Assessment
        fields = [
            "uid", "family", "number", "tool", "reviews", "state", "revision", "started_on", "started_by",
            "finished_on", "finished_by", "sent_back_on", "sent_back_by", "sent_back_because", "signed_on", "signed_by",
        ]  # fmt: skip
        read_only_fields = fields


class AssessmentInFullSerializer(serializers.Serializer):
    assessment = AssessmentSerializer()
    pages = AssessmentPageSerializer(many=True)


class AssessmentsSerializer(serializers.Serializer):
    """All assessments of a family, the newest first, and when the next is due."""

    due_on = serializers.DateField(allow_null=True)
    assessments = AssessmentSerializer(many=True)


class WriteAssessmentSerializer(serializers.Serializer):
    """``revision``: the assessment's as it was read; an answer that somebody changed since is refused with 409."""

    section = serializers.CharField(max_length=40)
    person = serializers.UUIDField(default=None, allow_null=True)
    revision = serializers.IntegerField(min_value=0)
    answers = serializers.DictField(child=AssessmentAnswerSerializer(), allow_empty=False)


class SendBackAssessmentSerializer(serializers.Serializer):
    because = serializers.CharField(max_length=rules.LONGEST)


def plain(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None or answer.is_blank:
        return None
    return answer.as_json | {"told_by": answer.told_by or None}


def pages_in_full(found: Assessment, *, by: User) -> list[dict[str, Any]]:
    members, before = page.whole(found, by=by, on=today())
    now, then = found.said(), before.said() if before else {}
    return [
        page_in_full(one, now.get("", {}), now.get(one.subject, {}), then.get(one.subject, {}))
        for one in services.pages_of(found, members)
    ]


def page_in_full(one: services.Page, of_family: rules.Answers, now: rules.Answers, then: rules.Answers) -> dict:
    asked = rules.asked_of(one.section.questions, {**of_family, **now}, is_child=one.is_child)
    questions = [
        {
            "code": q.code, "words": q.words, "form": q.form, "needed": q.needed, "options": dict(q.choices),
            "is_asked": q in asked, "now": plain(now.get(q.code)), "then": plain(then.get(q.code)),
        }
        for q in one.section.questions
    ]  # fmt: skip
    person = one.person.uid if one.person else None
    return {"section": one.section.code, "person": person, "title": one.title, "questions": questions}


def answered(request: Request, uid: UUID, what: str, *, status: int = 200) -> Response:
    found = assessment_or_refuse(request.user, uid)
    log_view(request, what, family=found.family)
    whole = {"assessment": found, "pages": pages_in_full(found, by=request.user)}
    return Response(AssessmentInFullSerializer(whole).data, status=status)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class Assessments(OnceMixin, APIView):
    """A family's assessments, and a way to start one."""

    @extend_schema(operation_id="assessments_list", responses=AssessmentsSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        family = family_or_refuse(request.user, uid)
        log_view(request, "Assessments", family=family)
        rows = Assessment.objects.visible_to(request.user).filter(family=family).for_page()
        due = page.standing_of(family, by=request.user, on=today()).due_on
        return Response(AssessmentsSerializer({"due_on": due, "assessments": rows}).data)

    @extend_schema(operation_id="assessment_start", request=None, responses={201: AssessmentInFullSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Start one, or a review as a copy of the last; one that is in hand is given as it is."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        made = services.start_assessment(family, by=request.user, on=today())
        return answered(request, made.uid, "Start an assessment", status=CREATED)


class AssessmentInFull(APIView):
    @extend_schema(operation_id="assessment_read", responses=AssessmentInFullSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        """Give one with its questions, what is said, and what was said in the one before."""
        return answered(request, uid, "Assessment")


class WriteAnswers(OnceMixin, APIView):
    @extend_schema(
        operation_id="assessment_write", request=WriteAssessmentSerializer, responses=AssessmentInFullSerializer
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Write answers of one page. What is not named stays; an answer without a value is taken away."""
        found = assessment_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, WriteAssessmentSerializer)
        members = services.members_of(found, by=request.user, on=today())
        key = f"{said['section']}:{said['person'] or ''}"
        at = next((one for one in services.pages_of(found, members) if one.key == key), None)
        if at is None:
            raise serializers.ValidationError({"section": ["There is no such part, or it does not ask about them."]})
        answers = {code: as_answer(one) for code, one in said["answers"].items()}
        try:
            saved = services.save_page(found, at, answers=answers, revision=said["revision"], by=request.user)
        except services.WrongAnswers as wrong:
            raise serializers.ValidationError({"answers": wrong.problems}) from wrong
        if saved.differing:
            raise Conflict(CHANGED.format(", ".join(saved.differing)))
        return answered(request, found.uid, "Write an assessment")


def as_answer(said: dict[str, Any]) -> Answer:
    told, kept = said["told_by"], frozenset(str(uid) for uid in said["kept_from"])
    return Answer(said["value"], said["grade"], str(told) if told else "", said["told_by_other"], kept)


class FinishAssessment(OnceMixin, APIView):
    @extend_schema(operation_id="assessment_finish", request=None, responses=AssessmentInFullSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that it is complete; what is missing is named."""
        found = assessment_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        services.finish_assessment(found, by=request.user, on=today())
        return answered(request, uid, "Finish an assessment")


class SignAssessment(OnceMixin, APIView):
    @extend_schema(operation_id="assessment_sign_off", request=None, responses=AssessmentInFullSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Sign a finished one off: it does not change any more, and its needs are found."""
        found = assessment_or_refuse(request.user, uid, can=Can.SIGN_ASSESSMENT)
        services.sign_off(found, by=request.user, on=today())
        return answered(request, uid, "Sign an assessment off")


class SendBackAssessment(OnceMixin, APIView):
    @extend_schema(
        operation_id="assessment_send_back", request=SendBackAssessmentSerializer, responses=AssessmentInFullSerializer
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Send a finished one back with a reason."""
        found = assessment_or_refuse(request.user, uid, can=Can.SIGN_ASSESSMENT)
        services.send_back(found, by=request.user, on=today(), **read(request, SendBackAssessmentSerializer))
        return answered(request, uid, "Send an assessment back")


class ThrowAwayAssessment(OnceMixin, APIView):
    @extend_schema(operation_id="assessment_throw_away", request=None, responses=AssessmentInFullSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Give up one that is not finished. What it said stays to be read."""
        found = assessment_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        services.throw_away_assessment(found, by=request.user, on=today())
        return answered(request, uid, "Throw an assessment away")


urlpatterns = [
    path("families/<uuid:uid>/assessments/", Assessments.as_view(), name="api-assessments"),
    path("assessments/<uuid:uid>/", AssessmentInFull.as_view(), name="api-assessment"),
    path("assessments/<uuid:uid>/answers/", WriteAnswers.as_view(), name="api-write-assessment"),
    path("assessments/<uuid:uid>/finish/", FinishAssessment.as_view(), name="api-finish-assessment"),
    path("assessments/<uuid:uid>/sign-off/", SignAssessment.as_view(), name="api-sign-assessment"),
    path("assessments/<uuid:uid>/send-back/", SendBackAssessment.as_view(), name="api-send-back-assessment"),
    path("assessments/<uuid:uid>/throw-away/", ThrowAwayAssessment.as_view(), name="api-throw-away-assessment"),
]
