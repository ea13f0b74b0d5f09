"""What is seen of the queue, and sharing it out."""

from typing import Any
from uuid import UUID

from django import forms

from referrals.triage import queue
from slf.accounts.models import User
from slf.web.forms import GovForm
from slf.work.once import as_uuid


class NarrowForm(GovForm):
    """What of the queue is shown, and in which order; sent in the address."""

    reviewer = forms.ChoiceField(label="Whose", choices=list(queue.REVIEWERS.items()), required=False)
    show = forms.ChoiceField(label="Show", choices=list(queue.SHOWN.items()), required=False)
    sort = forms.ChoiceField(label="Order", choices=list(queue.SORTS.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_follow |= set(self.fields)  # each has a first choice, and none is called optional

    @property
    def chosen(self) -> dict[str, str]:
        """Return the choices that are any, those that are none left out."""
        return self.cleaned_data if self.is_valid() else {}


class AssignForm(GovForm):
    """Who is to look at the referrals whose boxes are ticked."""

    referral = forms.MultipleChoiceField(choices=[])
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label="Give the ticked ones to", required=False, empty_label="Nobody"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = queue.reviewers_for(by)
        self.must_follow.add("reviewer")  # nobody is an answer too
        self.fields["referral"].valid_value = lambda value: as_uuid(value) is not None

    @property
    def referrals(self) -> list[UUID]:
        return [UUID(value) for value in self.cleaned_data["referral"]]
