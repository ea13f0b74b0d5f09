"""When a visit is to be and how often; why one is cancelled; why one came to nothing at the door."""

from typing import Any

from django import forms

from casework.diary import rules
from casework.diary.models import PlannedVisit
from casework.diary.rules import EVERY_NAMES, KIND_NAMES, LONGEST_ABOUT, LONGEST_SAID, Planned
from slf.policy.models import setting_on
from slf.web.forms import OnceForm, Radios
from slf.web.words import EXAMPLE

ONCE_ONLY = ("", "Once")
LENGTHS = [(30, "Half an hour"), (60, "An hour"), (90, "An hour and a half"), (120, "Two hours"), (180, "Three hours")]
ITS_WORKER, I_GO = "worker", "me"
THIS, REST = "this", "rest"


def day_box() -> forms.DateInput:
    """The phone's own picker: one tap instead of three boxes, and a plain box where there is none."""
    return forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d")


class WhenForm(OnceForm):
    """Day, time, length and place of one visit."""

    called = {"kind": "how you meet", "due_on": "Day", "due_at": "Time", "about": "What it is for"}
    kind = forms.ChoiceField(label="How do you meet?", choices=KIND_NAMES.items(), widget=Radios)
    due_on = forms.DateField(label="Which day?", widget=day_box())
    due_at = forms.TimeField(
        label="Time", required=False, help_text="Leave it out if no time is agreed.",
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-5"}, format="%H:%M"),
    )  # fmt: skip
    minutes = forms.TypedChoiceField(label="How long?", choices=LENGTHS, coerce=int, initial=60)
    about = forms.CharField(label="What is it for?", required=False, max_length=LONGEST_ABOUT)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        taken = self.initial.get("minutes")
        if taken and taken not in dict(LENGTHS):
            self.fields["minutes"].choices = sorted([*LENGTHS, (taken, f"{taken} minutes")])

    @property
    def plan(self) -> Planned:
        names = ("kind", "due_on", "due_at", "minutes", "about")
        return Planned(**{name: self.cleaned_data[name] for name in names})


class PlanForm(WhenForm):
    """The same of a new visit, with how often it comes again; who goes is asked where that is not plain."""

    called = WhenForm.called | {"until": "The last day", "goes": "who goes"}
    every = forms.ChoiceField(
        label="Does it come again?", required=False,
        choices=[ONCE_ONLY, *EVERY_NAMES.items()], widget=Radios, initial="",
    )  # fmt: skip
    until = forms.DateField(
        label="Until", required=False, widget=day_box(),
        help_text=f"Only for a visit that comes again: at most {rules.LONGEST_SERIES} visits.",
    )  # fmt: skip
    goes = forms.ChoiceField(label="Who goes?", widget=Radios)

    def __init__(self, *args: Any, its_worker: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_follow |= {"every", "until"}  # once is an answer too, and the hint says when a last day is needed
        if its_worker:
            self.fields["goes"].choices = [(ITS_WORKER, f"{its_worker}, who works with the family"), (I_GO, "I do")]
        else:
            del self.fields["goes"]

    @property
    def again(self) -> dict[str, Any]:
        every = self.cleaned_data["every"]
        return {"every": every or None, "until": self.cleaned_data["until"] if every else None}

    @property
    def i_go(self) -> bool:
        return self.cleaned_data.get("goes", I_GO) == I_GO


class WhyForm(OnceForm):
    """One of the reasons of a setting, and what else there is to say."""

    called = {"reason": "why", "said": "What you want to say"}
    setting = rules.CANCELLED
    reason = forms.ChoiceField(label="Why?", widget=Radios)
    said = forms.CharField(
        label="Is there more to say?", required=False, max_length=LONGEST_SAID, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = setting_on(self.setting)
        self.fields["reason"].choices = now.value.choices
        self.fields["reason"].help_text = f"The list is an {EXAMPLE}." if now.is_example else ""


class CancelForm(WhyForm):
    called = WhyForm.called | {"which": "which visits are cancelled"}
    which = forms.ChoiceField(label="Which visits?", widget=Radios)

    def __init__(self, *args: Any, planned: PlannedVisit, rest: int = 0, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if rest:
            all_of_them = f"It and the {rest} later one{'' if rest == 1 else 's'} of the series"
            self.fields["which"].choices = [(THIS, f"Only this one, {planned.when}"), (REST, all_of_them)]
        else:
            del self.fields["which"]

    @property
    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"reason": data["reason"], "said": data["said"], "rest": data.get("which") == REST}


class NoAccessForm(WhyForm):
    setting = rules.NO_ACCESS
    said = forms.CharField(
        label="What did you see or do?", required=False, max_length=LONGEST_SAID,
        help_text="For example that you left a card, or what made you worry.", widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "said")}
