"""One's calendar address for programs."""

from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.calendar import services
from casework.calendar.views import full_address
from slf.access.rights import rights_of
from slf.access.rules import Can


class CalendarAddressSerializer(serializers.Serializer):
    """``address`` is told once, when it is made."""

    made_at = serializers.DateTimeField(allow_null=True)
    address = serializers.URLField(allow_null=True)


class CalendarAddress(APIView):
    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        if not rights_of(request.user).may(Can.WORK_FAMILY):
            raise PermissionDenied

    @extend_schema(operation_id="calendar_address_read", responses=CalendarAddressSerializer)
    def get(self, request: Request) -> Response:
        """Say since when there is an address."""
        return self.told(request)

    @extend_schema(operation_id="calendar_address_make", request=None, responses={201: CalendarAddressSerializer})
    def post(self, request: Request) -> Response:
        """Make a new address; the one before counts no more."""
        return self.told(request, full_address(request, services.make_address(by=request.user)), status=201)

    @extend_schema(operation_id="calendar_address_revoke", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take the address back."""
        services.revoke_address(by=request.user)
        return Response(status=204)

    def told(self, request: Request, address: str | None = None, *, status: int = 200) -> Response:
        known = services.address_of(request.user)
        shown = {"made_at": known and known.made_at, "address": address}
        return Response(CalendarAddressSerializer(shown).data, status=status)


urlpatterns = [path("calendar-address/", CalendarAddress.as_view(), name="api-calendar-address")]
