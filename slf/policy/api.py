"""Settings for programs: read them, propose a value, confirm or take back one."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from slf.access.api import IsStaff, may
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.policy import services
from slf.policy.models import InForce, SettingValue, setting_on, settings_on
from slf.policy.registry import SETTINGS
from slf.policy.views import find
from slf.work.once import OnceMixin

MayKeepSettings = may(Can.KEEP_SETTINGS)
VALUE = (
    "A whole number, a telephone number, a list of ``{code, label, retired}``, or a list of ticked boxes "
    "(``row:column``): as the ``kind`` of the setting says."
)


class SettingSerializer(serializers.Serializer):
    """What a setting is today. Without ``starts_on`` it is what the service came with."""

    key = serializers.CharField(source="setting.key")
    label = serializers.CharField(source="setting.label")
    where = serializers.CharField(source="setting.where")
    kind = serializers.CharField(source="setting.kind.name")
    value = serializers.JSONField(source="raw", help_text=VALUE)
    words = serializers.ListField(child=serializers.CharField())
    example = serializers.BooleanField(source="is_example", help_text="Not Leicestershire policy: nobody confirmed it.")
    starts_on = serializers.DateField(source="row.starts_on", default=None)
    document = serializers.CharField(source="row.document", default=None)
    confirmed_by = serializers.StringRelatedField(source="row.confirmed_by", default=None)


class ValueSerializer(serializers.ModelSerializer):
    """One value of a setting. It counts once ``confirmed_by`` is somebody."""

    value = serializers.JSONField(help_text=VALUE)
    proposed_by = serializers.StringRelatedField()
    confirmed_by = serializers.StringRelatedField()
    taken_back_by = serializers.StringRelatedField()

    class Meta:
        model = SettingValue
        fields = ["uid", "key", "value", "starts_on", "document", "proposed_by", "confirmed_by", "taken_back_by"]
        read_only_fields = ["key"]


class Settings(APIView):
    permission_classes = [IsStaff]

    @extend_schema(responses=SettingSerializer(many=True), operation_id="settings_list")
    def get(self, request: Request) -> Response:
        """Return every setting as it is today."""
        log_view(request, "Settings")
        found: list[InForce[Any]] = settings_on(SETTINGS.values(), on=today())
        return Response(SettingSerializer(found, many=True).data)


class OneSetting(APIView):
    permission_classes = [IsStaff]

    @extend_schema(responses=SettingSerializer)
    def get(self, request: Request, key: str) -> Response:
        """Return one setting as it is today."""
        log_view(request, "A setting")
        return Response(SettingSerializer(setting_on(find(key))).data)


class Values(OnceMixin, generics.GenericAPIView):
    """Every value of a setting, and proposing another: 422 for one it cannot have, 409 while another waits."""

    serializer_class = ValueSerializer
    queryset = SettingValue.objects.none()

    def get_permissions(self):
        return [(MayKeepSettings if self.request.method == "POST" else IsStaff)()]

    @extend_schema(responses=ValueSerializer(many=True))
    def get(self, request, key):
        find(key)
        log_view(request, "A setting")
        rows = SettingValue.objects.filter(key=key).for_list()  # not a door: a setting is of no family
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(responses={201: ValueSerializer})
    def post(self, request, key):
        setting, given = find(key), self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = services.propose(setting, by=request.user, **given.validated_data)
        return Response(self.get_serializer(row).data, status=201)


class OneValue(OnceMixin, APIView):
    permission_classes = [MayKeepSettings]
    queryset = SettingValue.objects.none()

    def found(self, uid) -> SettingValue:
        return generics.get_object_or_404(SettingValue, uid=uid)


class Confirm(OneValue):
    """Confirm a value that somebody else proposed."""

    @extend_schema(request=None, responses=ValueSerializer)
    def post(self, request, uid):
        return Response(ValueSerializer(services.confirm(self.found(uid), by=request.user)).data)


class TakeBack(OneValue):
    """Take back a proposal that nobody confirmed."""

    @extend_schema(request=None, responses=ValueSerializer)
    def post(self, request, uid):
        return Response(ValueSerializer(services.take_back(self.found(uid), by=request.user)).data)


urlpatterns = [
    path("settings/", Settings.as_view(), name="api-settings"),
    path("settings/<slug:key>/", OneSetting.as_view(), name="api-setting"),
    path("settings/<slug:key>/values/", Values.as_view(), name="api-setting-values"),
    path("settings/values/<uuid:uid>/confirm/", Confirm.as_view(), name="api-confirm-setting"),
    path("settings/values/<uuid:uid>/take-back/", TakeBack.as_view(), name="api-take-back-setting"),
]
