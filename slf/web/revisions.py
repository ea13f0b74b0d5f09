"""Programs that change what they have read: ``If-Match`` names the ETag they read, so that no change is lost."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.request import Request

ANY = "*"  # whatever it is now
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag the change was made from; 412 when it is not the last, 428 where it is needed and missing.",
)


class LostRace(exceptions.APIException):
    status_code = 412
    default_code = "precondition_failed"
    default_detail = "Somebody else changed this while you had it open. Read what it says now before you go on."


class NotSeen(exceptions.APIException):
    status_code = 428
    default_code = "precondition_required"
    default_detail = "Say with If-Match which state you have read."


def seen(request: Request) -> str | None:
    """Return the ETag that ``If-Match`` names, without its marks, or ``ANY``; None when nothing is said."""
    return request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"') or None
