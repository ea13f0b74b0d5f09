"""Star readings for programs: a family's readings, and a way to take or correct one."""

from typing import Any

from django.urls import path
from rest_framework import generics, serializers

from casework.stars import services
from casework.stars.models import Reading, StarArea, StarStage, StarTool
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

NO_SUCH_READING = "There is no such reading of this family."


class AreaSerializer(serializers.ModelSerializer):
    class Meta:
        model = StarArea
        fields = ["code", "name", "asks"]


class StageSerializer(serializers.ModelSerializer):
    class Meta:
        model = StarStage
        fields = ["lowest", "highest", "name", "meaning"]


class ToolSerializer(serializers.ModelSerializer):
    """One version of a star, with its words."""

    areas = AreaSerializer(many=True, read_only=True)
    stages = StageSerializer(many=True, read_only=True)

    class Meta:
        model = StarTool
        fields = ["code", "version", "name", "lowest", "highest", "areas", "stages"]


class ReadingSerializer(serializers.ModelSerializer):
    """A family's marks on one day: ``{"area code": mark}``, without the areas that were not talked about."""

    tool = ToolSerializer(read_only=True)
    marks = serializers.DictField(child=serializers.IntegerField(), allow_empty=False)
    recorded_by = serializers.CharField(source="recorded_by.__str__", read_only=True)
    corrects = serializers.UUIDField(
        source="supersedes.uid", required=False, help_text="The reading that this one puts right; say why."
    )
    why_corrected = serializers.CharField(required=False, max_length=300)
    star = serializers.SlugField(
        required=False, write_only=True, help_text="The code of the star, where several are in use; else the first."
    )

    class Meta:
        model = Reading
        fields = [
            "uid", "star", "tool", "taken_on", "completed", "marks", "note", "recorded_by", "recorded_at", "corrects",
            "why_corrected",
        ]  # fmt: skip
        read_only_fields = ["uid", "recorded_at"]

    def validate_taken_on(self, day):
        if day > today():
            raise serializers.ValidationError("A reading cannot be of a day that is still to come.")
        return day

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if bool(given.get("supersedes")) != bool(given.get("why_corrected")):
            raise serializers.ValidationError({"why_corrected": "A correction names the reading and says why."})
        return given


class StarReadings(OnceMixin, generics.ListCreateAPIView):
    """A family's star readings, newest first, those that were corrected included."""

    serializer_class = ReadingSerializer
    queryset = Reading.objects.none()

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        can = Can.WORK_FAMILY if request.method == "POST" else Can.READ
        self.family = get_or_refuse(Family.objects.open_to(request.user), request.user, can=can, uid=kwargs["uid"])

    def list(self, request, *args, **kwargs):
        answer = super().list(request, *args, **kwargs)
        log_view(request, "Star readings", family=self.family)
        return answer

    def get_queryset(self):
        return Reading.objects.visible_to(self.request.user).filter(family=self.family).for_page()

    def perform_create(self, serializer):
        given = dict(serializer.validated_data)
        corrects, why = given.pop("supersedes", None), given.pop("why_corrected", "")
        star = given.pop("star", "")
        try:
            serializer.instance = self._take(given, corrects=corrects, why=why, star=star)
        except services.MarksRefused as refused:
            raise serializers.ValidationError({"marks": refused.problems}) from refused

    def _take(self, given: dict[str, Any], *, corrects: dict[str, Any] | None, why: str, star: str) -> Reading:
        if corrects is None:
            return services.take_reading(self.family, tool=self._star(star), by=self.request.user, **given)
        rows = Reading.objects.visible_to(self.request.user).filter(family=self.family).for_page()
        if (wrong := rows.filter(uid=corrects["uid"]).first()) is None:
            raise serializers.ValidationError({"corrects": NO_SUCH_READING})
        return services.correct_reading(wrong, by=self.request.user, why=why, **given)

    def _star(self, code: str) -> StarTool:
        tool = StarTool.objects.in_use(on=today(), code=code)
        if code and tool.code != code:
            raise serializers.ValidationError({"star": "No such star is in use."})
        return tool


urlpatterns = [path("families/<uuid:uid>/star-readings/", StarReadings.as_view(), name="api-star-readings")]
