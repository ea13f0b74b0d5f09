"""Lists that localities kept, for programs: send one, see what would be made, confirm, read the report."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.importing import paper, services
from casework.importing.forms import LONGEST_SOURCE
from casework.importing.models import ImportFile, ImportRow
from casework.importing.rules.judging import State
from families.hub.rules import BadFile
from slf.access.api import MayLoadFeeds
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.access.rules import Can
from slf.work.once import OnceMixin

ACCEPTED = 202


class ImportFileSerializer(serializers.ModelSerializer):
    """A list as it was sent. ``checked_on`` is empty until it was tried once, ``made_at`` until it is made."""

    locality = serializers.SlugRelatedField(slug_field="slug", queryset=Locality.objects.none())
    source = serializers.CharField(max_length=LONGEST_SOURCE)
    check_job = serializers.UUIDField(source="check_job.uid", read_only=True, allow_null=True, default=None)
    make_job = serializers.UUIDField(source="make_job.uid", read_only=True, allow_null=True, default=None)
    file = serializers.FileField(write_only=True)

    class Meta:
        model = ImportFile
        fields = [
            "uid", "locality", "source", "name", "rows_expected", "received_on", "uploaded_at", "checked_on",
            "confirmed_on", "made_at", "taken_back_at", "check_job", "make_job", "file",
        ]  # fmt: skip
        read_only_fields = [
            "uid", "name", "rows_expected", "received_on", "uploaded_at", "checked_on", "confirmed_on", "made_at",
            "taken_back_at",
        ]  # fmt: skip

    def get_fields(self):
        fields = super().get_fields()
        if (request := self.context.get("request")) and request.user.is_authenticated:
            fields["locality"].queryset = services.may_load_for(request.user)
        return fields

    def create(self, validated_data):
        said = validated_data
        try:
            return services.receive_list(said["file"], locality=said["locality"], source=said["source"], by=said["by"])
        except BadFile as refusal:
            raise serializers.ValidationError({"file": [str(refusal)]}) from refusal


class ImportSumsSerializer(serializers.Serializer):
    """How many of one kind the file has, and what becomes of them: the sum of all but ``total`` is ``total``."""

    what = serializers.CharField()
    total = serializers.IntegerField()
    ready = serializers.IntegerField()
    made = serializers.IntegerField()
    known = serializers.IntegerField()
    held = serializers.IntegerField()
    refused = serializers.IntegerField()
    taken_back = serializers.IntegerField()


class ImportNumbersSerializer(serializers.Serializer):
    """What became of the numbers in rows that are made: the sum of all but ``total`` is ``total``."""

    total = serializers.IntegerField()
    kept = serializers.IntegerField()
    to_check = serializers.IntegerField()
    not_taken = serializers.IntegerField()


class ImportReportSerializer(serializers.Serializer):
    """How far a list is. Whoever may confirm it may start one again whose making has ``stopped``."""

    file = ImportFileSerializer()
    sums = ImportSumsSerializer(many=True)
    numbers = ImportNumbersSerializer()
    stopped = serializers.BooleanField()


class ImportProblemSerializer(serializers.Serializer):
    column = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()
    level = serializers.ChoiceField(["refused", "held", "warning"])


class ImportRowSerializer(serializers.ModelSerializer):
    problems = ImportProblemSerializer(many=True, read_only=True)

    class Meta:
        model = ImportRow
        fields = ["sheet", "number", "reference", "state", "problems", "raw"]


class ImportFiles(OnceMixin, generics.ListCreateAPIView):
    """Lists that were sent, and a way to send one: it is tried at once, and changes nothing until it is confirmed."""

    permission_classes = [MayLoadFeeds]
    parser_classes = [MultiPartParser]
    serializer_class = ImportFileSerializer
    queryset = ImportFile.objects.none()

    def get_queryset(self):
        return ImportFile.objects.visible_to(self.request.user, can=Can.LOAD_FEED).for_list()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Lists brought over")
        return page

    def perform_create(self, serializer):
        serializer.save(by=self.request.user)


class OfAFile(OnceMixin, APIView):
    permission_classes = [MayLoadFeeds]

    def file(self) -> ImportFile:
        rows = ImportFile.objects.for_list()
        file: ImportFile = get_or_refuse(rows, self.request.user, can=Can.LOAD_FEED, uid=self.kwargs["uid"])
        return file

    def report_of(self, file: ImportFile) -> dict:
        sums = [
            {"what": what, "total": total, **{state.value: numbers[state] for state in State}}
            for what, total, numbers in paper.tally(file, user=self.request.user)
        ]
        numbers = paper.numbers_made(file, user=self.request.user)
        told = {"file": file, "sums": sums, "numbers": numbers, "stopped": services.has_stopped(file)}
        return ImportReportSerializer(told, context={"request": self.request}).data


class ImportDetail(OfAFile):
    @extend_schema(operation_id="imports_report", responses=ImportReportSerializer)
    def get(self, request, uid):
        """Read how far it is, and the sums: what would be made, or what was."""
        file = self.file()
        log_view(request, f"List {file.name}")
        return Response(self.report_of(file))


class TryImport(OfAFile):
    @extend_schema(operation_id="imports_try", request=None, responses={202: ImportReportSerializer})
    def post(self, request, uid):
        """Try it again: what is known may have changed."""
        file = services.try_list(self.file(), by=request.user)
        return Response(self.report_of(file), status=ACCEPTED)


class MakeImport(OfAFile):
    @extend_schema(operation_id="imports_make", request=None, responses={202: ImportReportSerializer})
    def post(self, request, uid):
        """Confirm that what the last try said is made. A second time changes nothing, unless the making has stopped."""
        file = services.confirm_list(self.file(), by=request.user)
        return Response(self.report_of(file), status=ACCEPTED)


class LookUpNumbers(OfAFile):
    @extend_schema(operation_id="imports_numbers", request=None, responses={202: ImportReportSerializer})
    def post(self, request, uid):
        """Look up the numbers that are to be checked first, as far as one person may in 24 hours."""
        file = services.look_up_again(self.file(), by=request.user)
        return Response(self.report_of(file), status=ACCEPTED)


class ImportRows(generics.ListAPIView):
    """Rows of one list, each with what becomes of it and why; ``?state=refused`` narrows."""

    permission_classes = [MayLoadFeeds]
    serializer_class = ImportRowSerializer
    queryset = ImportRow.objects.none()

    def get_queryset(self):
        self.file = get_or_refuse(ImportFile, self.request.user, can=Can.LOAD_FEED, uid=self.kwargs["uid"])
        rows = ImportRow.objects.visible_to(self.request.user).filter(file=self.file).in_order()
        state = self.request.query_params.get("state")
        return rows.filter(state=state) if state in set(State) else rows

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        families = paper.families_of(page, user=self.request.user)
        log_view(self.request, f"Rows of {self.file.name}", families=families)
        return page


urlpatterns = [
    path("imports/", ImportFiles.as_view(), name="api-imports"),
    path("imports/<uuid:uid>/", ImportDetail.as_view(), name="api-import"),
    path("imports/<uuid:uid>/try/", TryImport.as_view(), name="api-import-try"),
    path("imports/<uuid:uid>/make/", MakeImport.as_view(), name="api-import-make"),
    path("imports/<uuid:uid>/numbers/", LookUpNumbers.as_view(), name="api-import-numbers"),
    path("imports/<uuid:uid>/rows/", ImportRows.as_view(), name="api-import-rows"),
]
