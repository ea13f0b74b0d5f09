"""What is asked of a document, of a new version, and of a mistake."""

from typing import Any

from django import forms

from casework.documents.choosing import Thing, things_of
from casework.documents.rules import KINDS, LONGEST, LONGEST_LINE
from casework.documents.services import Told
from families.households.services import household_on
from families.people.models import Family
from slf.access.rules import SHORTEST_REASON
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import value_of
from slf.web.forms import GovDateField, OnceForm

MAY_BE = "A PDF, a Word document or a picture, up to 10 MB. Where a picture was taken is not kept."
ONE_OF_THEM = "Choose a file or take a picture"
NOT_BOTH = "Choose a file or take a picture, not both"


def file_fields() -> dict[str, forms.FileField]:
    """Return the two ways to give a file; a telephone opens its camera for the second."""
    kinds = {"accept": ".pdf,.docx,image/jpeg,image/png"}
    camera = {"accept": "image/jpeg", "capture": "environment"}
    return {
        "file": forms.FileField(
            label="The file", required=False, help_text=MAY_BE, widget=forms.FileInput(attrs=kinds)
        ),
        "picture": forms.FileField(
            label="Or take a picture of it", required=False, help_text="On a telephone this opens the camera.",
            widget=forms.FileInput(attrs=camera),
        ),
    }  # fmt: skip


class WithFile(OnceForm):
    """A form that a file comes with, chosen or photographed."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, field in file_fields().items():
            self.fields[name] = field
            self._word(name, field)
        self.must_follow |= {"file", "picture"}  # one of the two, so neither is called optional

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        given = [answers.get(name) for name in ("file", "picture") if answers.get(name)]
        if not given and not {"file", "picture"} & set(self.errors):
            self.add_error("file", ONE_OF_THEM)
        elif len(given) > 1:
            self.add_error("picture", NOT_BOTH)
        self.given = given[0] if given else None
        return answers


class DocumentForm(WithFile):
    called = {
        "kind": "What kind of document it is", "title": "What it is", "dated_on": "The date on it",
        "source": "From whom it is", "about": "What it belongs to", "person": "Who it is about",
    }  # fmt: skip
    kind = forms.ChoiceField(label="What kind of document is it?")
    title = forms.CharField(
        label="What is it, in a few words?", max_length=LONGEST_LINE, help_text="As you would look for it."
    )
    dated_on = GovDateField(label="Which date is on it?", called="The date on it", latest=today)
    source = forms.CharField(
        label="From whom?", max_length=LONGEST_LINE, required=False, help_text="The agency or the person."
    )
    person = forms.ChoiceField(label="Who is it about?", required=False)
    about = forms.ChoiceField(
        label="Does it belong to something in the record?", required=False,
        help_text="What belongs to a safeguarding concern or a supervision is seen by those who see that.",
    )  # fmt: skip

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(one.person.uid): one for one in household_on(family, today(), by=user)}
        self.things: dict[str, Thing] = {thing.key: thing for thing in things_of(family, by=user)}
        self.fields["kind"].choices = [("", "Choose"), *value_of(KINDS).choices]
        members = [(uid, member.name) for uid, member in self.people.items()]
        self.fields["person"].choices = [("", "The family as a whole"), *members]
        things = [(key, thing.label) for key, thing in self.things.items()]
        self.fields["about"].choices = [("", "To the family's record as a whole"), *things]

    @property
    def told(self) -> Told:
        said = self.cleaned_data
        member, thing = self.people.get(said["person"]), self.things.get(said["about"])
        about = {str(thing.about): thing.row} if thing else {}
        return Told(
            said["kind"], said["title"], said["dated_on"], said["source"], member and member.entry, **about
        )  # fmt: skip


class VersionForm(WithFile):
    called = {"why": "Why there is a new version"}
    why = forms.CharField(label="Why is there a new version?", max_length=LONGEST, widget=forms.Textarea({"rows": 2}))


class MistakeForm(OnceForm):
    called = {"because": "Why it is an error"}
    because = forms.CharField(
        label="Why was it an error to keep it here?", min_length=SHORTEST_REASON, max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="Its title and its file are hidden from then on. It is not deleted: a locality manager can open it.",
    )  # fmt: skip
