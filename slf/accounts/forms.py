"""django-allauth's forms in our words: what they check stays theirs."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.contrib.auth.forms import SetPasswordForm

from slf.web.forms import Gov

CODE_ATTRS = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class Plain(Gov):
    """Our labels and hints, and no words inside the boxes."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = self.hints.get(name, "")

    def _word(self, name: str, field: Any) -> None:
        field.label = self.labels.get(name, field.label)
        super()._word(name, field)


class OneTimeCode(Plain):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_ATTRS, **{"class": "govuk-input--width-10"})


class SignInForm(Plain, account.LoginForm):
    labels = {"login": "User name", "password": "Password"}
    called = {"login": "your user name", "password": "your password"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    labels = {"password": "Password"}
    called = SignInForm.called


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels = {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"}
    called = {"oldpassword": "your current password", "password1": "a new password"}
    hints = {"password1": "At least 12 characters. Three words that do not belong together are good."}


class NewPasswordForm(Plain, SetPasswordForm):
    labels = {"new_password1": "New password", "new_password2": "New password again"}
    called = {"new_password1": "a new password", "new_password2": "the new password again"}
    hints = {"new_password1": ChangePasswordForm.hints["password1"]}


class SecondStepForm(OneTimeCode, mfa.AuthenticateForm):
    labels = {"code": "Code"}
    called = {"code": "the code"}
    hints = {"code": "6 digits from your app, or one of your recovery codes"}


class ConfirmCodeForm(OneTimeCode, mfa.ReauthenticateForm):
    labels = {"code": "Code"}
    called, hints = SecondStepForm.called, SecondStepForm.hints


class SetUpAppForm(OneTimeCode, totp.ActivateTOTPForm):
    labels = {"code": "Code from your app"}
    called = {"code": "the code your app shows"}
    hints = {"code": "The 6 digits it shows now"}


class RemoveAppForm(Plain, totp.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(Plain, GenerateRecoveryCodesForm):
    pass


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):
    """A passkey that stands for user name and password, or a key used after them."""

    labels = {"name": "Name of this passkey", "passwordless": "Sign in with this passkey alone, without my password"}
    hints = {"name": "So that you can tell it apart, for example “Work phone”"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(Plain, webauthn.EditWebAuthnForm):
    labels = {"name": "Name of this passkey"}
