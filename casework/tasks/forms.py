"""What is asked when a task is set, settled, handed on or put off."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from casework.tasks.rules import LONGEST_WHAT, LONGEST_WORDS, Step
from slf.accounts.models import User
from slf.web.forms import OnceForm


def day_box() -> forms.DateInput:
    """The phone's own picker: one tap instead of three boxes, and a plain box where there is none."""
    return forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d")


def words(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST_WORDS, widget=area)


class OwnerForm(OnceForm):
    """A form that asks whose a task is: oneself first, then the colleagues who see the family."""

    def __init__(self, *args: Any, people: Iterable[User], user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(one.uid): one for one in people}
        first = sorted(self.people.items(), key=lambda item: item[1].pk != user.pk)
        named = [(uid, f"{one} (you)" if one.pk == user.pk else str(one)) for uid, one in first]
        self.fields["owner"].choices = named if self.initial.get("owner") else [("", "Choose"), *named]

    @property
    def told(self) -> dict[str, Any]:
        return self.cleaned_data | {"owner": self.people[self.cleaned_data["owner"]]}


class SetForm(OwnerForm):
    called = {"what": "What is to be done", "due_on": "The day", "owner": "Whose it is"}
    what = forms.CharField(
        label="What is to be done?", max_length=LONGEST_WHAT,
        help_text="Whoever reads the family's record can read this.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    due_on = forms.DateField(label="By which day?", widget=day_box())
    owner = forms.ChoiceField(label="Who does it?")

    def __init__(self, data: QueryDict | None = None, *args: Any, user: User, **kwargs: Any):
        if data is not None and "owner" not in data:  # one's own, where nobody is named
            data = data.copy()
            data["owner"] = str(user.uid)
        super().__init__(data, *args, user=user, **kwargs)


class HandOnForm(OwnerForm):
    called = {"owner": "Who does it now", "words": "Why it is handed on"}
    owner = forms.ChoiceField(label="Who does it now?")
    words = words("Why is it handed on?", "Whoever has it now reads this.")


class PutOffForm(OnceForm):
    called = {"due_on": "The new day", "words": "Why it is put off"}
    due_on = forms.DateField(label="Until which day?", widget=day_box())
    words = words("Why is it put off?")


class DoneForm(OnceForm):
    step = Step.DONE
    called = {"words": "How it went"}
    words = words("How did it go?", "A word is enough.")


class DropForm(OnceForm):
    step = Step.DROPPED
    called = {"words": "Why it is dropped"}
    words = words("Why is it not done any more?")
