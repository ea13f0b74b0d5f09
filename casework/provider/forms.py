"""What is asked when somebody is sent to the provider, and at each step of the provider's work."""

from typing import Any

from django import forms

from casework.provider import rules
from casework.provider.models import CONTACT_KINDS, EVIDENCE, WorkProgress
from casework.provider.progress import BY_HAND, TOWARD_NAMES, Told
from casework.provider.rules import LONGEST
from casework.provider.services import adults_of
from families.people.models import Family, Person
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import setting_on
from slf.policy.rules import Reasons, Setting
from slf.web.forms import GovDateField, OnceForm, Radios
from slf.web.words import EXAMPLE

YES, NO = "yes", "no"


def words(label: str, help_text: str = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area, **more)


def offer(form: forms.Form, name: str, setting: Setting[Reasons]) -> None:
    """Have a field offer the reasons of a setting, and say whether the list is an example."""
    now = setting_on(setting)
    form.fields[name].choices = now.value.choices
    form.fields[name].help_text = f"The list is an {EXAMPLE}." if now.is_example else ""


class SendForm(OnceForm):
    called = {"person": "Who is sent", "why": "What it is hoped for"}
    person = forms.ChoiceField(label="Who is sent to the provider?", widget=Radios)
    why = words("What is it hoped for?", "The provider reads this first. What they want, and what stands in the way.")
    agreed_on = GovDateField(label="When did they agree to it?", called="The day they agreed", latest=today)
    sent_on = GovDateField(label="When are they sent?", called="The day they are sent", latest=today)

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = adults_of(family, by=user, on=today())
        self.fields["person"].choices = [(str(member.person.uid), member.name) for member in self.members]

    @property
    def told(self) -> dict[str, Any]:
        """Return what the service asks, the person as a row."""
        return self.cleaned_data | {"person": self._who(self.cleaned_data["person"])}

    def _who(self, uid: str) -> Person:
        return next(member.entry for member in self.members if str(member.person.uid) == uid)


class AnswerForm(OnceForm):
    called = {"taken_on": "Whether you take them on", "refusal": "Why not", "answer": "Why not, in a sentence"}
    taken_on = forms.ChoiceField(
        label="Do you take them on?", choices=[(YES, "Yes"), (NO, "No")], widget=Radios(reveals={NO: "refusal"})
    )
    refusal = forms.ChoiceField(label="Why not?", widget=Radios)
    answer = words("If not: why, in a sentence?", "Who works with the family reads this.", rows=2, required=False)
    answered_on = GovDateField(label="On which day was that?", called="The day", latest=today)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "refusal", rules.REFUSALS)

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("taken_on") == NO and not self.cleaned_data.get("answer"):
            self.add_error("answer", "Write why you do not take them on, in a sentence")

    @property
    def is_yes(self) -> bool:
        return self.cleaned_data["taken_on"] == YES

    @property
    def refused(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("refusal", "answer", "answered_on")}


class BeginForm(OnceForm):
    begun_on = GovDateField(
        label="On which day did it begin?", called="The day", latest=today,
        help_text="The first day of what you do with them. From then on they are attached to the provision.",
    )  # fmt: skip


class ContactForm(OnceForm):
    called = {"kind": "What kind of contact it was", "words": "What was done"}
    kind = forms.ChoiceField(
        label="What kind of contact was it?", widget=Radios,
        choices=CONTACT_KINDS,
    )  # fmt: skip
    words = words("What was done?", "In a sentence or two. Who works with the family reads this.", rows=5)
    happened_on = GovDateField(label="When was it?", called="The day", latest=today)


class EndForm(OnceForm):
    called = {"ending": "Why it ended", "ended_words": "How it went"}
    ending = forms.ChoiceField(label="Why did it end?", widget=Radios)
    ended_words = words("How did it go?", "What is different now, in their words where you can.")
    ended_on = GovDateField(label="When did it end?", called="The day", latest=today)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "ending", rules.ENDINGS)


class ProgressForm(OnceForm):
    """A step toward work. Where one is corrected, the step itself is not asked again."""

    called = {"step": "Which step it is", "evidence": "What was seen", "seen_by": "Who has seen it"}
    step = forms.ChoiceField(
        label="Which step is it?", widget=Radios, choices=[(step.value, TOWARD_NAMES[step]) for step in BY_HAND]
    )
    happened_on = GovDateField(
        label="On which day?", called="The day", latest=today,
        help_text="Of work that goes on: the day on which what you have seen shows them in work.",
    )  # fmt: skip
    evidence = forms.ChoiceField(
        label="What shows it?", widget=Radios, choices=EVIDENCE,
        help_text="That a benefit ended, or that they say so, is kept and shows no work.",
    )  # fmt: skip
    seen_by = forms.CharField(label="Who has seen it?", max_length=120)
    seen_on = GovDateField(label="When was it seen?", called="The day it was seen", latest=today)
    words = words("What else is to be known?", rows=2, required=False)

    def __init__(self, *args: Any, corrects: WorkProgress | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        if corrects is not None:
            del self.fields["step"]

    @property
    def told(self) -> Told:
        step = {"step": self.corrects.step} if self.corrects else {}
        return Told(**self.cleaned_data | step)


class TakeBackForm(OnceForm):
    called = {"words": "Why it is taken back"}
    words = words("Why is it taken back?", "It stays to be read with this beside it, and counts no more.", rows=2)


class StopForm(OnceForm):
    called = {"words": "Why it is not shared any more"}
    words = words("Why is the family not shared any more?", "It is kept with what the provider did until now.")
