"""What an administrator fills in about somebody else."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from slf.access.models import POST_CHOICES, Locality
from slf.accounts.models import User
from slf.web.forms import GovDateField, OnceForm

COUNTY = "county"


class PostForm(OnceForm):
    """A post to give."""

    role = forms.ChoiceField(label="Post", choices=[("", "Choose a post"), *POST_CHOICES])
    locality = forms.ChoiceField(label="Locality")
    starts_on = GovDateField(label="First day", initial=timezone.localdate)
    last_day = GovDateField(label="Last day", required=False, help_text="Leave it empty for a post without an end.")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = Locality.objects.values_list("slug", "name")
        self.fields["locality"].choices = [("", "Choose where"), *places, (COUNTY, "The whole county")]

    def clean_locality(self) -> Locality | None:
        where = self.cleaned_data["locality"]
        return None if where == COUNTY else Locality.objects.get(slug=where)


class EndForm(OnceForm):
    """The day from which a post opens nothing."""

    on = GovDateField(
        label="First day without the post", called="The day", initial=timezone.localdate,
        help_text="Today ends it at once. Shares and allocations that only this post reaches end with it.",
    )  # fmt: skip


class ResetForm(OnceForm):
    """A password to begin with."""

    password = forms.CharField(
        label="A new password to tell them", help_text="They change it after signing in.", strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
