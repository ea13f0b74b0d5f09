"""Acts through the API that need the person themselves, now: the same rule as ``recent_sign_in_required``."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from slf.accounts.answers import PROVE_FIRST
from slf.accounts.reauth import signed_in_recently


class SignedInRecently(BasePermission):
    """Refuses a person who signed in a while ago until they have proved again who they are."""

    message = PROVE_FIRST

    def has_permission(self, request: Request, view: object) -> bool:
        return signed_in_recently(request)
