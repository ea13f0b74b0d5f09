"""Acts through the API that need the person themselves, now; and how the schema says who asks."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from slf.accounts.answers import PROVE_FIRST
from slf.accounts.reauth import signed_in_recently, where_to_prove_it


class SessionInSchema(SessionScheme):
    target_class = "slf.accounts.api_session.Session"


class ProveFirst(PermissionDenied):
    """Refused until the person proves who they are. ``more`` says where, in the problem that is answered."""

    default_detail = PROVE_FIRST
    kind = "prove-first"

    def __init__(self, address: str) -> None:
        super().__init__()
        self.more = {"address": address}


class SignedInRecently(BasePermission):
    """The rule of ``recent_sign_in_required``: who signed in a while ago proves again who they are."""

    def has_permission(self, request: Request, view: object) -> bool:
        if not signed_in_recently(request):
            raise ProveFirst(where_to_prove_it(request))
        return True
