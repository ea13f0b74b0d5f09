"""How somebody knows a family; of whom it is noted; why it is ended."""

from collections.abc import Iterable
from typing import Any

from django import forms

from families.interests.rules import KIND_NAMES, LONGEST_WORDS, SAY_HOW, needs_words
from slf.access.rules import SHORTEST_REASON
from slf.accounts.models import User
from slf.web.forms import OnceForm, Radios
from slf.web.words import EXAMPLE

LONGEST_REASON = 1000


class KnowForm(OnceForm):
    """How I know them."""

    called = {"kind": "how you know them"}
    kind = forms.ChoiceField(
        label="How do you know them?", widget=Radios, help_text=f"The list is an {EXAMPLE}.",
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
    )  # fmt: skip
    words = forms.CharField(
        label="What should your senior know?", required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A few words are enough. Seniors, managers and the head of service read them, and you do.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if needs_words(answers.get("kind", ""), answers.get("words", "")):
            self.add_error("words", SAY_HOW)
        return answers


class NoteForm(KnowForm):
    """How somebody else knows them."""

    called = {"about": "who knows the family", "kind": "how they know them"}
    about = forms.ChoiceField(label="Who knows the family?")
    field_order = ["about", "kind", "words"]

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(person.uid): person for person in people}
        self.fields["about"].choices = [("", "Choose"), *((uid, str(person)) for uid, person in self.people.items())]
        self.fields["kind"].label = "How do they know them?"
        self.fields["words"].label = "What else is known?"

    def clean_about(self) -> User:
        return self.people[self.cleaned_data["about"]]


class EndForm(OnceForm):
    called = {"reason": "What you found"}
    reason = forms.CharField(
        label="What did you find when you looked into it?", min_length=SHORTEST_REASON, max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Your reason is kept. The family is open to them again.",
    )  # fmt: skip
