"""What an administrator fills in about somebody else."""

from typing import Any

from django import forms
from django.utils import timezone

from slf.access.models import POST_CHOICES, Locality
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
