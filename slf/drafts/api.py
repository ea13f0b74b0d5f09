"""A person's own drafts, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from slf.drafts import services
from slf.drafts.models import Draft
from slf.drafts.wire import WrittenSerializer


class DraftSerializer(serializers.ModelSerializer):
    """A draft's newest state."""

    kind_name = serializers.CharField(source="get_kind_display", read_only=True)
    content = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), read_only=True)
    verdict = serializers.SerializerMethodField(help_text="After saving: same, newer, or conflict (kept as a copy).")

    class Meta:
        model = Draft
        fields = ["uid", "kind", "kind_name", "content", "revision", "saved_at", "sent_at", "verdict"]
        read_only_fields = fields

    def get_verdict(self, draft) -> str:
        return self.context.get("verdict", "")


class DraftViewSet(viewsets.ReadOnlyModelViewSet):
    """Your unsent notes. PUT keeps a state: a newer one replaces, a contradicting one is kept as a copy."""

    queryset = Draft.objects.none()
    serializer_class = DraftSerializer
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        return Draft.objects.of(self.request.user).with_something_in_it().order_by("-saved_at")

    @extend_schema(request=WrittenSerializer, responses=DraftSerializer)
    def update(self, request: Request, uid) -> Response:
        sent = WrittenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        saved = services.save_draft(uid, by=request.user, written=sent.written, of=sent.begun_as)
        return Response(DraftSerializer(saved.draft, context={"verdict": saved.verdict}).data)


def register(router) -> None:
    router.register("drafts", DraftViewSet, basename="draft")
