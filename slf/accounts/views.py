"""Pages about the person themselves: who am I, who may do what, staying signed in, proving it is me."""

from typing import Any

from allauth.account.views import password_change
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from slf.accounts import services, sittings
from slf.accounts.answers import with_next
from slf.accounts.forms import NewPasswordForm
from slf.accounts.reauth import PROVING, signed_in_recently
from slf.accounts.roles import acts_of_posts, parts_of_records
from slf.accounts.rules import wants_page
from slf.web.errors import NotAllowed

NEXT_AFTER_SECOND_FACTOR = "next_after_second_factor"
CHOOSE_IT_AGAIN = "Thank you. You can download the file now: choose it again."
LAST_ONE = "This is your only second step for signing in. Set up another before you remove it."


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, the posts they hold and how they sign in."""
    factors = Authenticator.objects.filter(user=request.user)
    context = {
        "posts": [
            (post, services.last_day(post)) for post in services.posts_to_come(request.user, on=timezone.localdate())
        ],
        "app": factors.filter(type=Authenticator.Type.TOTP).first(),
        "passkeys": factors.filter(type=Authenticator.Type.WEBAUTHN).count(),
        "by_directory": services.by_directory_only(request.user),
    }
    return render(request, "account/me.html", context)


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show who may do what, from the table the doors ask."""
    mine = {post.role for post in services.posts_in_force(request.user, on=timezone.localdate())}
    return render(request, "account/roles.html", {"acts": acts_of_posts(mine), "parts": parts_of_records(mine)})


@never_cache
@require_http_methods(["GET", "POST"])
def stay(request: HttpRequest) -> HttpResponse:
    """Say how long the person has left; posted to, count this as activity."""
    sitting = sittings.note_activity(request) if request.method == "POST" else request.sitting
    if wants_page(request.headers):
        return redirect(next_page(request))
    return JsonResponse(sittings.in_seconds(sitting))


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a second step before anything else, where one is required."""
    request.session[NEXT_AFTER_SECOND_FACTOR] = next_page(request)
    return render(request, "account/second_factor.html")


def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password of a local account. Others have none here."""
    if not request.user.has_usable_password():
        raise Http404
    return password_change(request)


@require_safe
def proved(request: HttpRequest) -> HttpResponse:
    """Lead back to the page where a file was asked for, to choose it there again."""
    if signed_in_recently(request):
        messages.success(request, CHOOSE_IT_AGAIN)
    return redirect(request.session.get(PROVING, {}).get("back", settings.LOGIN_REDIRECT_URL))


@require_safe
def confirm_council(request: HttpRequest) -> HttpResponse:
    """Ask somebody of the council's directory to prove there who they are."""
    address = with_next(reverse("account_ask_council"), next_page(request))
    return render(request, "account/confirm_council.html", {"address": address})


@require_safe
def ask_council(request: HttpRequest) -> HttpResponse:
    """Send them there, to be asked even if the directory remembers them."""
    account = request.user.socialaccount_set.first()
    if account is None:
        raise Http404
    provider = get_adapter().get_provider(request, account.provider)
    fresh = {"prompt": "login", "max_age": "0"}
    return provider.redirect(request, process="login", next_url=next_page(request), auth_params=fresh)


class NewPassword(PasswordResetConfirmView):
    """Choose a new password with the link that was sent after a reset. Signing in then asks for a second step."""

    form_class = NewPasswordForm
    success_url = reverse_lazy("account_login")
    template_name = "account/new_password.html"


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey, unless it is the only second factor of somebody who needs one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        passkey = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        if not get_mfa_adapter().can_delete_authenticator(passkey):
            raise NotAllowed(LAST_ONE)
        return super().dispatch(request, *args, **kwargs)


def next_page(request: HttpRequest) -> str:
    """Return the page asked for by ``next`` if it is one of ours, else the person's first page."""
    page = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return page if ours else settings.LOGIN_REDIRECT_URL
