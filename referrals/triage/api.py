"""Triage for programs: the queue, one referral, accept and decline."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.response import Response

from families.people.models import Family, Membership
from families.people.services import ever_in_each
from families.sharing.models import Agreement
from referrals.attachments.models import Attachment
from referrals.directory.models import Service
from referrals.enquiries import rules as enquiries
from referrals.enquiries.models import Enquiry
from referrals.intake.api import ForThoseWho, NeedSerializer, PersonSerializer
from referrals.intake.models import MatchQuestion, Referral
from referrals.intake.rules import GIVEN, State
from referrals.triage import likeness, rules, services
from referrals.triage.asking import ask_referrer
from referrals.triage.elsewhere import pass_on_referral, signpost_referral
from referrals.triage.joining import Choice, Fate
from referrals.triage.likeness import Like
from referrals.triage.missing import what_was_missing
from referrals.triage.questions import DECIDES, answer_question, questions_for
from referrals.triage.queue import REVIEWERS, SHOWN, SORTS, assign_reviewer, queue_of, reviewers_for
from referrals.triage.services import Agreed, Joining
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

AGREED_HOW = Agreement.How.choices[1:]
NO_SUCH_FAMILY = "There is no such family among those like this referral."


class WaitingSerializer(serializers.ModelSerializer):
    """A referral as the queue shows it."""

    name = serializers.CharField(read_only=True)
    locality = serializers.CharField(source="locality.slug", read_only=True)
    needs_count = serializers.SerializerMethodField()
    band = serializers.CharField(source="band.label", read_only=True)
    working_days_waited = serializers.SerializerMethodField()
    working_days_left = serializers.SerializerMethodField()
    reviewer = serializers.CharField(source="reviewer.username", default=None, read_only=True)

    class Meta:
        model = Referral
        fields = [
            "uid", "reference", "name", "agency", "locality", "state", "sent_on", "due_on", "working_days_waited",
            "working_days_left", "asked_on", "reply_by", "needs_count", "band", "agreement", "in_danger", "reviewer",
            "told_to_ring_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_needs_count(self, referral: Referral) -> int:
        return len(referral.needs.all())

    def get_working_days_waited(self, referral: Referral) -> int:
        return services.clock_of(referral, on=today()).waited

    def get_working_days_left(self, referral: Referral) -> int:
        return services.clock_of(referral, on=today()).left


class PairSerializer(serializers.Serializer):
    """Somebody of the referral and whom of the record they are like; both uids are what accepting names."""

    person = serializers.UUIDField(source="person.uid")
    person_name = serializers.CharField(source="person.__str__")
    person_born_on = serializers.DateField(source="person.born_on", allow_null=True)
    member = serializers.UUIDField(source="member.person.uid")
    member_name = serializers.CharField(source="member.person.__str__")
    member_born_on = serializers.DateField(source="member.person.born_on", allow_null=True)
    why = serializers.CharField(source="likeness.words")


class HouseholdMemberSerializer(serializers.ModelSerializer):
    """Somebody who is or was in the family."""

    member = serializers.UUIDField(source="person.uid")
    name = serializers.CharField(source="person.__str__")
    born_on = serializers.DateField(source="person.born_on", allow_null=True)
    until = serializers.DateField(source="period.upper", allow_null=True)

    class Meta:
        model = Membership
        fields = ["member", "name", "born_on", "part", "until"]
        read_only_fields = fields


class LikeSerializer(serializers.Serializer):
    """A family you may see that this could be, with everybody who is or was in it."""

    family = serializers.UUIDField(source="family.uid")
    reference = serializers.CharField(source="family.reference")
    name = serializers.CharField(source="family.name")
    reasons = serializers.ListField(child=serializers.CharField())
    pairs = PairSerializer(many=True)
    household = serializers.SerializerMethodField()

    @extend_schema_field(HouseholdMemberSerializer(many=True))
    def get_household(self, like: Like) -> list[dict]:
        return HouseholdMemberSerializer(self.context["households"][like.family.pk], many=True).data


class EnquirySerializer(serializers.ModelSerializer):
    """What the team asked the referrer, and the reply."""

    asked_by = serializers.CharField(source="asked_by.__str__", read_only=True)

    class Meta:
        model = Enquiry
        fields = ["uid", "round", "about", "question", "asked_by", "asked_on", "reply_by", "reply", "replied_on"]
        read_only_fields = fields


class FileSerializer(serializers.ModelSerializer):
    """A file of the referral; its content is at ``files/{uid}/`` below it."""

    class Meta:
        model = Attachment
        fields = ["uid", "name", "content_type", "size", "digest", "added_at"]
        read_only_fields = fields


class ReferralSerializer(WaitingSerializer):
    """A referral with everything. ``elsewhere`` is the same sentence always; ``to_do`` what the duty manager asks.

    A decision may name the ``revision`` it was made from: it is refused with 409 when the referrer replied since.
    """

    people = PersonSerializer(many=True, read_only=True)
    needs = NeedSerializer(many=True, read_only=True)
    agreed_by = serializers.StringRelatedField(allow_null=True)
    family = serializers.UUIDField(source="family.uid", default=None, read_only=True)
    decided_by = serializers.StringRelatedField(allow_null=True)
    enquiries = EnquirySerializer(many=True, read_only=True)
    files = FileSerializer(source="attachments", many=True, read_only=True)
    likes = serializers.SerializerMethodField()
    elsewhere = serializers.SerializerMethodField()

    class Meta(WaitingSerializer.Meta):
        fields = [
            *WaitingSerializer.Meta.fields, "revision", "people", "address", "postcode", "phone", "safe_contact",
            "needs", "whole_family", "whole_family_why", "family_knows", "refused_why", "agreed_on", "agreed_by",
            "spoke_to", "enquiries", "files", "likes", "elsewhere", "to_do",
            "family", "decided_by", "decided_on", "reason", "message",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema(responses=LikeSerializer(many=True))
    def get_likes(self, referral: Referral) -> list[dict]:
        return LikeSerializer(self.context["likes"], many=True, context=self.context).data

    def get_elsewhere(self, referral: Referral) -> str:
        return rules.ELSEWHERE


class ChoiceSerializer(serializers.Serializer):
    """Who one person of the referral is in the family: the same person as a member, somebody new, or not part of it."""

    person = serializers.UUIDField()
    fate = serializers.ChoiceField(choices=[(fate.value, fate.label) for fate in Fate])
    member = serializers.UUIDField(required=False, allow_null=True)

    def validate(self, given):
        if (given["fate"] == Fate.SAME) != bool(given.get("member")):
            raise serializers.ValidationError({"member": "Name the member for the same person, and only then."})
        return given


class DecisionSerializer(serializers.Serializer):
    """What every decision may say: the revision of the referral it was made from."""

    revision = serializers.IntegerField(required=False)


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
    reason = serializers.ChoiceField(choices=list(rules.REASONS.items()))
    message = serializers.CharField(max_length=1000)


class ReviewerSerializer(serializers.Serializer):
    """Several referrals and who is to look at them: the username of somebody who decides there, or nobody."""

    referrals = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=200)
    reviewer = serializers.CharField(allow_null=True)


class AssignedSerializer(serializers.Serializer):
    assigned = serializers.IntegerField()


class Assign(ForThoseWho, OnceMixin, generics.GenericAPIView):
    """Give several referrals to one reviewer, all of them or none."""

    serializer_class = ReviewerSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    @extend_schema(responses=AssignedSerializer)
    def post(self, request, *args, **kwargs):
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        number = assign_reviewer(
            given.validated_data["referrals"], by=request.user, to=self.reviewer(given.validated_data["reviewer"])
        )
        return Response({"assigned": number})

    def reviewer(self, username: str | None):
        if username is None:
            return None
        if (found := reviewers_for(self.request.user).filter(username=username).first()) is None:
            raise serializers.ValidationError({"reviewer": "There is no such person among those who decide there."})
        return found


CHOICES = [
    OpenApiParameter("reviewer", str, enum=list(REVIEWERS)),
    OpenApiParameter("show", str, enum=list(SHOWN)),
    OpenApiParameter("sort", str, enum=list(SORTS)),
]


@extend_schema(parameters=CHOICES)
class Queue(ForThoseWho, generics.ListAPIView):
    """Referrals that your localities have still to decide, the most pressing first; those that wait for a reply not."""

    serializer_class = WaitingSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    def get_queryset(self):
        chosen = {name: self.request.query_params.get(name, "") for name in ("reviewer", "show", "sort")}
        return queue_of(self.request.user, on=today(), **chosen).for_list()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Triage queue")
        return page


class ReferralView(ForThoseWho, generics.GenericAPIView):
    """What the addresses of one referral share."""

    serializer_class = ReferralSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    def find(self) -> Referral:
        rows = Referral.objects.exclude(sent_on=None).for_page()
        self.referral = get_or_refuse(rows, self.request.user, can=Can.TRIAGE, uid=self.kwargs["uid"])
        self.likes = likeness.like_families([self.referral], user=self.request.user)[self.referral.pk]
        became = [self.referral.family_id] if self.referral.family_id else []
        log_view(self.request, "Referral", families=[*became, *(like.family.pk for like in self.likes)])
        return self.referral

    def answer(self) -> Response:
        households = ever_in_each([like.family for like in self.likes], by=self.request.user)
        context = self.get_serializer_context() | {"likes": self.likes, "households": households}
        return Response(ReferralSerializer(self.referral, context=context).data)


class OneReferral(ReferralView):
    """One referral with everything."""

    def get(self, request, *args, **kwargs):
        self.find()
        return self.answer()


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


class MissingRowSerializer(serializers.Serializer):
    about = serializers.CharField()
    at_first = serializers.IntegerField()
    came_back = serializers.IntegerField()


class MissingSerializer(serializers.Serializer):
    """How many referrals were sent since 1 April, how many lacked something at first, and how many came back."""

    sent = serializers.IntegerField()
    incomplete = serializers.IntegerField()
    came_back = serializers.IntegerField()
    by_page = serializers.SerializerMethodField()

    @extend_schema_field(MissingRowSerializer(many=True))
    def get_by_page(self, found) -> list[dict]:
        return [{"about": about, "at_first": at_first, "came_back": back} for about, at_first, back in found.rows]


class Missing(ForThoseWho, generics.GenericAPIView):
    """What is missing from referrals most often. It names no family."""

    serializer_class = MissingSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    def get(self, request, *args, **kwargs):
        found = what_was_missing(request.user, since=rules.year_began(today()), until=today())
        return Response(self.get_serializer(found).data)


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


urlpatterns = [
    path("match-questions/", Questions.as_view(), name="api-match-questions"),
    path("match-questions/<uuid:uid>/answer/", AnswerQuestion.as_view(), name="api-match-question-answer"),
    path("triage/assign/", Assign.as_view(), name="api-triage-assign"),
    path("triage/missing/", Missing.as_view(), name="api-triage-missing"),
    path("triage/", Queue.as_view(), name="api-triage"),
    path("triage/<uuid:uid>/", OneReferral.as_view(), name="api-triage-referral"),
    path("triage/<uuid:uid>/accept/", Accept.as_view(), name="api-triage-accept"),
    path("triage/<uuid:uid>/esf/", SendToEsf.as_view(), name="api-triage-esf"),
    path("triage/<uuid:uid>/signpost/", Signpost.as_view(), name="api-triage-signpost"),
    path("triage/<uuid:uid>/pass-on/", PassOn.as_view(), name="api-triage-pass-on"),
    path("triage/<uuid:uid>/ask/", Ask.as_view(), name="api-triage-ask"),
    path("triage/<uuid:uid>/decline/", Decline.as_view(), name="api-triage-decline"),
]
