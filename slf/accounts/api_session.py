"""Who asks through the API: the session of the pages. A module of its own, because DRF reads it while it starts."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class Session(SessionAuthentication):
    """Tells who is signed out so with 401, as a script of a page is told."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
