"""What is said when a case is closed or proposed to be; why it is sent back; why a closing is taken back."""

from typing import Any

from django import forms

from casework.closing.rules import ASKED_NAMES, LONGEST, REASONS, Told
from slf.access.rules import SHORTEST_REASON
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.forms import GovDateField, OnceForm, Radios
from slf.web.words import EXAMPLE


def words(label: str, help_text: str = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area, **more)


class DayForm(OnceForm):
    """From which day on the case is closed."""

    closes_on = GovDateField(
        label="From which day on is the case closed?", called="The day", latest=today,
        help_text="The first day without it. Not before the last contact.",
    )  # fmt: skip


class CloseForm(DayForm):
    called = {
        "reason": "Why it is closed", "asked_by": "Who asked for it", "family_says": "What the family says",
        "reached": "What was reached",
    }  # fmt: skip
    reason = forms.ChoiceField(label="Why is the case closed?", widget=Radios)
    asked_by = forms.ChoiceField(
        label="Who asked for it?", choices=[(asked.value, name) for asked, name in ASKED_NAMES.items()], widget=Radios
    )
    family_says = words("What does the family say to it?", "In their words. If nobody could be asked, say so.")
    reached = words("What was reached?", "What is different now from when the work began, and what is not.", rows=4)
    stays = words("Which services stay with the family?", "Leave it out if none does.", rows=2, required=False)
    field_order = ("reason", "asked_by", "family_says", "reached", "stays", "closes_on")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = setting_on(REASONS)
        self.fields["reason"].choices = now.value.choices
        self.fields["reason"].help_text = f"The list is an {EXAMPLE}." if now.is_example else ""

    @property
    def told(self) -> Told:
        return Told(**self.cleaned_data)


class SendBackForm(OnceForm):
    called = {"answer": "Why it is sent back"}
    answer = words("Why is it sent back?", "Whoever proposed it reads this. Say what has to be done first.")


class TakeBackForm(OnceForm):
    called = {"because": "Why it is taken back"}
    because = words(
        "Why is the closing taken back?", "It is kept with the closing, which stays on the record.",
        min_length=SHORTEST_REASON,
    )  # fmt: skip
