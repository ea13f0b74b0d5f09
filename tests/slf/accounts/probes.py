"""The service's own map, and a few pages to reach through it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from slf import urls as real
from slf.accounts.reauth import recent_sign_in_required


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Page of {request.user.username}")


@recent_sign_in_required
def sign_off(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.method} {request.POST.get('run', '')}")


urlpatterns = [
    path("", page),
    path("page/", page),
    path("sign-off/", sign_off),
    *real.urlpatterns,
]
