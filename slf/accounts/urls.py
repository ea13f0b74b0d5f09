"""Signing in. Of django-allauth's addresses only those this service offers; no sign-up, no e-mail pages."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path

from slf.accounts import directory, making_pages, people, views

urlpatterns = [
    path("me/", views.me, name="account_me"),
    path("roles/", views.roles, name="account_roles"),
    path("people/", people.people, name="account_people"),
    path("people/new/", making_pages.make, name="account_make"),
    path("people/<uuid:uid>/address/", making_pages.address, name="account_change_address"),
    path("people/<uuid:uid>/", people.person, name="account_person"),
    path("people/<uuid:uid>/posts/give/", people.give, name="account_give_post"),
    path("people/<uuid:uid>/posts/<int:pk>/end/", people.end, name="account_end_post"),
    path("people/<uuid:uid>/reset/", people.reset, name="account_reset_sign_in"),
    path("stay/", views.stay, name="account_stay"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", views.change_password, name="account_change_password"),
    path("password/new/<uidb64>/<token>/", views.NewPassword.as_view(), name="account_new_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/done/", views.proved, name="account_proved"),
    path("confirm/council/", views.confirm_council, name="account_confirm_council"),
    path("confirm/council/go/", views.ask_council, name="account_ask_council"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/set-up/", views.second_factor, name="account_second_factor"),
    path("second-steps/", mfa.index, name="mfa_index"),
    path("second-steps/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-steps/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-steps/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-steps/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-steps/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("oidc/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/<str:provider_id>/login/", openid.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", directory.callback, name="openid_connect_callback"),
]
