"""What changed since a run was frozen, for programs: the lines, and having them looked at again."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from performance.claims.models import ClaimRun
from performance.since import services
from performance.since.models import LineSince
from performance.since.told import What
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.api import SignedInRecently
from slf.work.api import JobSerializer
from slf.work.once import OnceMixin


class ChangeSerializer(serializers.Serializer):
    what = serializers.ChoiceField(choices=[what.value for what in What])
    said = serializers.CharField()


class LineSinceSerializer(serializers.ModelSerializer):
    """One line: what changed, and in words which answers would be others on what is known today."""

    judged = serializers.UUIDField(source="judged.uid")
    reference = serializers.CharField(source="judged.reference")
    changed = serializers.SerializerMethodField()
    decided_otherwise = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = LineSince
        fields = ["judged", "reference", "looked_at", "changed", "decided_otherwise"]

    def get_changed(self, row) -> list[dict[str, str]]:
        return [{"what": what, "said": said} for what, said in row.changed]


class Since(OnceMixin, generics.ListAPIView):
    """The lines of a run whose evidence changed since it was frozen."""

    serializer_class = LineSinceSerializer
    permission_classes = [IsAuthenticated, SignedInRecently]
    queryset = LineSince.objects.none()

    def get_queryset(self):
        run = get_or_refuse(ClaimRun, self.request.user, uid=self.kwargs["uid"])
        return LineSince.objects.visible_to(self.request.user).of_run(run)

    def list(self, request, *args, **kwargs):
        page = self.paginate_queryset(self.get_queryset())
        log_view(request, "Changed since a claim was frozen", families=[row.family_id for row in page])
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(request=None, responses={202: JobSerializer})
    def post(self, request, uid):
        """Have every claimed line looked at again."""
        run = get_or_refuse(ClaimRun, request.user, can=Can.PREPARE_CLAIM, uid=uid)
        job = services.look_now(run, by=request.user)
        return Response(JobSerializer(job, context={"request": request}).data, status=202)


urlpatterns = [path("claim-runs/<uuid:uid>/since/", Since.as_view(), name="api-since")]
