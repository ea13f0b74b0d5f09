"""One's own choice about the mail of the day, for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from performance.digest import services


class DigestChoiceSerializer(serializers.Serializer):
    is_off = serializers.BooleanField(help_text="Whether the mail of each working day is turned off.")


class Digest(APIView):
    @extend_schema(operation_id="digest_read", responses=DigestChoiceSerializer)
    def get(self, request: Request) -> Response:
        return Response({"is_off": services.is_off(request.user)})

    @extend_schema(operation_id="digest_choose", request=DigestChoiceSerializer, responses=DigestChoiceSerializer)
    def post(self, request: Request) -> Response:
        """Turn the mail of the day off, or on again. The same again is the same."""
        body = DigestChoiceSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = services.choose(is_off=body.validated_data["is_off"], by=request.user)
        return Response({"is_off": made.is_off})


urlpatterns = [path("digest/", Digest.as_view(), name="api-digest")]
