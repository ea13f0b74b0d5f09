"""The questions of a plan: a goal in the family's words, who does what by when, what an adult said."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from casework.plans import rules
from casework.plans.models import Action, Plan
from casework.plans.scans import checked
from families.needs.models import Need
from families.people.models import Membership, Person
from slf.accounts.models import User
from slf.clock import today
from slf.web.choosing import Choosing
from slf.web.errors import DomainError
from slf.web.forms import Checkboxes, GovDateField, OnceForm, Radios

AGENCY = "agency"


class NeedChoices(forms.ModelMultipleChoiceField):
    """The family's needs, by what they are and whose."""

    def label_from_instance(self, need: Need) -> str:
        return f"{need}, {need.person}" if need.person else str(need)


class Revised(OnceForm):
    """A form about the plan as its writer read it, of which ``revision`` tells."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def show_again(self, plan: Plan) -> None:
        """Keep what was typed, and send it next time against the plan as it reads now."""
        plan.refresh_from_db(fields=["revision"])
        self.data = self.data.copy()
        self.data["revision"] = plan.revision


class GoalForm(OnceForm):
    """A goal. It answers at least one need when the family has any on record."""

    words = forms.CharField(
        label="What does the family want to be different?",
        help_text="In their own words, as one of them said it.",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )
    needs = NeedChoices(
        label="Which needs does it answer?",
        queryset=Need.objects.none(),
        to_field_name="uid",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one need that this goal answers"},
    )

    called = {"words": "The goal"}

    def __init__(self, *args: Any, needs: QuerySet[Need], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = needs
        self.fields["needs"].required = needs.exists()
        if not needs.exists():
            del self.fields["needs"]

    def clean(self) -> dict[str, Any]:
        return {"needs": []} | super().clean()


class ChangeGoalForm(Choosing, GoalForm):
    """A goal that is on the plan already. ``stands``: its ``words`` and ``needs``."""


class ActionForm(OnceForm):
    """Who does what by when. The owner is one of the family, a worker, or another service."""

    what = forms.CharField(label="What will be done?", max_length=300, widget=forms.Textarea({"rows": 2}))
    owner = forms.ChoiceField(label="Who will do it?", widget=Radios(reveals={AGENCY: AGENCY}))
    agency = forms.CharField(label="Name of the service", max_length=80)
    due_on = GovDateField(label="By when?", called="The date")

    called = {"what": "What will be done", "owner": "Who will do it"}
    field_order = ["what", "owner", "agency", "due_on"]

    def __init__(self, *args: Any, people: Iterable[Membership], workers: Iterable[User], plan: Plan, **kwargs: Any):
        self.owners: dict[str, Person | User] = {
            **{f"person-{member.person.uid}": member.person for member in people},
            **{f"worker-{worker.uid}": worker for worker in workers},
        }
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*self._named(), (AGENCY, "Another service or person")]
        self.fields["due_on"].earliest = plan.started_on

    def _named(self) -> list[tuple[str, str]]:
        return [(key, f"{who}, worker" if isinstance(who, User) else str(who)) for key, who in self.owners.items()]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        agency = answers.pop(AGENCY, "")
        answers["owner"] = self.owners.get(answers.get("owner"), agency)
        return answers


class ChangeActionForm(Choosing, ActionForm):
    """An action that is on the plan already. ``stands``: ``answers_of`` it."""


def answers_of(action: Action) -> dict[str, Any]:
    """Return an action as the answers that gave it."""
    owner = AGENCY if action.agency else key_of(action.owner)
    return {"what": action.what, "due_on": action.due_on, "owner": owner, AGENCY: action.agency}


def key_of(owner: Person | User) -> str:
    return f"{'worker' if isinstance(owner, User) else 'person'}-{owner.uid}"


class AnswerForm(Revised):
    """What one adult said to the plan, and how."""

    person = forms.ChoiceField(label="Who?", widget=Radios)
    said = forms.ChoiceField(
        label="What did they say?",
        choices=[(rules.Said.AGREED, "They agree with this plan"), (rules.Said.REFUSED, "They do not agree")],
        widget=Radios(reveals={rules.Said.REFUSED: "reason"}),
    )
    reason = forms.CharField(
        label="Why not?", help_text="In their own words.", max_length=500, widget=forms.Textarea({"rows": 3})
    )
    how = forms.ChoiceField(
        label="How did they say so?", choices=list(rules.HOW_NAMES.items()),
        widget=Radios(reveals={rules.How.DRAWN: "drawing", rules.How.TYPED: "typed_name", rules.How.PAPER: "scan"}),
    )  # fmt: skip
    drawing = forms.CharField(
        label="Their signature", max_length=rules.LONGEST_DRAWING, widget=forms.TextInput({"data-sign": ""}),
        help_text="With a finger or a mouse. Where that does not work, choose that they type their name.",
        error_messages={"required": rules.NO_DRAWING},
    )  # fmt: skip
    typed_name = forms.CharField(
        label="Their name, as they type it", max_length=rules.LONGEST_TYPED, error_messages={"required": rules.NO_NAME}
    )
    scan = forms.FileField(
        label="The scan of it", required=False,
        help_text="A PDF or a picture, up to 10 MB. You can add it later. Where a picture was taken is not kept.",
    )  # fmt: skip
    said_on = GovDateField(label="When?", called="The date", initial=today, latest=today)

    called = {"person": "Who it was", "said": "What they said", "how": "How they said so"}
    field_order = ["person", "said", "reason", "how", "drawing", "typed_name", "scan", "said_on"]

    def __init__(self, *args: Any, adults: Iterable[Membership], plan: Plan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.adults = {str(member.person.uid): member.person for member in adults}
        self.fields["person"].choices = [(uid, str(person)) for uid, person in self.adults.items()]
        self.fields["said_on"].earliest = plan.started_on

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        signature = answers.pop("drawing", "") or answers.pop("typed_name", "")
        answers.pop("typed_name", None)
        self.scan = answers.pop("scan", None)
        if "how" in answers and not self.errors:
            self._check(answers["how"], signature)
        return answers | {"person": self.adults.get(answers.get("person")), "signature": signature}

    def _check(self, how: str, signature: str) -> None:
        """Say beside the box what is wrong with a signature or a scan, before anything is recorded."""
        try:
            rules.check_signature(how, signature)
            if self.scan is not None:
                checked(self.scan)
        except rules.WrongSignature as wrong:
            self.add_error(wrong.field, wrong.message)
        except DomainError as wrong:
            self.add_error("scan", wrong.message.rstrip("."))


class ScanForm(OnceForm):
    scan = forms.FileField(
        label="The scan of what they signed",
        help_text="A PDF or a picture, up to 10 MB. Where a picture was taken is not kept.",
    )
