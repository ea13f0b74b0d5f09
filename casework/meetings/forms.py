"""When and where a meeting is and who is invited; its minutes as they are written; actions; what is added."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from casework.meetings import rules
from casework.meetings.minutes import CAME, POINT, Answer, answers_of, key
from casework.meetings.models import Invitee, Meeting, MeetingPoint
from casework.meetings.rules import BLANKS, CAME_NAMES, LONGEST, LONGEST_WHAT, WRITTEN, Kind, Said
from casework.meetings.services import Invited, keys_of
from slf.web.fields import Checkboxes, Radios
from slf.web.forms import GovDateField, GovForm, OnceForm
from slf.web.together import THEIRS, fingerprints, touched

LETTER = "A child is invited where it is right for them to be there."
NEW = "new"


class PlanForm(OnceForm):
    called = {"day": "The day", "starts_at": "The time", "place": "The place", "purpose": "What it is for"}
    day = GovDateField(label="Which day?", called="The day")
    starts_at = forms.TimeField(
        label="At what time?",
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-5"}, format="%H:%M"),
    )
    place = forms.CharField(label="Where?", max_length=200)
    purpose = forms.CharField(label="What is it for?", max_length=LONGEST_WHAT)
    people = forms.MultipleChoiceField(
        label="Who of the family is invited?", required=False, widget=Checkboxes, help_text=LETTER
    )
    members = forms.MultipleChoiceField(
        label="Who of the team around the family is invited?", required=False, widget=Checkboxes
    )
    users = forms.MultipleChoiceField(label="Who of this service is invited?", required=False, widget=Checkboxes)

    def __init__(self, *args: Any, could: Invited, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.could = could
        for name, those in (("people", could.people), ("members", could.members), ("users", could.users)):
            if those:
                self.fields[name].choices = [(str(one.uid), in_words(one)) for one in those]
            else:
                del self.fields[name]

    @property
    def told(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("day", "starts_at", "place", "purpose")}
        return said | {"invited": Invited(*(self._chosen(name) for name in ("people", "members", "users")))}

    def _chosen(self, name: str) -> list[Any]:
        wanted = set(self.cleaned_data.get(name) or ())
        return [one for one in getattr(self.could, name) if str(one.uid) in wanted]


class ChangeForm(PlanForm):
    """``seen``: the meeting as it stood when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def told(self) -> dict[str, Any]:
        return super().told | {"seen": self.cleaned_data["seen"]}


def in_words(one: Any) -> str:
    return f"{one}, {one.of}" if hasattr(one, "of") else str(one)


def planned(meeting: Meeting, could: Invited) -> dict[str, Any]:
    """Return a meeting as the form that changes it."""
    there = {key for one in meeting.those_invited for key in keys_of(one)}
    columns = {"people": "person_id", "members": "member_id", "users": "user_id"}
    ticked = {
        name: [str(one.uid) for one in getattr(could, name) if (column, one.pk) in there]
        for name, column in columns.items()
    }
    return ticked | {name: getattr(meeting, name) for name in ("day", "starts_at", "place", "purpose")}


class AskForm(OnceForm):
    called = {"purpose": "What it is for", "by_day": "The day"}
    purpose = forms.CharField(
        label="What is it for, and who should be there?", max_length=LONGEST_WHAT,
        help_text="Business support reads this. Write nothing that is not for a letter of invitation.",
    )  # fmt: skip
    by_day = GovDateField(label="By which day at the latest?", called="The day")


class CancelForm(OnceForm):
    called = {"because": "Why it is cancelled"}
    because = forms.CharField(label="Why is it cancelled?", max_length=LONGEST_WHAT)


class KeptForm(OnceForm):
    """A form that asks who of those invited must not learn of something."""

    kept = forms.MultipleChoiceField(
        label="Who must not learn of it?", required=False, widget=Checkboxes,
        help_text="It is left out of the copy that is made for them.",
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.those = {str(one.uid): one for one in meeting.those_invited}
        self.fields["kept"].choices = can_be_kept_from(meeting)
        if not self.fields["kept"].choices:
            del self.fields["kept"]

    @property
    def kept_from(self) -> list[int]:
        return [self.those[uid].pk for uid in self.cleaned_data.get("kept") or ()]


class AddForm(KeptForm):
    called = {"words": "What is added"}
    words = forms.CharField(
        label="What is added?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What was forgotten, or what is not right in the minutes.",
    )  # fmt: skip
    field_order = ("words", "kept")

    @property
    def told(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"], "kept_from": self.kept_from}


class ActionForm(KeptForm):
    called = {"what": "What is to be done", "owner": "Who does it", "due_on": "The day"}
    what = forms.CharField(label="What is to be done?", max_length=LONGEST_WHAT)
    owner = forms.ChoiceField(label="Who does it?", widget=Radios)
    due_on = GovDateField(label="By when?", called="The day")
    field_order = ("what", "owner", "due_on", "kept")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any):
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["owner"].choices = [(uid, in_words(one)) for uid, one in self.those.items()]

    @property
    def told(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("what", "due_on")}
        return said | {"owner": self.those[self.cleaned_data["owner"]], "kept_from": self.kept_from}


class SettleForm(OnceForm):
    called = {"state": "Whether it was done", "came_of_it": "What came of it"}
    state = forms.ChoiceField(
        label="Was it done?", widget=Radios, choices=[("done", "Yes"), ("dropped", "No, it is not needed any more")]
    )
    came_of_it = forms.CharField(label="What came of it?", max_length=LONGEST_WHAT)


# Minutes -------------------------------------------------------------------------------------------------------------


def can_be_kept_from(meeting: Meeting) -> list[tuple[str, str]]:
    """Return those invited who do not work here: colleagues read the record itself."""
    return [(str(one.uid), str(one)) for one in meeting.those_invited if not one.is_of_us]


class MinutesForm(GovForm):
    """Who came, each paragraph with its kind and who must not learn of it, and empty ones to go on with."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60_000)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.meeting, self.people = meeting, can_be_kept_from(meeting)
        self.by_uid = {str(one.uid): one for one in meeting.invited.all()}
        self.invited = {key(CAME, one): one for one in meeting.those_invited}
        self.points = {key(POINT, one): one for one in meeting.points.all() if not one.is_addition}
        for name, one in self.invited.items():
            came = [*CAME_NAMES.items(), ("", "Not said yet")]
            label = f"{one}, {one.of}"
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=came, widget=Radios)
        numbered = [*self.points, *(f"{NEW}-{number}" for number in range(1, BLANKS + 1))]
        self.names = numbered
        for number, name in enumerate(numbered, start=1):
            self._paragraph(name, number)
        self.must_follow |= {*self.invited, *(f"kind-{name}" for name in numbered)}  # each has a first choice
        for name, field in self.fields.items():
            self._word(name, field)

    def _paragraph(self, name: str, number: int) -> None:
        is_new = name.startswith(NEW)
        self.fields[name] = forms.CharField(
            label=f"Paragraph {number}", required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
            help_text="" if is_new else "Emptied, it is taken out of the minutes.",
        )  # fmt: skip
        self.fields[f"kind-{name}"] = forms.ChoiceField(
            label=f"What is paragraph {number}?", required=False, choices=list(WRITTEN.items()), initial=Kind.PARAGRAPH
        )
        if self.people:
            self.fields[f"kept-{name}"] = forms.MultipleChoiceField(
                label=f"Who must not learn of paragraph {number}?", required=False, choices=self.people,
                widget=Checkboxes, help_text="It is left out of the copy that is made for them.",
            )  # fmt: skip

    @property
    def attendance(self) -> list[Any]:
        return [self[name] for name in self.invited]

    @property
    def paragraphs(self) -> Iterable[dict[str, Any]]:
        for name in self.names:
            kept = self[f"kept-{name}"] if self.people else None
            yield {"words": self[name], "kind": self[f"kind-{name}"], "kept": kept,
                   "is_marked": bool(kept and (kept.value() or kept.errors))}  # fmt: skip

    @property
    def hidden(self) -> dict[str, Any]:
        return {"revision": self["revision"].value(), "was": self["was"].value()}

    def _said(self, name: str) -> Said:
        said = self.cleaned_data
        kept = (self.by_uid[uid].pk for uid in said.get(f"kept-{name}") or () if uid in self.by_uid)
        return Said(said.get(f"kind-{name}") or Kind.PARAGRAPH, said.get(name, ""), frozenset(kept))

    @property
    def answers(self) -> dict[str, Answer]:
        """What was on the page; a paragraph that somebody added since it was opened is not touched by it."""
        came: dict[str, Answer] = {name: self.cleaned_data.get(name, "") for name in self.invited if name in self.data}
        return came | {name: rules.tidied(self._said(name)) for name in self.points if name in self.data}

    @property
    def more(self) -> list[Said]:
        return [self._said(name) for name in self.names if name.startswith(NEW)]

    def settled(self) -> tuple[dict[str, Answer], set[str]]:
        """Return the answers and which of them the writer changed; where "theirs" was chosen, none of their own."""
        mine, theirs = self.answers, answers_of(self.meeting)
        chosen = {name for name in mine if self.data.get(f"keep-{name}") == THEIRS}
        mine |= {name: theirs[name] for name in chosen if name in theirs}
        return mine, touched(as_kept(mine), self.cleaned_data.get("was") or "") - chosen


def as_kept(answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {name: said.as_json if isinstance(said, Said) else said for name, said in answers.items()}


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """Return the minutes as the fields that give them, with what tells later who changed what."""
    uids = {one.pk: str(one.uid) for one in meeting.invited.all()}
    found: dict[str, Any] = {"revision": meeting.revision, "was": fingerprints(as_kept(answers_of(meeting)))}
    found |= {key(CAME, one): one.came for one in meeting.those_invited}
    for point in meeting.points.all():
        found |= of_point(key(POINT, point), point, uids)
    return found


def of_point(name: str, point: MeetingPoint, uids: Mapping[int, str]) -> dict[str, Any]:
    kept = [uids[one] for one in point.kept_from if one in uids]
    return {name: point.words, f"kind-{name}": point.kind, f"kept-{name}": kept}


def written_in(content: Mapping[str, list[str]], form: MinutesForm) -> dict[str, Any]:
    """Return what a draft holds as the fields' first answers."""
    many = {name for name, field in form.fields.items() if isinstance(field, forms.MultipleChoiceField)}
    return {name: content.get(name, []) if name in many else content.get(name, [""])[0] for name in form.fields}


def invited_as(uid: UUID, those: Sequence[Invitee]) -> Invitee | None:
    return next((one for one in those if one.uid == uid), None)
