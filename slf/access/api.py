"""Acts, asked by API views that are nobody's row."""

from typing import ClassVar

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User


class MayAct(IsAuthenticated):
    """Lets through those with a post that allows the act."""

    act: ClassVar[Can]

    def has_permission(self, request: Request, view: APIView) -> bool:
        user = request.user
        return isinstance(user, User) and super().has_permission(request, view) and rights_of(user).may(self.act)


def may(can: Can) -> type[MayAct]:
    """Return a DRF permission class for one act."""
    return type(f"May{can.name.title().replace('_', '')}", (MayAct,), {"act": can})


class IsStaff(IsAuthenticated):
    """Lets through those who work here, and no partner."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        user = request.user
        return isinstance(user, User) and super().has_permission(request, view) and rights_of(user).is_staff


MayLoadFeeds = may(Can.LOAD_FEED)
