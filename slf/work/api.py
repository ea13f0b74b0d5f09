"""Jobs for programs: asked for elsewhere, followed here."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from slf.work.models import Job
from slf.work.once import OnceMixin
from slf.work.services import try_again


class JobSerializer(serializers.ModelSerializer):
    title = serializers.CharField(read_only=True)
    state_name = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = Job
        fields = [
            "uid", "kind", "title", "state", "state_name", "done", "total", "sentence", "error",
            "result", "result_url", "created_at", "started_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields


class JobViewSet(OnceMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """One job that you asked for: its state, how far it is, and its result."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        return Job.objects.asked_by(self.request.user)

    @extend_schema(request=None, responses={status.HTTP_202_ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def again(self, request: Request, uid: str) -> Response:
        """Start a job that gave up once more."""
        job = try_again(self.get_object(), by=request.user)
        return Response(self.get_serializer(job).data, status=status.HTTP_202_ACCEPTED)


def register(router: BaseRouter) -> None:
    router.register("jobs", JobViewSet, basename="job")
