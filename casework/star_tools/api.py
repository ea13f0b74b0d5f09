"""The stars for programs: which are in use, and taking another one into use."""

from django.urls import path
from rest_framework import exceptions, generics, serializers

from casework.star_tools import services
from casework.star_tools.definition import star_in
from casework.stars.api import ToolSerializer
from casework.stars.models import StarTool
from families.hub.rules import BadFile
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin


class StarToolSerializer(ToolSerializer):
    """A star that is in use; to take one into use, its ``sheet`` (see ``docs/stars.md``)."""

    sheet = serializers.CharField(write_only=True, max_length=20_000, trim_whitespace=False)

    class Meta(ToolSerializer.Meta):
        fields = [*ToolSerializer.Meta.fields, "starts_on", "source", "licence", "instead_of", "sheet"]
        read_only_fields = ["code", "version", "name", "lowest", "highest"]

    def validate_sheet(self, sheet: str):
        try:
            return star_in(sheet.encode())
        except BadFile as wrong:
            raise serializers.ValidationError(str(wrong)) from wrong


class StarTools(OnceMixin, generics.ListCreateAPIView):
    """The stars that new readings are taken with today; administrators take another one into use."""

    serializer_class = StarToolSerializer
    queryset = StarTool.objects.none()
    pagination_class = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        rights = rights_of(request.user)
        if not (rights.may(Can.KEEP_LISTS) if request.method == "POST" else rights.is_staff):
            raise exceptions.PermissionDenied

    def filter_queryset(self, queryset):
        return StarTool.objects.each_in_use(on=today())

    def perform_create(self, serializer):
        given = dict(serializer.validated_data)
        serializer.instance = services.take_into_use(given.pop("sheet"), by=self.request.user, **given)


urlpatterns = [path("star-tools/", StarTools.as_view(), name="api-star-tools")]
