"""Acts through the API that need the person themselves, now; and how the schema says who asks."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from slf.accounts.answers import PROVE_FIRST
from slf.accounts.reauth import signed_in_recently


class SessionInSchema(SessionScheme):
    target_class = "slf.accounts.api_session.Session"


class SignedInRecently(BasePermission):
    """The rule of ``recent_sign_in_required``: who signed in a while ago proves again who they are."""

    message = PROVE_FIRST

    def has_permission(self, request: Request, view: object) -> bool:
        return signed_in_recently(request)
