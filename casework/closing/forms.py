"""What is said when a case is closed or proposed to be; why it is sent back; why a closing is taken back."""

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.closing.models import CONSENTS, OUTCOMES, STANDS
from casework.closing.rules import ASKED_NAMES, LONGEST, REASONS, Told
from casework.closing.services import name_of
from families.needs.models import Need
from slf.access.rules import SHORTEST_REASON
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.forms import GovDateField, OnceForm, Radios
from slf.web.words import EXAMPLE


def words(label: str, help_text: str = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area, **more)


class DayForm(OnceForm):
    """From which day on the case is closed, and what became of each need of which it is not said yet."""

    closes_on = GovDateField(
        label="From which day on is the case closed?", called="The day", latest=today,
        help_text="The first day without it. Not before the last contact.",
    )  # fmt: skip

    def __init__(self, *args: Any, needs: Sequence[Need] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.needs = {f"need_{need.uid}": need for need in needs}
        for name, need in self.needs.items():
            self.fields[name] = forms.ChoiceField(
                label=f"What became of this need: {name_of(need)}?", choices=OUTCOMES, widget=Radios,
                error_messages={"required": f"Say what became of this need: {name_of(need)}"},
            )  # fmt: skip
        self.order_fields([*self.needs, *(self.field_order or ())])

    @property
    def outcomes(self) -> dict[int, str]:
        return {need.pk: self.cleaned_data[name] for name, need in self.needs.items()}


class CloseForm(DayForm):
    called = {
        "reason": "Why it is closed", "asked_by": "Who asked for it", "family_says": "What the family says",
        "reached": "What was reached",
    }  # fmt: skip
    reason = forms.ChoiceField(label="Why is the case closed?", widget=Radios)
    asked_by = forms.ChoiceField(
        label="Who asked for it?", choices=[(asked.value, name) for asked, name in ASKED_NAMES.items()], widget=Radios
    )
    family_says = words("What does the family say about it?", "In their words. If nobody could be asked, say so.")
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
        return Told(**{name: said for name, said in self.cleaned_data.items() if name not in self.needs})


class SendBackForm(OnceForm):
    called = {"answer": "Why it is sent back"}
    answer = words("Why is it sent back?", "Whoever proposed it reads this. Say what has to be done first.")


class TakeBackForm(OnceForm):
    called = {"because": "Why it is taken back"}
    because = words(
        "Why is the closing taken back?", "It is kept with the closing, which stays on the record.",
        min_length=SHORTEST_REASON,
    )  # fmt: skip


class CheckForm(OnceForm):
    called = {
        "consent": "What the family said to being asked", "stands": "How it stands", "asked": "Who was asked",
        "words": "How it stands, in words",
    }  # fmt: skip
    consent = forms.ChoiceField(label="Did the family agree to be asked?", choices=CONSENTS, widget=Radios)
    asked = forms.CharField(label="Who was asked?", max_length=200, required=False)
    stands = forms.ChoiceField(label="How does it stand?", choices=STANDS, widget=Radios)
    words = words("Say it in a sentence or two", "In their words where you can. It opens no case by itself.")
    checked_on = GovDateField(label="When was it?", called="The day", latest=today)
