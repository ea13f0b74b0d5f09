"""What is asked before a page is asked for, released, sent back or handed over; and what its person says on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from casework.own_page import rules
from casework.own_page.rules import Screen
from casework.plans.models import Goal
from families.people.models import Membership, Person
from families.people.rules import ADULT, age_on
from slf.clock import today
from slf.web.forms import Checkboxes, GovForm, OnceForm, Radios

YES_NO = [("yes", "Yes"), ("no", "No")]


def yes_no(label: str, help_text: str = "", **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=YES_NO, coerce=lambda said: said == "yes", empty_value=None,
        widget=Radios(inline=True), **more,
    )  # fmt: skip


class LeavingOut(OnceForm):
    """Goals and actions, each to be left out. What was left out already cannot be taken in again."""

    goals_out = forms.MultipleChoiceField(
        label="Goals that must not be on it", required=False, widget=Checkboxes,
        help_text="None ticked: every goal of the plan is on it. Needs, addresses and what others said never are.",
    )  # fmt: skip
    actions_out = forms.MultipleChoiceField(
        label="Actions that must not be on it", required=False, widget=Checkboxes,
        help_text="Think of what other members of the household do, and of what would tell where somebody is.",
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Sequence[Goal], but: Iterable[int] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        out = set(but)
        self.goals = {str(goal.uid): goal.pk for goal in goals}
        self.actions = {str(action.uid): action.pk for goal in goals for action in goal.actions.all()}
        actions = [action for goal in goals for action in goal.actions.all()]
        self.fields["goals_out"].choices = [(str(one.uid), str(one)) for one in goals if one.pk not in out]
        self.fields["actions_out"].choices = [
            (str(one.uid), f"{one} ({one.owner})") for one in actions if one.pk not in out
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        said["goals_out"] = [self.goals[uid] for uid in said.get("goals_out", ())]
        said["actions_out"] = [self.actions[uid] for uid in said.get("actions_out", ())]
        return said


class AskForm(LeavingOut):
    """Whose page, the screen, and what is left out."""

    called = {
        "person": "Whose page it is", "asked_alone": "Whether they were asked alone", "device": "Who sees it",
        "could_be_harmed": "Whether somebody could harm them",
    }  # fmt: skip
    person = forms.ChoiceField(label="Whose page is it?", widget=Radios)
    asked_alone = yes_no(
        "Did you ask them alone?", "Where nobody of the household could hear it, on paper and on screens included."
    )
    device = forms.ChoiceField(
        label="Who else uses or looks at the telephone they would open it on?",
        choices=[(one.value, name) for one, name in rules.DEVICE_NAMES.items()],
        widget=Radios,
    )
    could_be_harmed = yes_no(
        "Could somebody harm, frighten or punish them for having this page?",
        "In the household or outside it. If they are not sure, answer yes.",
    )
    understands = yes_no(
        "If it is a child: do they understand what the page is, and want it?", "Leave it out for an adult.",
        required=False,
    )  # fmt: skip
    safe_times = forms.CharField(
        label="When is it safe to look at it?", max_length=rules.LONGEST_TIMES, required=False,
        help_text="Empty: at any time, or as the rules of safe contact say that stand with the name.",
    )  # fmt: skip
    not_shown = forms.CharField(
        label="What must nobody see on it?", max_length=rules.LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="In their words. Then tick below what has to do with it.",
    )  # fmt: skip
    field_order = [
        "person", "asked_alone", "device", "could_be_harmed", "understands", "safe_times", "not_shown", "goals_out",
        "actions_out",
    ]  # fmt: skip

    def __init__(self, *args: Any, members: Iterable[Membership], times: Mapping[int, str], **kwargs: Any):
        """``times``: the rules of safe contact in words, by person; of one person alone it is begun with them."""
        super().__init__(*args, **kwargs)
        self.people: dict[str, Membership] = {str(member.person.uid): member for member in members}
        self.fields["person"].choices = [(uid, member.name) for uid, member in self.people.items()]
        safe = {uid: times[one.person.pk] for uid, one in self.people.items() if one.person.pk in times}
        self.fields["person"].widget.hints = {uid: f"Safe contact: {words}" for uid, words in safe.items()}
        if len(self.people) == 1:
            self.fields["safe_times"].initial = next(iter(safe.values()), "")
        if not any(is_child(member) for member in self.people.values()):
            del self.fields["understands"]

    @property
    def asked(self) -> tuple[Person, Screen, dict[str, Any]]:
        """Return whose page, the screen, and what is left out."""
        said = dict(self.cleaned_data)
        member = self.people[said.pop("person")]
        out = {name: said.pop(name) for name in ("goals_out", "actions_out")}
        if not is_child(member):
            said["understands"] = None
        return member.person, Screen(**said), out


def is_child(member: Membership) -> bool:
    born = member.person.born_on
    return member.part == Membership.Part.CHILD and (born is None or age_on(born, today()) < ADULT)


class SendBackPageForm(OnceForm):
    called = {"answer": "Why it is sent back"}
    answer = forms.CharField(
        label="Why is it sent back?", max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever asked reads this. Say what has to be done first.",
    )  # fmt: skip


class EndPageForm(OnceForm):
    words = forms.CharField(
        label="Why is it taken away?", max_length=rules.LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class HandOverForm(GovForm):
    """How the link and the PIN reach them. Sent twice, the second link counts: it is shown once, and kept nowhere."""

    called = {"link_by": "How the link reaches them", "pin_by": "How the PIN reaches them"}
    link_by = forms.ChoiceField(
        label="How does the link reach them?", choices=[(w.value, name) for w, name in rules.LINK_WAYS.items()],
        widget=Radios,
    )  # fmt: skip
    pin_by = forms.ChoiceField(
        label="How does the PIN reach them?", choices=[(w.value, name) for w, name in rules.PIN_WAYS.items()],
        widget=Radios, help_text="Never together with the link.",
    )  # fmt: skip


# On the page itself: plain forms, without a key of a session


class PinForm(GovForm):
    pin = forms.CharField(
        label="Your PIN", max_length=20, help_text="The 6 figures your worker gave you.",
        error_messages={"required": "Enter your PIN"},
        widget=forms.TextInput(
            {"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
    )  # fmt: skip

    def clean_pin(self) -> str:
        return "".join(figure for figure in self.cleaned_data["pin"] if figure.isdigit())


class TickForm(GovForm):
    """How far one's own action is. One form for each action, told apart by its prefix."""

    called = {"progress": "How far it is"}
    progress = forms.ChoiceField(
        label="How far is it?", choices=list(rules.PROGRESS_NAMES.items()), widget=Radios,
        error_messages={"required": "Choose how far it is"},
    )  # fmt: skip
    words = forms.CharField(
        label="Do you want to say more?", max_length=rules.LONGEST_SAID, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class SayForm(GovForm):
    mark = forms.TypedChoiceField(
        label="How is it going?", choices=[(str(mark), name) for mark, name in rules.MARKS.items()],
        coerce=int, empty_value=None, required=False, widget=Radios,
    )  # fmt: skip
    words = forms.CharField(
        label="In your own words", max_length=rules.LONGEST_SAID, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_follow |= {"mark", "words"}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and said.get("mark") is None and not said.get("words"):
            self.add_error("mark", "Choose how it is going, or say it in your own words")
        return said
