"""What django-allauth asks this service: who may sign in, for how long, and how secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from slf.accounts import services, sittings
from slf.accounts.models import User
from slf.accounts.reauth import note_fresh_sign_in, signed_in_recently
from slf.accounts.rules import groups_in, seats
from slf.accounts.sealing import seal, unseal
from slf.web import kept

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The user name or the password is not right. Check both and try again.",
        "too_many_login_attempts": "Too many attempts. Wait 5 minutes, then try again.",
        "incorrect_password": "That is not your password. Try again.",
        "enter_current_password": "That is not your current password. Try again.",
        "rate_limited": "Too many attempts. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        if user.is_service:
            return refuse(request, "account/account_inactive.html")
        return super().pre_login(request, user, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        sittings.end(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        sittings.begin(request)
        kept.hand_over(request, person=user.pk)
        if sittings.somebody_else_left(request, user):
            kwargs["redirect_url"] = settings.LOGIN_REDIRECT_URL
        if login := (kwargs.get("signal_kwargs") or {}).get("sociallogin"):
            note_fresh_sign_in(request, user, claims=claims_of(login))
        return super().post_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not signed_in_recently(self.request)

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """Say the ways in this service's words; people of the council's directory prove it there."""
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code from your app",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        ways = [way | {"description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]
        if user.is_authenticated and services.by_directory_only(user):
            council = {"id": "council", "description": "Use your council account"}
            return [council | {"url": reverse("account_confirm_council")}]
        return ways


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: named after the service, kept encrypted, the last one not removable where one is required."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Enter the code your app shows now.",
        "cannot_delete_authenticator": "This is your only second factor. Set up another before you remove it.",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first. Recovery codes stand in for them.",
    }

    def get_totp_issuer(self) -> str:
        return settings.SERVICE_NAME

    def _get_site_name(self) -> str:
        return settings.SERVICE_NAME

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        held = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {held + 1}" if held else "Passkey"

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.SLF_REQUIRE_MFA or authenticator.type not in SECOND_FACTORS:
            return True
        held = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
        return held.exclude(pk=authenticator.pk).exists()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The council's directory: it says who somebody is and which posts they hold; it makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in somebody with an account and a group that means a post. Close the account of somebody without."""
        claims = claims_of(sociallogin)
        user = self._account(request, sociallogin, claims=claims)
        if (groups := groups_in(claims)) is None or not settings.SLF_OIDC_GROUPS:
            refuse_now(request, "account/no_groups.html")
        if not seats(groups, settings.SLF_OIDC_GROUPS):
            services.leave(user, by=services.directory_account(), on=timezone.localdate())
            refuse_now(request, "account/account_inactive.html")
        services.posts_from_groups(user, groups=groups, by=services.directory_account())

    def _account(self, request: HttpRequest, sociallogin: SocialLogin, *, claims: dict[str, Any]) -> User:
        if sociallogin.state.get("process") != "login":
            refuse_now(request, "account/not_known.html")
        if not sociallogin.is_existing:
            self._connect(request, sociallogin, user=services.account_for(claims.get("preferred_username", "")))
        if not sociallogin.user.is_active or sociallogin.user.is_service:
            refuse_now(request, "account/account_inactive.html")
        return sociallogin.user

    def _connect(self, request: HttpRequest, sociallogin: SocialLogin, *, user: User | None) -> None:
        """Tie the directory's person to their account once, and make the directory its only door."""
        if user is None or user.socialaccount_set.exists():
            refuse_now(request, "account/not_known.html")
        user.set_unusable_password()
        sociallogin.connect(request, user)


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    return sociallogin.account.extra_data.get("id_token", {})


def refuse(request: HttpRequest, template: str) -> HttpResponse:
    return render(request, template, status=403)


def refuse_now(request: HttpRequest, template: str) -> None:
    raise ImmediateHttpResponse(refuse(request, template))
