"""The shape of the API's answers: pages of results, and errors as problem+json (RFC 9457)."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelValidationError
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.exceptions import APIException
from rest_framework.fields import get_error_detail
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from slf.web.errors import DomainError, Incomplete

PROBLEM_JSON = "application/problem+json"
NOT_FOUND = "There is nothing here that you may see."


class Pages(PageNumberPagination):
    """``?page=2&page_size=100``: 50 rows unless asked, never more than 200."""

    page_size_query_param = "page_size"
    max_page_size = 200


def problem(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Return the API's answer to an exception; None lets an unexpected one become a 500."""
    if isinstance(error, DomainError):
        context["request"]._request.refused = True  # the middleware undoes what the view wrote
        return answer(body_of_refusal(error))
    known = as_api_exception(error)
    response = exception_handler(known, context)
    return response and answer(body_of(known), headers=dict(response.items()))


def as_api_exception(error: Exception) -> Exception:
    if isinstance(error, Http404):
        return exceptions.NotFound(NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, ModelValidationError):
        return exceptions.ValidationError(get_error_detail(error))
    return error


def answer(body: dict[str, Any], *, headers: dict[str, str] | None = None) -> Response:
    kept = {name: value for name, value in (headers or {}).items() if name in {"WWW-Authenticate", "Retry-After"}}
    return Response(body, status=body["status"], headers=kept, content_type=PROBLEM_JSON)


def body_of(error: APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return problem_body(
            error.status_code, "Some of what was sent is not right.", errors=dict(by_field(error.detail))
        )
    detail = NOT_FOUND if error.status_code == HTTPStatus.NOT_FOUND else str(error.detail)
    kind = "signed-out" if isinstance(error, exceptions.NotAuthenticated) else getattr(error, "kind", "")
    return problem_body(error.status_code, detail, kind=kind, **getattr(error, "more", {}))


def body_of_refusal(error: DomainError) -> dict[str, Any]:
    more = (
        {"missing": [{"what": what, "where": where} for what, where in error.missing]}
        if isinstance(error, Incomplete)
        else {}
    )
    return problem_body(error.status, error.message, title=error.title, kind=type(error).__name__, **more)


def problem_body(status: int, detail: str, *, title: str = "", kind: str = "", **more: Any) -> dict[str, Any]:
    """Return the members of a problem: type, title, status, detail, and what the kind adds."""
    return {
        "type": f"urn:slf:problem:{kind}" if kind else "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }


def by_field(detail: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield ``(people.0.name, [sentences])`` for a nested tree of errors; whole-body errors have an empty name."""
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            yield from by_field(inner, joined(name, "" if key == "non_field_errors" else str(key)))
    elif isinstance(detail, list) and any(isinstance(inner, Mapping | list) for inner in detail):
        for index, inner in enumerate(detail):
            yield from by_field(inner, joined(name, str(index)))
    elif detail:
        yield name, [str(sentence) for sentence in detail] if isinstance(detail, list) else [str(detail)]


def joined(name: str, key: str) -> str:
    return ".".join(part for part in (name, key) if part)


def problem_response(status: int, detail: str) -> JsonResponse:
    """Return a problem from outside the API's own views: no such address, a broken server."""
    return JsonResponse(problem_body(status, detail), status=status, content_type=PROBLEM_JSON)
