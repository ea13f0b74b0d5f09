"""What an administrator fills in for an account."""

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from slf.accounts.models import LONGEST_ADDRESS
from slf.web.forms import OnceForm


class AddressForm(OnceForm):
    called = {"email": "a mail address"}
    email = forms.EmailField(label="Mail address", max_length=LONGEST_ADDRESS)


class AccountForm(AddressForm):
    """Who starts. Posts are given on the person's page."""

    called = {"email": "their mail address"}
    first_name = forms.CharField(label="First name", max_length=150)
    last_name = forms.CharField(label="Last name", max_length=150)
    username = forms.CharField(
        label="User name",
        max_length=150,
        validators=[UnicodeUsernameValidator(message="A user name has letters, digits and @ . + - _ alone")],
        help_text="As in the council's directory if they sign in with their council account.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    job_title = forms.CharField(label="Job title or agency", max_length=120, required=False)
    with_link = forms.BooleanField(
        label="Send them a link to choose a password",
        required=False,
        initial=True,
        help_text="Leave it out for somebody who signs in with their council account.",
    )
    field_order = ["first_name", "last_name", "username", "email", "job_title", "with_link"]
