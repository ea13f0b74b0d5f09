"""A small map of its own: the real sign-in addresses and a few pages to reach through them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

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
    path("accounts/", include("slf.accounts.urls")),
]
