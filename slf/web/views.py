"""The parts page and the pages for errors."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from slf.accounts.answers import sent_from_before
from slf.web import catalogue
from slf.web.api import NOT_FOUND, problem_response
from slf.web.context import nobody


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every part with the lines that make it; ``?state=errors`` shows the form gone wrong."""
    form = catalogue.example_form(wrong=request.GET.get("state") == "errors")
    return render(
        request, "slf/web/components.html", {"sections": catalogue.sections(request, form=form), "form": form}
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, HTTPStatus.BAD_REQUEST, "That request could not be read.")


def not_your_job(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, HTTPStatus.FORBIDDEN, "Your post does not include this.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same bytes for what is missing and what is somebody else's: nothing of the request is in it."""
    return error_answer(request, HTTPStatus.NOT_FOUND, NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    return error_answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. It has been recorded.")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if given_back := sent_from_before(request):
        return given_back
    return HttpResponse(render_to_string("errors/csrf.html", nobody()), status=HTTPStatus.FORBIDDEN)


def error_answer(request: HttpRequest, status: HTTPStatus, detail: str) -> HttpResponse:
    """Answer a program with a problem and a person with a page that asks nothing of the database."""
    if request.path.startswith("/api/"):
        return problem_response(status, detail)
    return HttpResponse(render_to_string(f"errors/{status.value}.html", nobody()), status=status)
