"""The family's assessment: its questions and when each is asked, what an answer is, its states, when it is due again.

A tool is data: sections of the whole family or of each member, questions, and on which answers others are asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from casework.provenance.rules import may_learn
from casework.visits.rules import Grade
from families.needs.rules import NEEDS
from slf.policy.rules import Number, Setting
from slf.web.errors import NotAllowed

WHERE = "Assessments"
REVIEW_EVERY_WEEKS: Setting[int] = Setting(
    "assessment_review", "How long after an assessment its review is due", WHERE, Number("weeks", 1, 104), 12,
    help="Counted from the day the last one was finished. No document gives this number: the county decides it here.",
)  # fmt: skip
FIRST_WITHIN_WEEKS: Setting[int] = Setting(
    "assessment_first", "How long after the case was opened the first assessment is due", WHERE,
    Number("weeks", 1, 52), 6, help="No document gives this number: the county decides it here.",
)  # fmt: skip
SETTINGS = (REVIEW_EVERY_WEEKS, FIRST_WITHIN_WEEKS)
LONGEST = 4000
LONGEST_OTHER = 120


# The tool ----------------------------------------------------------------------------------------------------------


class Whose(StrEnum):
    FAMILY = "family"
    MEMBER = "member"


class Form(StrEnum):
    """How a question is answered."""

    WORDS = "words"
    CHOICE = "choice"
    NEEDS = "needs"


class Asked(StrEnum):
    """Of which members a question about a member is asked."""

    ALL = ""
    CHILDREN = "child"
    ADULTS = "adult"


CHILDREN = frozenset({"child", "care"})
"""Parts in a household of those who are asked as children."""


@dataclass(frozen=True)
class Condition:
    """Asked only when an earlier question has one of these answers; with none named, when it has any."""

    question: str
    among: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    code: str
    words: str
    help: str = ""
    form: Form = Form.WORDS
    options: tuple[tuple[str, str], ...] = ()
    asked: Asked = Asked.ALL
    when: Condition | None = None
    needed: bool = False

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        return tuple(NEEDS.items()) if self.form is Form.NEEDS else self.options

    def label(self, code: str) -> str:
        return dict(self.choices).get(code, code)


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    intro: str
    whose: Whose
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Tool:
    """One version of the assessment's questions."""

    code: str
    version: int
    name: str
    sections: tuple[Section, ...]

    def questions(self, whose: Whose) -> Iterator[Question]:
        for section in self.sections:
            if section.whose is whose:
                yield from section.questions

    def section(self, code: str) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)


# Answers -----------------------------------------------------------------------------------------------------------


GRADE_WORDS: Mapping[Grade, str] = {Grade.FACT: "Fact", Grade.REPORTED: "Reported", Grade.OPINION: "Opinion"}


@dataclass(frozen=True)
class Answer:
    """What is said to one question. ``value`` is a text, the code of a choice, or codes of needs with spaces between.

    ``told_by`` names one of the family whose information it is, ``told_by_other`` somebody else; people of
    ``kept_from`` must not learn of it. People stand here by their identifiers.
    """

    value: str = ""
    grade: str = ""
    told_by: str = ""
    told_by_other: str = ""
    kept_from: frozenset[str] = field(default_factory=frozenset)

    @property
    def picked(self) -> tuple[str, ...]:
        return tuple(self.value.split())

    @property
    def is_blank(self) -> bool:
        return not self.value

    @property
    def as_json(self) -> dict[str, object]:
        return vars(self) | {"kept_from": sorted(self.kept_from)}


NOTHING = Answer()
Answers = Mapping[str, Answer]
"""``{question code: answer}`` of the family, or of one member."""


def tidied(answer: Answer) -> Answer:
    """Return an answer as it is kept: without space round it; where nothing is said, nothing is marked either."""
    value = answer.value.replace("\r\n", "\n").strip()
    if not value:
        return NOTHING
    return Answer(value, answer.grade, answer.told_by, answer.told_by_other.strip(), answer.kept_from)


def shown(question: Question, answers: Answers, *, is_child: bool | None = None) -> bool:
    """Tell whether a question is asked, after what was answered before it. ``is_child``: None of the whole family."""
    if question.asked is not Asked.ALL and is_child is not None and (question.asked is Asked.CHILDREN) != is_child:
        return False
    if question.when is None:
        return True
    said = answers.get(question.when.question, NOTHING)
    if not question.when.among:
        return not said.is_blank
    return bool(question.when.among & set(said.picked))


def asked_of(questions: Iterable[Question], answers: Answers, *, is_child: bool | None = None) -> list[Question]:
    """Return the questions that are asked; the answer to one that is not asked opens no other one."""
    found: list[Question] = []
    counted = dict(answers)
    for question in questions:
        if shown(question, counted, is_child=is_child):
            found.append(question)
        else:
            counted.pop(question.code, None)
    return found


def missing(questions: Sequence[Question], answers: Answers, *, is_child: bool | None = None) -> list[Question]:
    """Return what has to be answered before an assessment is finished and is not."""
    asked = asked_of(questions, answers, is_child=is_child)
    return [question for question in asked if question.needed and answers.get(question.code, NOTHING).is_blank]


def problem_with(answer: Answer, question: Question) -> str:
    """Return why an answer cannot be taken; nothing when it can."""
    codes = dict(question.choices)
    if answer.is_blank or (question.form is Form.WORDS and len(answer.value) <= LONGEST):
        return ""
    if question.form is Form.WORDS:
        return f"Write at most {LONGEST:,} characters."
    picked = answer.picked
    if not set(picked) <= set(codes) or (question.form is Form.CHOICE and len(picked) != 1):
        return f"Choose from the list for “{question.words}”."
    return ""


def problems_with_tool(tool: Tool) -> list[str]:
    """Return what is wrong with a tool before it is taken into use; nothing when it can be."""
    problems = []
    codes = [question.code for section in tool.sections for question in section.questions]
    if len(set(codes)) < len(codes) or len({section.code for section in tool.sections}) < len(tool.sections):
        problems.append("Two sections or two questions have the same code.")
    for whose in Whose:
        before: dict[str, Question] = {}
        for question in tool.questions(whose):
            problems += problems_with_question(question, before)
            before[question.code] = question
    return problems or ([] if codes else ["A tool asks something."])


def problems_with_question(question: Question, before: Mapping[str, Question]) -> Iterator[str]:
    if (question.form is Form.CHOICE) != bool(question.options) or any(" " in code for code, _ in question.options):
        yield f"“{question.words}” has options if, and only if, it is a choice; their codes have no spaces."
    if question.when is None:
        return
    on = before.get(question.when.question)
    if on is None:
        yield f"“{question.words}” waits for a question that does not come before it about the same people."
    elif not question.when.among <= set(dict(on.choices)):
        yield f"“{question.words}” waits for an answer that cannot be given."


@dataclass(frozen=True)
class Line:
    """One question with its answer in the assessment before and in this one."""

    question: Question
    then: Answer
    now: Answer

    @property
    def changed(self) -> bool:
        return (self.then.value, self.then.grade) != (self.now.value, self.now.grade)

    @property
    def change(self) -> str:
        """Return in a word what became of it."""
        if not self.changed:
            return "The same"
        if self.then.is_blank:
            return "New"
        return "Not answered any more" if self.now.is_blank else "Changed"


def side_by_side(questions: Iterable[Question], then: Answers, now: Answers) -> list[Line]:
    """Return each question that was answered in either, with both answers."""
    lines = [Line(q, then.get(q.code, NOTHING), now.get(q.code, NOTHING)) for q in questions]
    return [line for line in lines if not (line.then.is_blank and line.now.is_blank)]


# States ------------------------------------------------------------------------------------------------------------


class State(StrEnum):
    WRITING = "writing"
    FINISHED = "finished"
    RETURNED = "returned"
    SIGNED = "signed"
    DROPPED = "dropped"


STATE_NAMES: Mapping[State, str] = {
    State.WRITING: "Being written",
    State.FINISHED: "Waits to be signed off",
    State.RETURNED: "Sent back",
    State.SIGNED: "Signed off",
    State.DROPPED: "Thrown away",
}
OPEN = frozenset({State.WRITING, State.RETURNED})
"""In these it can be written."""
LIVING = frozenset({*OPEN, State.FINISHED})
"""Of one family there is at most one of these."""


class Act(StrEnum):
    WRITE = "write"
    FINISH = "finish"
    SIGN = "sign"
    SEND_BACK = "send_back"
    THROW_AWAY = "throw_away"


TRANSITIONS: Mapping[Act, tuple[frozenset[State], State | None]] = {
    Act.WRITE: (OPEN, None),
    Act.FINISH: (OPEN, State.FINISHED),
    Act.SIGN: (frozenset({State.FINISHED}), State.SIGNED),
    Act.SEND_BACK: (frozenset({State.FINISHED}), State.RETURNED),
    Act.THROW_AWAY: (OPEN, State.DROPPED),
}
REFUSALS: Mapping[State, str] = {
    State.WRITING: "This assessment is not finished yet.",
    State.FINISHED: "This assessment is finished and waits to be signed off. It changes only if it is sent back.",
    State.RETURNED: "This assessment was sent back and is not finished again yet.",
    State.SIGNED: "This assessment is signed off and does not change any more. Start a review.",
    State.DROPPED: "This assessment was thrown away.",
}
SAY_WHY = "Write why it is sent back."


def next_state(state: str, act: Act) -> State:
    """Return the state after an act; refuse it where it is not possible."""
    before, after = TRANSITIONS[act]
    if state not in before:
        raise NotAllowed(REFUSALS[State(state)])
    return after or State(state)


def may(state: str, act: Act) -> bool:
    return state in TRANSITIONS[act][0]


# When it is due ----------------------------------------------------------------------------------------------------


def due_on(finished_on: date | None, opened_on: date | None, *, review: int, first: int) -> date | None:
    """Return when the next assessment is due: so many weeks after the last, else after the case was opened."""
    if finished_on is not None:
        return finished_on + timedelta(weeks=review)
    return opened_on + timedelta(weeks=first) if opened_on is not None else None


# Who reads a print -------------------------------------------------------------------------------------------------


def printed_for(answer: Answer, *, readers: Iterable[str]) -> bool:
    """Tell whether an answer is on a print: not when one of those it is for must not learn of it."""
    return not answer.is_blank and may_learn(answer.kept_from, list(readers))


def sections_for(reader: str, subject: str, *, reader_is_child: bool, subject_is_child: bool) -> bool:
    """Tell whether a print for one member has the part about another: their own; the children's, for an adult."""
    return not subject or reader == subject or (subject_is_child and not reader_is_child)
