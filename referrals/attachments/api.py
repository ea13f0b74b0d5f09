"""Files of a referral for programs."""

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, parsers, serializers
from rest_framework.response import Response

from referrals.attachments import services
from referrals.attachments.handing import handed_out, of_draft, of_referral
from referrals.attachments.models import Attachment
from referrals.intake.api import ForThoseWho
from referrals.intake.models import Referral
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can


class AttachmentSerializer(serializers.ModelSerializer):
    """A file; its content is at its own address."""

    file = serializers.FileField(write_only=True)

    class Meta:
        model = Attachment
        fields = ["uid", "name", "content_type", "size", "digest", "added_at", "file"]
        read_only_fields = ["uid", "name", "content_type", "size", "digest", "added_at"]


class OfDraft(ForThoseWho, generics.GenericAPIView):
    """The files of your draft. What is not a PDF, a Word document or a picture, or too large, comes back as 422."""

    serializer_class = AttachmentSerializer
    queryset = Attachment.objects.none()
    parser_classes = (parsers.MultiPartParser,)
    needs = Can.REFER

    def draft(self) -> Referral:
        rows = Referral.objects.drafts_of(self.request.user)
        draft = get_or_refuse(rows, self.request.user, can=Can.REFER, uid=self.kwargs["uid"])
        log_view(self.request, "Draft referral")
        return draft

    @extend_schema(responses=AttachmentSerializer(many=True))
    def get(self, request, *args, **kwargs):
        return Response(self.get_serializer(self.draft().attachments.all(), many=True).data)

    def post(self, request, *args, **kwargs):
        draft, given = self.draft(), self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        attached = services.attach_file(draft, by=request.user, file=file, name=file.name)
        return Response(self.get_serializer(attached).data, status=201)


class OneOfDraft(ForThoseWho, generics.GenericAPIView):
    """One file of your draft: its content, or take it off."""

    serializer_class = AttachmentSerializer
    queryset = Attachment.objects.none()
    needs = Can.REFER

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request, *args, **kwargs):
        return handed_out(request, of_draft(request, kwargs["uid"], kwargs["file"]))

    @extend_schema(responses={204: None})
    def delete(self, request, *args, **kwargs):
        attachment = of_draft(request, kwargs["uid"], kwargs["file"])
        log_view(request, "Draft referral")
        services.take_off(attachment, by=request.user)
        return Response(status=204)


class OneOfReferral(ForThoseWho, generics.GenericAPIView):
    """The content of one file of a referral that you triage."""

    serializer_class = AttachmentSerializer
    queryset = Attachment.objects.none()
    needs = Can.TRIAGE

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request, *args, **kwargs):
        return handed_out(request, of_referral(request, kwargs["uid"], kwargs["file"]))


urlpatterns = [
    path("referrals/<uuid:uid>/files/", OfDraft.as_view(), name="api-referral-files"),
    path("referrals/<uuid:uid>/files/<uuid:file>/", OneOfDraft.as_view(), name="api-referral-file"),
    path("triage/<uuid:uid>/files/<uuid:file>/", OneOfReferral.as_view(), name="api-triage-file"),
]
