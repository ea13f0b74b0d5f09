"""The small pages of a person: one question or a few that belong together."""

from typing import Any

from django import forms

from families.about.rules import Question, problem
from families.identifiers.forms import IdentifierField
from families.identifiers.rules import KINDS
from families.names import rules as names
from families.names.rules import Called, Shown
from families.names.services import Told
from families.people.models import Person
from families.people.rules import age_on, estimated_birth
from families.profile.services import taken_in_sight
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import GovDateField, OnceForm, Radios

OLDEST = 110
CHANGED, SLIP = "changed", "slip"
KNOWN, ABOUT, UNKNOWN = "known", "about", "unknown"


class Revised(OnceForm):
    """A form that changes a person. ``revision`` is the person as the writer saw them."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def show_again(self, person: Person) -> None:
        """Keep what was typed, and send it next time against the person as they are now."""
        person.refresh_from_db()
        self.data = self.data.copy()
        self.data["revision"] = person.revision


class WithSource(OnceForm):
    source = forms.CharField(
        label="Where is this from?", max_length=200, help_text="For example, a birth certificate seen on a visit."
    )
    told_by = forms.ChoiceField(label="Whose word is it?", choices=names.WORD_CHOICES, widget=Radios)
    called = {"source": "Where this is from", "told_by": "Whose word it is"}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        return said | {"told": Told(said.pop("source", ""), said.pop("told_by", ""))}


class NameForm(WithSource, Revised):
    """The name in use. A name that has changed is kept; a slip of the pen is not."""

    given_names = forms.CharField(label="Given names", max_length=120)
    family_name = forms.CharField(label="Family name", max_length=120)
    known_as = forms.CharField(label="Called for short", max_length=120, required=False, help_text="For example, Liz.")
    why = forms.ChoiceField(
        label="Why does it change?",
        choices=[(CHANGED, "They have changed their name"), (SLIP, "It was written down wrongly")],
        widget=Radios(reveals={CHANGED: "was"}),
    )
    was = forms.ChoiceField(
        label="What was the name until now?",
        choices=[(str(kind), names.KIND_NAMES[kind]) for kind in names.FORMER],
        widget=Radios,
    )
    changed_on = GovDateField(
        label="Since when are they called so?", called="The date", required=False, latest=today,
        help_text="Leave it empty if nobody knows.",
    )  # fmt: skip
    field_order = ["given_names", "family_name", "known_as", "why", "was", "changed_on", "source", "told_by"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        parts = (said.pop(part, "") for part in ("given_names", "family_name", "known_as"))
        return said | {"called": Called(*parts)}


class OtherNameForm(WithSource):
    """Another name, and who may see it: nobody is taken to agree that all may."""

    kind = forms.ChoiceField(label="What kind of name is it?", choices=names.KIND_CHOICES, widget=Radios)
    given_names = forms.CharField(label="Given names", max_length=120, required=False)
    family_name = forms.CharField(label="Family name", max_length=120, required=False)
    began_on = GovDateField(label="Used from", called="The first day", required=False, latest=today)
    ended_on = GovDateField(label="Used until", called="The last day", required=False, latest=today)
    shown = forms.ChoiceField(
        label="Who may see this name?",
        choices=list(names.SHOWN_NAMES.items()),
        widget=Radios(
            hints={
                Shown.ALL: "Other families this person belongs to see it too.",
                Shown.HOUSEHOLD: "For a name that would give away where somebody is who must not be found.",
                Shown.CALLED_HERE: "For a new identity: others go on seeing the name they know.",
            }
        ),
    )
    field_order = ["kind", "given_names", "family_name", "began_on", "ended_on", "shown", "source", "told_by"]
    called = WithSource.called | {"shown": "Who may see this name", "kind": "What kind of name it is"}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("given_names") and not said.get("family_name"):
            self.add_error("given_names", "Enter a given name or a family name")
        began, ended = said.get("began_on"), said.get("ended_on")
        if began and ended and ended < began:
            self.add_error("ended_on", "The last day must be on or after the first")
        if ended and said.get("shown") == Shown.CALLED_HERE:
            self.add_error("ended_on", "A name they are called here has no end")
        return said


class BirthForm(Revised):
    """Birth, gender and death."""

    birth = forms.ChoiceField(
        label="Is the date of birth known?",
        choices=[(KNOWN, "Yes"), (ABOUT, "No, but about how old they are"), (UNKNOWN, "No")],
        widget=Radios(reveals={KNOWN: "born_on", ABOUT: "age"}),
    )
    born_on = GovDateField(label="Date of birth", latest=today)
    age = forms.IntegerField(label="About how old are they?", min_value=0, max_value=OLDEST)
    gender = forms.ChoiceField(label="What do they live as?", choices=Person.Gender.choices, widget=Radios)
    died_on = GovDateField(
        label="Day of death", required=False, latest=today, help_text="Only if this person has died."
    )
    called = {"age": "The age", "birth": "Whether the date of birth is known", "gender": "What they live as"}
    field_order = ["birth", "born_on", "age", "gender", "died_on"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        age, born_on = said.pop("age", None), said.get("born_on")
        said["born_estimated"] = said.pop("birth", "") == ABOUT and age is not None
        said["born_on"] = estimated_birth(age, on=today()) if said["born_estimated"] else born_on
        if said.get("died_on") and said["born_on"] and said["died_on"] < said["born_on"]:
            self.add_error("died_on", "The day of death must be after the date of birth")
        return said

    @staticmethod
    def answers_of(person: Person) -> dict[str, Any]:
        """Return a person as the answers that say so."""
        about = person.born_estimated and person.born_on
        return {
            "birth": ABOUT if about else KNOWN if person.born_on else UNKNOWN,
            "age": age_on(person.born_on, today()) if about else None,
            "born_on": None if about else person.born_on,
            "gender": person.gender,
            "died_on": person.died_on,
        }


class AboutForm(WithSource):
    """One question about a person. ``seen`` is the answer the writer read; empty: nobody had asked."""

    said_on = GovDateField(label="When was it said?", called="The day", initial=today, latest=today)
    seen = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)
    field_order = ["answer", "words", "said_on", "source", "told_by", "seen"]

    def __init__(self, *args: Any, question: Question, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.question = question
        self._ask("answer", forms.ChoiceField(label=question.asked, choices=question.choices, widget=Radios))
        if question.words:
            self._ask("words", forms.CharField(label=question.words, max_length=200, required=False))
        self.order_fields(self.field_order)

    def _ask(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self._word(name, field)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        wrong = problem(self.question.code, said.get("answer", ""), said.get("words", ""))
        if "words" in wrong:
            self.add_error("words", wrong["words"])
        return said

    def show_again(self, seen: str) -> None:
        """Keep what was typed, and send it next time against the answer as it is now."""
        self.data = self.data.copy()
        self.data["seen"] = seen


class IdentifiersForm(Revised):
    """The numbers others know a person by."""

    upn = IdentifierField(KINDS["upn"])
    nhs_number = IdentifierField(KINDS["nhs_number"])
    ni_number = IdentifierField(KINDS["ni_number"])
    source = forms.CharField(label="Where are they from?", max_length=200, help_text="For example, a letter seen.")
    called = {"source": "Where they are from"}

    def __init__(self, *args: Any, person: Person, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person, self.user = person, user

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        numbers = {field: said.pop(field) for field in KINDS if field in said}
        for field, sentence in taken_in_sight(self.person, numbers, by=self.user).items():
            self.add_error(field, sentence)
        return said | {"numbers": numbers}
