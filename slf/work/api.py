"""Jobs for programs: asked for elsewhere, followed here."""

from rest_framework import mixins, serializers, viewsets
from rest_framework.routers import BaseRouter

from slf.work.models import Job


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


class JobViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """One job that you asked for: its state, how far it is, and its result."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        return Job.objects.asked_by(self.request.user)


def register(router: BaseRouter) -> None:
    router.register("jobs", JobViewSet, basename="job")
