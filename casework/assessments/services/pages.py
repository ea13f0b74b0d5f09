"""What an assessment asks of whom, what is missing, and its row as it is now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casework.assessments import rules
from casework.assessments.models import Assessment, AssessmentAnswer
from casework.assessments.rules import Act, Section, Whose
from families.households.services import household_on
from families.people.models import Membership, Person
from families.people.rules import LIVES_THERE
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.web.errors import DomainError


class WrongAnswers(DomainError):
    """Answers that cannot be taken. ``problems`` is ``{question: sentence}``."""

    status = 422
    title = "Some answers are not right"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Page:
    """One page of an assessment: a section of the family, or of one member."""

    section: Section
    person: Person | None = None
    name: str = ""
    is_child: bool | None = None
    lives_there: bool = True

    @property
    def subject(self) -> str:
        return str(self.person.uid) if self.person else ""

    @property
    def title(self) -> str:
        return self.name or self.section.title

    @property
    def key(self) -> str:
        return f"{self.section.code}:{self.subject}"

    @property
    def anchor(self) -> str:
        return f"part-{self.section.code}{f'-{self.subject}' if self.subject else ''}"


@dataclass(frozen=True)
class Saved:
    """What became of a page that was sent: written, or kept and to be asked about, or kept beside another state."""

    assessment: Assessment
    differing: tuple[str, ...] = ()
    standing: Mapping[str, "AssessmentAnswer | None"] = field(default_factory=dict)
    copy: Draft | None = None


def pages_of(assessment: Assessment, members: Sequence[Membership]) -> list[Page]:
    """Return the pages of an assessment in the order of its tool: those about members one for each of them."""
    found: list[Page] = []
    for section in assessment.tool.as_rules().sections:
        if section.whose is Whose.FAMILY:
            found.append(Page(section))
        else:
            found += [about_member(section, member) for member in members]
    return found


def about_member(section: Section, member: Membership) -> Page:
    child, there = member.part in rules.CHILDREN, member.part in LIVES_THERE
    return Page(section, member.person, member.name, is_child=child, lives_there=there)


def members_of(assessment: Assessment, *, by: User, on: date) -> list[Membership]:
    """Return who is asked about: who is in the family now, or was when it was finished."""
    day = on if assessment.is_open else assessment.finished_on or on
    return household_on(assessment.family, day, by=by)


def missing_from(assessment: Assessment, members: Sequence[Membership]) -> Iterator[tuple[Page, rules.Question]]:
    """Yield what has to be answered before it is finished; nobody is waited for who lives elsewhere."""
    said = assessment.said()
    for page in pages_of(assessment, members):
        if page.lives_there:
            answers = {**said.get("", {}), **said.get(page.subject, {})}
            for question in rules.missing(page.section.questions, answers, is_child=page.is_child):
                yield page, question


def lock_assessment(assessment: Assessment, act: Act | None = None) -> Assessment:
    """Return it as it is now, for this transaction alone, if the act is possible."""
    rows = Assessment.objects.select_related("family__merged_into", "tool", "finished_by")
    held: Assessment = rows.select_for_update(of=("self",), no_key=True).get(pk=assessment.pk)
    if act is not None:
        rules.next_state(held.state, act)
    return held
