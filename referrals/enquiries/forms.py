"""The referrer's reply: one answer for each question the team asked."""

from collections.abc import Mapping
from typing import Any

from django import forms

from referrals.enquiries.rules import LONGEST_REPLY
from referrals.intake.models import Receipt
from slf.web.forms import OnceForm


class ReplyForm(OnceForm):
    """A field for each open question, named by its uid; the question is its label."""

    def __init__(self, *args: Any, receipt: Receipt, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked = receipt.open_enquiries
        for one in self.asked:
            self._ask(one)

    def _ask(self, one: Mapping[str, str]) -> None:
        field = forms.CharField(
            label=one["question"], max_length=LONGEST_REPLY, widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": f"Reply to “{one['question']}”. If you do not know, say so"},
        )  # fmt: skip
        self.fields[one["uid"]] = field
        self._word(one["uid"], field)

    @property
    def replies(self) -> dict[str, str]:
        return {one["uid"]: self.cleaned_data[one["uid"]] for one in self.asked}
