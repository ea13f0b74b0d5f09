"""Beginning a supervision, deciding on a family, the worker's own part, an action that is done."""

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.supervision.line import Line
from casework.supervision.models import Decision, SupervisionPart
from casework.supervision.rules import (
    DECISIONS,
    KIND_NAMES,
    LONGEST,
    LONGEST_WHAT,
    Agreed,
    Kind,
    OwnWords,
)
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.choosing import Choosing
from slf.web.forms import Checkboxes, GovDateField, GovForm, OnceForm, Radios
from slf.web.words import EXAMPLE


class BeginForm(OnceForm):
    """With whom, of what kind, on which day."""

    called = {"kind": "The kind of supervision", "workers": "The workers"}
    workers = forms.MultipleChoiceField(
        label="With whom?", widget=Checkboxes, help_text="Several only for a group supervision."
    )
    kind = forms.ChoiceField(
        label="What kind of supervision?", choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=Radios, initial=Kind.LINE,
    )  # fmt: skip
    held_on = GovDateField(label="On which day is it held?", called="The day", latest=today)

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any):
        super().__init__(*args, **{"initial": {"held_on": today()}} | kwargs)
        self.people = {str(line.worker.uid): line.worker for line in lines}
        self.fields["workers"].choices = [
            (str(line.worker.uid), f"{line.worker}, {line.place.role.label.lower()}, {line.place.locality}")
            for line in lines
        ]

    @property
    def chosen(self) -> list[User]:
        return [self.people[uid] for uid in self.cleaned_data["workers"]]


class DecideForm(GovForm):
    """What is decided on one family, and what is agreed, if anything is.

    Many stand on one page, so the names of the answers begin with the family's: what was typed in one of them before
    signing out is shown again in that one alone.
    """

    called = {"decision": "The decision", "owner": "Who does it", "due_on": "The day"}
    decision = forms.ChoiceField(label="What is decided?", widget=Radios)
    note = forms.CharField(
        label="Why, in a few words", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    what = forms.CharField(label="What is to be done?", max_length=LONGEST_WHAT, required=False)
    owner = forms.ChoiceField(label="Who does it?", widget=Radios(inline=True), required=False)
    due_on = GovDateField(label="By when?", called="The day", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, required=False)

    def __init__(self, *args: Any, part: SupervisionPart, key: str, decision: Decision | None = None, **kwargs: Any):
        said = {"owner": str(part.worker.uid), "revision": 0}
        if decision:
            said |= {"decision": decision.decision, "note": decision.note, "revision": decision.revision}
        super().__init__(*args, **{"initial": said, "prefix": key} | kwargs)
        two = (part.worker, part.supervision.supervisor)
        self.people = {str(one.uid): one for one in two}
        self.fields["owner"].choices = [(uid, str(one)) for uid, one in self.people.items()]
        now = setting_on(DECISIONS)
        kept = [(decision.decision, decision.words)] if decision else []
        chosen = dict(now.value.choices)
        self.fields["decision"].choices = [*chosen.items(), *(one for one in kept if one[0] not in chosen)]
        self.fields["decision"].help_text = f"The list is an {EXAMPLE}." if now.is_example else ""

    @property
    def agreed(self) -> dict[str, Any]:
        """What the form says, as the service takes it; an action of which half is missing is refused there."""
        said = self.cleaned_data
        return {
            "decision": said["decision"],
            "note": said["note"],
            "revision": said["revision"] or 0,
            "owner": self.people.get(said["owner"]),
        }

    def show_again(self, decision: Decision | None) -> None:
        """Keep what was typed; the next saving builds on what stands there now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = str(decision.revision if decision else 0)


class OwnForm(Choosing, OnceForm):
    """What stays between the two, who may both be writing in it. ``stands``: its words as they are kept."""

    wellbeing = forms.CharField(
        label="How are you?", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What weighs on you, what goes well, whether you feel safe.",
    )  # fmt: skip
    workload = forms.CharField(
        label="How is the workload?", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    development = forms.CharField(
        label="What do you want to learn?", max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Training, practice to watch, what to try next.",
    )  # fmt: skip

    @property
    def words(self) -> OwnWords:
        return OwnWords(**self.cleaned_data)


class DoneForm(OnceForm):
    came_of_it = forms.CharField(
        label="What came of it?", max_length=LONGEST_WHAT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def action_of(form: DecideForm) -> Agreed | None:
    """Return the action as it was typed, whole or not."""
    said = form.cleaned_data
    return Agreed(said["what"], said["due_on"]) if said["what"] or said["due_on"] else None
