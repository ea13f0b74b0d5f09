"""The questions of a concern, of what was done about it, of its review, and of a mistake."""

from typing import Any

from django import forms

from casework.safeguarding import rules
from casework.safeguarding.rules import KNOWS, LONGEST, REFERS, ROUTES, SHORT, STEPS, Route, Said, Step, Told
from casework.safeguarding.services import colleagues, own_team
from families.people.models import Family
from slf.access.models import Locality
from slf.accounts.models import User
from slf.web.forms import GovForm, OnceForm, Radios


def area(label: str, help_text: str = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "autocapitalize": "sentences"})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=box, required=required)


class ConcernForm(GovForm):
    """What somebody says when they raise a concern. ``family`` is chosen already, or it is about somebody unknown."""

    called = {
        "route": "what it is about", "about": "Who it is about", "words": "What the concern is", "refers": "who acts",
        "knows": "whether they know", "told_who": "Whom you spoke to", "team": "The locality",
    }  # fmt: skip
    route = forms.ChoiceField(
        label="What is it about?",
        choices=rules.ROUTE_CHOICES,
        widget=Radios(
            hints={route: found.hint for route, found in ROUTES.items()}, reveals={Route.STAFF.value: "accused"}
        ),
        error_messages={"required": "Say what it is about"},
    )
    accused = forms.ModelChoiceField(
        label="Which colleague?", queryset=User.objects.none(), to_field_name="uid", required=False,
        empty_label="Somebody who is not on this list",
        help_text="Choose them if they are here: nobody but a head of service will read this, and never they.",
    )  # fmt: skip
    about = forms.CharField(
        label="Who is it about?", max_length=SHORT,
        help_text="Names and ages, or what you know of them: “a boy of about eight at the Shelthorpe shops”.",
    )  # fmt: skip
    team = forms.ModelChoiceField(
        label="In which locality do they live?", queryset=Locality.objects.order_by("name"), to_field_name="slug",
        required=False, empty_label="Choose",
        help_text="Its seniors and manager read it. If you do not know: where you met them.",
    )  # fmt: skip
    words = area("What is the concern?", "What was seen, heard or said, when, and by whom: in their own words.", rows=7)
    done = area("What has been done already?", "To make them safe, or to find out more.", rows=3, required=False)
    refers = forms.ChoiceField(
        label="Have you told those whose job it is to act?",
        choices=REFERS.items(),
        help_text="You need nobody's leave to ring them. Ring first, write after.",
        widget=Radios(reveals={"told": "told_who"}),
        error_messages={"required": "Say whether you have told those whose job it is to act"},
    )
    told_who = forms.CharField(label="Whom did you speak to, and at what time?", max_length=SHORT)
    knows = forms.ChoiceField(
        label="Do they know that you write this down?",
        choices=KNOWS.items(),
        help_text="The family, or the person it is about. It is shared for safety, whether they agree or not.",
        widget=Radios,
        error_messages={"required": "Say whether they know that you write this down"},
    )

    def __init__(self, *args: Any, family: Family | None, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.family, self.by = family, by
        self.fields["accused"].queryset = colleagues(by)
        if family is not None:
            del self.fields["team"]
        elif (team := own_team(by)) and not self.initial.get("team"):
            self.initial["team"] = team.slug

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        asks_team = "team" in self.fields and answers.get("route") not in {None, Route.STAFF}
        if asks_team and not answers.get("team") and "team" not in self.errors:
            self.add_error("team", "Choose a locality")
        return answers

    @property
    def told(self) -> Told:
        said = dict(self.cleaned_data)
        accused, team = said.pop("accused", None), said.pop("team", None)
        return Told(**said, accused=accused and accused.pk, team=team and team.pk)


class StepForm(OnceForm):
    """One thing that was done; which questions are asked depends on what it is."""

    called = {"who": "Who it was", "words": "What was said", "result": "what became of it"}
    who = forms.CharField(max_length=SHORT)
    result = forms.ChoiceField(widget=Radios, label="What became of it?")
    words = area("")

    def __init__(self, *args: Any, step: Step, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.step, asks = step, STEPS[step]
        self.fields["words"].label, self.fields["who"].label = asks.words, asks.who
        self.fields["result"].choices = asks.results.items()
        for name, is_asked in (("who", asks.who), ("result", asks.results)):
            if not is_asked:
                del self.fields[name]

    @property
    def said(self) -> Said:
        return Said(step=self.step, **self.cleaned_data)


class ReviewForm(OnceForm):
    called = {"decision": "what you decide", "words": "Why"}
    decision = forms.ChoiceField(label="What do you decide?", choices=rules.DECISIONS.items(), widget=Radios)
    words = area(STEPS[Step.REVIEWED].words, "Whoever raised it reads this.")


class MistakeForm(OnceForm):
    called = {"why": "Why it was a mistake", "reference": "The reference"}
    why = area(STEPS[Step.MISTAKE].words, "Somebody else decides on it. Nothing is deleted.")
    reference = forms.CharField(
        label="Reference of the family it belongs to", max_length=12, required=False,
        help_text="For example SLF-000123. Leave it out if it belongs to none that you can open.",
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, asks_family: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by = by
        if not asks_family:
            del self.fields["reference"]

    def clean_reference(self) -> Family | None:
        asked = self.cleaned_data["reference"].strip().upper()
        if not asked:
            return None
        found = Family.objects.visible_to(self.by).filter(reference=asked).first()
        if found is None:
            raise forms.ValidationError("Give the reference of a family that you can open")
        return found.shown


class DecideForm(OnceForm):
    called = {"decision": "what you decide", "words": "Why it stays"}
    decision = forms.ChoiceField(
        label="Was it entered in error?", widget=Radios(reveals={"stays": "words"}),
        choices=[("mistake", "Yes: mask it"), ("stays", "No: it stays as it is")],
    )  # fmt: skip
    words = area(STEPS[Step.MISTAKE_LEFT].words)
