"""Files from agencies for programs: send one, follow it, read its rows."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from rest_framework import generics, serializers
from rest_framework.parsers import MultiPartParser

from families.hub.gate import rows_of
from families.hub.models import FeedFile, FeedRetry, FeedRow
from families.hub.rules import FEEDS, Area, BadFile, State, area_problem, days_problem
from families.hub.services import receive_file
from families.hub.shown import families_of
from slf.access.api import MayLoadFeeds
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin


class FeedRetrySerializer(serializers.ModelSerializer):
    class Meta:
        model = FeedRetry
        fields = ["asked_on", "tried", "became"]


class FeedFileSerializer(serializers.ModelSerializer):
    job = serializers.UUIDField(source="job.uid", read_only=True)
    retries = FeedRetrySerializer(many=True, read_only=True)
    file = serializers.FileField(write_only=True)
    first_day = serializers.DateField(write_only=True)
    last_day = serializers.DateField(write_only=True)
    localities = serializers.ListField(
        child=serializers.SlugField(), source="searched_localities", required=False,
        help_text="Where the agency searched its records, by slug, if not in the whole county.",
    )  # fmt: skip

    class Meta:
        model = FeedFile
        fields = [
            "uid",
            "feed",
            "name",
            "rows_expected",
            "whole_county",
            "localities",
            "received_on",
            "uploaded_at",
            "job",
            "retries",
            "file",
            "first_day",
            "last_day",
        ]
        read_only_fields = ["uid", "name", "rows_expected", "received_on", "uploaded_at"]

    def validate(self, attrs):
        if problem := days_problem(attrs["first_day"], attrs["last_day"], on=today()):
            raise serializers.ValidationError({"last_day": [problem]})
        if problem := area_problem(area_of(attrs), known=Locality.objects.values_list("slug", flat=True)):
            raise serializers.ValidationError({"localities": [problem]})
        return attrs

    def create(self, validated_data):
        feed, covers = FEEDS[validated_data["feed"]], (validated_data["first_day"], validated_data["last_day"])
        file, area, by = validated_data["file"], area_of(validated_data), validated_data["by"]
        try:
            return receive_file(file, feed=feed, covers=covers, area=area, by=by)
        except BadFile as refusal:
            raise serializers.ValidationError({"file": [str(refusal)]}) from refusal


def area_of(answers: Mapping[str, Any]) -> Area:
    return Area(answers.get("whole_county", False), tuple(answers.get("searched_localities", ())))


class FeedRowSerializer(serializers.ModelSerializer):
    class Meta:
        model = FeedRow
        fields = ["number", "line", "raw", "state", "reason"]


class FeedFiles(OnceMixin, generics.ListCreateAPIView):
    """Files received, and a way to send one."""

    permission_classes = [MayLoadFeeds]
    parser_classes = [MultiPartParser]
    serializer_class = FeedFileSerializer
    queryset = FeedFile.objects.none()

    def get_queryset(self):
        return FeedFile.objects.visible_to(self.request.user, can=Can.LOAD_FEED).for_list().prefetch_related("retries")

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Files from agencies")
        return page

    def perform_create(self, serializer):
        serializer.save(by=self.request.user)


class FeedFileDetail(generics.RetrieveAPIView):
    """One file and its job."""

    permission_classes = [MayLoadFeeds]
    serializer_class = FeedFileSerializer
    lookup_field = "uid"
    queryset = FeedFile.objects.none()

    def get_queryset(self):
        return FeedFile.objects.visible_to(self.request.user, can=Can.LOAD_FEED).for_list().prefetch_related("retries")

    def get_object(self):
        file = super().get_object()
        log_view(self.request, f"File {file.name}")
        return file


class FeedRows(generics.ListAPIView):
    """Rows of one file, each with what became of it; ``?state=unmatched`` narrows."""

    permission_classes = [MayLoadFeeds]
    serializer_class = FeedRowSerializer
    queryset = FeedRow.objects.none()

    def get_queryset(self):
        self.file = get_or_refuse(FeedFile, self.request.user, can=Can.LOAD_FEED, uid=self.kwargs["uid"])
        rows = rows_of(self.file, user=self.request.user, on=today())
        state = self.request.query_params.get("state")
        return rows.filter(state=state) if state in set(State) else rows

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, f"Rows of {self.file.name}", families=families_of(page, user=self.request.user))
        return page


urlpatterns = [
    path("feed-files/", FeedFiles.as_view(), name="api-feed-files"),
    path("feed-files/<uuid:uid>/", FeedFileDetail.as_view(), name="api-feed-file"),
    path("feed-files/<uuid:uid>/rows/", FeedRows.as_view(), name="api-feed-rows"),
]
