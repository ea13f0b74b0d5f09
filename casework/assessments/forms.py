"""One page of an assessment: its questions, each with whose words they are; nothing is ticked beforehand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from casework.assessments import rules
from casework.assessments.rules import NOTHING, Answer, Form, Question
from casework.visits.rules import GRADE_NAMES
from families.people.models import Membership
from slf.web.fields import Checkboxes, Radios
from slf.web.forms import GovForm, OnceForm
from slf.web.together import THEIRS, fingerprints, touched

OTHER = "other"
NOT_ANSWERED = "We did not talk about this"
MARKS = ("grade", "told", "other", "kept")


@dataclass(frozen=True)
class Asked:
    """One question of the page with the fields it is answered in."""

    question: Question
    field: BoundField
    marks: list[BoundField]
    is_marked: bool
    is_new: bool


class PageForm(GovForm):
    """``questions`` are all that the page may ask; ``asked`` says which of them are on it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    asked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4_000)

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        members: Sequence[Membership],
        known: Mapping[str, str] | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.questions, self.known = questions, known or {}
        self.people = [(str(member.person.uid), member.name) for member in members]
        self.must_follow = frozenset(name_of(question.code) for question in questions if question.needed)
        self.on_page: list[str] = []
        self.new: set[str] = set()
        for question in questions:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        self.fields[name_of(question.code)] = field_for(question, self.known)
        told = [("", "Not said"), *self.people, (OTHER, "Somebody else")]
        grades = [("", "Not marked"), *GRADE_NAMES.items()]
        more = {
            "grade": forms.ChoiceField(label="What kind of statement is it?", required=False, choices=grades),
            "told": forms.ChoiceField(label="Whose information is it?", required=False, choices=told),
            "other": forms.CharField(
                label="If somebody else: who?", required=False, max_length=rules.LONGEST_OTHER
            ),
            "kept": forms.MultipleChoiceField(
                label="Who must not learn of it?", required=False, choices=self.people, widget=Checkboxes,
                help_text="It is left out of what is printed for them.",
            ),
        }  # fmt: skip
        for mark, field in more.items():
            self.fields[name_of(question.code, mark)] = field

    def show(self, questions: Iterable[Question], *, new: Iterable[str] = ()) -> None:
        """Say which questions are on the page, and which came because of an answer."""
        self.on_page, self.new = [question.code for question in questions], set(new)

    @property
    def parts(self) -> Iterator[Asked]:
        for question in self.questions:
            if question.code in self.on_page:
                marks = [self[name_of(question.code, mark)] for mark in MARKS]
                is_marked = any(field.value() for field in marks) or any(field.errors for field in marks)
                yield Asked(question, self[name_of(question.code)], marks, is_marked, question.code in self.new)

    @property
    def hidden(self) -> dict[str, Any]:
        """What the page carries: the revision it was opened at, how it read then, and what is on it."""
        return {"revision": self["revision"].value(), "was": self["was"].value(), "asked": " ".join(self.on_page)}

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for question in self.questions:
            told, other = (answers.get(name_of(question.code, mark), "") for mark in ("told", "other"))
            if told == OTHER and not other.strip():
                self.add_error(name_of(question.code, "other"), "Say whose information it is")
        return answers

    @property
    def answers(self) -> dict[str, Answer]:
        """What was answered, of every question that the page may ask."""
        return {question.code: answer_in(self.cleaned_data, question.code) for question in self.questions}

    def settled(self, theirs: Mapping[str, Answer]) -> tuple[dict[str, Answer], set[str]]:
        """Return the answers and which of them the writer changed; where "theirs" was chosen, none of their own."""
        mine = self.answers
        chosen = {code for code in mine if self.data.get(f"keep-{code}") == THEIRS}
        mine |= {code: theirs.get(code, NOTHING) for code in chosen}
        return mine, touched(as_kept(mine), self.cleaned_data.get("was") or "") - chosen


class SendBackForm(OnceForm):
    called = {"because": "Why it is sent back"}
    because = forms.CharField(
        label="Why is it sent back?", help_text="Whoever finished it reads this. Say what has to be done first.",
        max_length=rules.LONGEST, widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


def name_of(code: str, mark: str = "") -> str:
    return f"{mark or 'a'}-{code}"


def field_for(question: Question, known: Mapping[str, str]) -> forms.Field:
    """Return the field of a question. ``known``: of needs, what the record says of each already."""
    said = {"label": question.words, "help_text": question.help, "required": False}
    if question.form is Form.WORDS:
        return forms.CharField(**said, max_length=rules.LONGEST, widget=forms.Textarea({"rows": 3}))
    if question.form is Form.CHOICE:
        return forms.ChoiceField(**said, choices=[*question.choices, ("", NOT_ANSWERED)], widget=Radios)
    return forms.MultipleChoiceField(**said, choices=question.choices, widget=Checkboxes(hints=known))


def answer_in(sent: Mapping[str, Any], code: str) -> Answer:
    value, told = sent.get(name_of(code)) or "", sent.get(name_of(code, "told"), "")
    other = sent.get(name_of(code, "other"), "") if told == OTHER else ""
    return rules.tidied(
        Answer(
            value if isinstance(value, str) else " ".join(value),
            sent.get(name_of(code, "grade"), ""),
            "" if told == OTHER else told,
            other,
            frozenset(sent.get(name_of(code, "kept"), ())),
        )
    )


def initial_of(answers: Mapping[str, Answer], questions: Iterable[Question], *, revision: int) -> dict[str, Any]:
    """Return answers as the fields that give them, with what tells later who changed what."""
    found: dict[str, Any] = {"revision": revision}
    all_of_it = {question.code: answers.get(question.code, NOTHING) for question in questions}
    for question in questions:
        answer = all_of_it[question.code]
        found |= {
            name_of(question.code): list(answer.picked) if question.form is Form.NEEDS else answer.value,
            name_of(question.code, "grade"): answer.grade,
            name_of(question.code, "told"): OTHER if answer.told_by_other else answer.told_by,
            name_of(question.code, "other"): answer.told_by_other,
            name_of(question.code, "kept"): sorted(answer.kept_from),
        }
    return found | {"was": fingerprints(as_kept(all_of_it))}


def as_kept(answers: Mapping[str, Answer]) -> dict[str, dict[str, object]]:
    return {code: answer.as_json for code, answer in answers.items()}


def written_in(content: Mapping[str, list[str]], form: PageForm) -> dict[str, Any]:
    """Return what a draft holds as the fields' first answers."""
    many = {name for name, field in form.fields.items() if isinstance(field, forms.MultipleChoiceField)}
    return {name: content.get(name, []) if name in many else content.get(name, [""])[0] for name in form.fields}
