"""The state of files, for programs that watch over the service."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.files.services import state_of_scanner


class FoundFileSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    what = serializers.CharField(help_text="What it was sent as.")
    found = serializers.CharField(help_text="What the scanner calls it.")
    sender = serializers.StringRelatedField(allow_null=True)


class FilesSerializer(serializers.Serializer):
    """Whether a scanner is configured and answers, how many files wait for it and since when, and what it found."""

    is_configured = serializers.BooleanField()
    answers = serializers.BooleanField()
    waiting = serializers.IntegerField()
    waits_since = serializers.DateTimeField(allow_null=True)
    found = FoundFileSerializer(many=True)


class Files(APIView):
    @extend_schema(operation_id="files_state", responses=FilesSerializer)
    def get(self, request: Request) -> Response:
        """Say how the virus scanner stands. For administrators."""
        if not rights_of(request.user).may(Can.MANAGE_POSTS):
            raise PermissionDenied
        return Response(FilesSerializer(state_of_scanner()).data)


urlpatterns = [path("files/", Files.as_view(), name="api-files")]
