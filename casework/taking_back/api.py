"""Lists to be taken back, for programs: ask, see what would become of each family, decide."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.importing.models import ImportFile
from casework.taking_back import services
from casework.taking_back.models import TakingBack
from casework.taking_back.page import lines_of
from casework.taking_back.rules import ANSWERS, LONGEST, Answer
from slf.access.api import MayLoadFeeds, may
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.work.once import OnceMixin

CREATED = 201


class TakingBackSerializer(serializers.ModelSerializer):
    """A list that somebody wants taken back; ``taken`` and ``stayed`` are families, counted once it is done."""

    locality = serializers.CharField(source="locality.slug", read_only=True)
    confirmed_by = serializers.StringRelatedField()
    asked_by = serializers.StringRelatedField()
    decided_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = TakingBack
        fields = [
            "uid", "locality", "source", "file_name", "confirmed_by", "made_at", "asked_by", "asked_on", "reason",
            "state", "decided_by", "decided_on", "note", "taken", "stayed",
        ]  # fmt: skip
        read_only_fields = fields


class FamilyOfListSerializer(serializers.Serializer):
    """One family in sight; ``why`` says what was added, and is empty for one that would be taken back."""

    uid = serializers.UUIDField(source="family.uid")
    reference = serializers.CharField(source="family.reference")
    name = serializers.CharField(source="family.name")
    stays = serializers.BooleanField()
    why = serializers.CharField()
    people = serializers.CharField()


class TakingBackPageSerializer(serializers.Serializer):
    """``go`` + ``stay`` = ``total``; ``unseen`` of them are out of sight. ``?page=`` turns the families."""

    asked = TakingBackSerializer()
    total = serializers.IntegerField()
    go = serializers.IntegerField()
    stay = serializers.IntegerField()
    unseen = serializers.IntegerField()
    families = FamilyOfListSerializer(many=True)


class WhyTakeBackSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST)


class TakingBackAnswerSerializer(serializers.Serializer):
    answer = serializers.ChoiceField([(answer.value, words) for answer, words in ANSWERS.items()])
    note = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")


class AskToTakeBack(OnceMixin, APIView):
    permission_classes = [MayLoadFeeds]

    @extend_schema(
        operation_id="imports_take_back", request=WhyTakeBackSerializer, responses={201: TakingBackSerializer}
    )
    def post(self, request, uid):
        """Ask for what a list made to be taken back. A second time by the same person changes nothing."""
        file = get_or_refuse(ImportFile.objects.for_list(), request.user, can=Can.LOAD_FEED, uid=uid)
        log_view(request, f"List {file.name}, to be taken back")
        given = WhyTakeBackSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        taking = services.ask_to_take_back(file, by=request.user, **given.validated_data)
        return Response(TakingBackSerializer(taking).data, status=CREATED)


class TakingsBack(generics.ListAPIView):
    """Lists that somebody wants taken back, those to be decided first."""

    permission_classes = [may(services.DECIDES)]
    serializer_class = TakingBackSerializer
    queryset = TakingBack.objects.none()

    def get_queryset(self):
        return TakingBack.objects.visible_to(self.request.user, can=services.DECIDES).for_list()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Lists to be taken back")
        return page


class OfATaking(APIView):
    permission_classes = [may(services.DECIDES)]

    def find(self) -> TakingBack:
        rows = TakingBack.objects.for_list()
        found: TakingBack = get_or_refuse(rows, self.request.user, can=services.DECIDES, uid=self.kwargs["uid"])
        return found


class OneTakingBack(OfATaking):
    @extend_schema(operation_id="taking_back_read", responses=TakingBackPageSerializer)
    def get(self, request, uid):
        """Read what would become of each family of the list."""
        found = self.find()
        sums, _, lines = lines_of(found.file_id, user=request.user, page=request.query_params.get("page"))
        log_view(request, f"List {found.file_name}, to be taken back", families=[line.family.pk for line in lines])
        told = {"asked": found, "total": sums.total, "go": sums.go, "stay": sums.stay, "unseen": sums.unseen}
        return Response(TakingBackPageSerializer(told | {"families": lines}).data)


class AnswerTakingBack(OnceMixin, OfATaking):
    @extend_schema(
        operation_id="taking_back_answer", request=TakingBackAnswerSerializer, responses=TakingBackSerializer
    )
    def post(self, request, uid):
        """Take back what nobody has added to, or leave everything as it is; never whoever asked for it."""
        found = self.find()
        log_view(request, f"List {found.file_name}, to be taken back")
        given = TakingBackAnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        answer, note = Answer(said["answer"]), said["note"]
        taking = services.decide_on_taking_back(found, answer=answer, note=note, by=request.user)
        return Response(TakingBackSerializer(taking).data)


urlpatterns = [
    path("imports/<uuid:uid>/take-back/", AskToTakeBack.as_view(), name="api-import-take-back"),
    path("taking-back/", TakingsBack.as_view(), name="api-takings-back"),
    path("taking-back/<uuid:uid>/", OneTakingBack.as_view(), name="api-taking-back"),
    path("taking-back/<uuid:uid>/answer/", AnswerTakingBack.as_view(), name="api-answer-taking-back"),
]
