"""What the pages of an assessment and its paper show, put together once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.assessments import rules
from casework.assessments.models import Assessment, AssessmentAnswer
from casework.assessments.rules import Answer, Form, Line, Question, Whose
from casework.assessments.services import Page, members_of, missing_from, pages_of
from casework.cases.models import Case
from casework.visits.rules import Grade
from families.needs.models import Need
from families.needs.services import each_once
from families.people.models import Family, Membership
from families.sharing.services import agreement_in_force
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.policy.models import value_of
from slf.web.words import day_in_words

KIND = "assessment"


@dataclass(frozen=True)
class Task:
    """A page on the list of an assessment that is being written: how far it is, and what is there unsent."""

    page: Page
    status: str
    tone: str
    draft: Draft | None


@dataclass(frozen=True)
class Said:
    """A question with both answers in words."""

    question: Question
    line: Line
    then: list[str]
    now: list[str]
    then_marks: str
    marks: str

    @property
    def is_list(self) -> bool:
        return self.question.form is Form.NEEDS


@dataclass(frozen=True)
class Part:
    """One section as it is read, about the family or one member."""

    page: Page
    said: list[Said]

    @property
    def changed(self) -> list[Said]:
        return [said for said in self.said if said.line.changed]


@dataclass(frozen=True)
class Known:
    """What the record says already, so that nobody is asked again."""

    household: Sequence[Membership]
    needs: Sequence[Need]
    agreement: str

    def of(self, page: Page) -> dict[str, str]:
        """Return ``{need: since when and from where it is on the record}`` of the family or one member."""
        person = page.person.pk if page.person else None
        return {
            need.kind: f"On the record since {day_in_words(need.started_on)}: {need.source}"
            for need in self.needs
            if (need.person.pk if need.person else None) == person
        }


def known_of(family: Family, *, by: User, on: date, household: Sequence[Membership]) -> Known:
    rows = Need.objects.visible_to(by).filter(family=family).open_on(on).select_related("person__merged_into")
    found = agreement_in_force(family, on=on)
    agreement = f"{found.get_state_display()}, {day_in_words(found.said_on)}" if found else "Nothing is recorded"
    return Known(household, each_once(rows), agreement)


def tasks_of(assessment: Assessment, members: Sequence[Membership], *, by: User) -> list[Task]:
    """Return the pages to be written, each with how far it is."""
    said = assessment.said()
    wanting = {page.key for page, _ in missing_from(assessment, members)}
    mine = Draft.objects.of(by).with_something_in_it().filter(kind=KIND, about__startswith=f"{assessment.uid}:")
    drafts = {draft.about.partition(":")[2]: draft for draft in mine.filter(conflict_of=None)}
    return [task_of(page, said, page.key in wanting, drafts.get(page.key)) for page in pages_of(assessment, members)]


def task_of(page: Page, said: Mapping[str, Mapping[str, Answer]], is_wanting: bool, draft: Draft | None) -> Task:  # noqa: FBT001
    answered = {question.code for question in page.section.questions} & set(said.get(page.subject, {}))
    if draft is not None:
        return Task(page, "Not saved yet", "attention", draft)
    if not answered:
        return Task(page, "To do" if is_wanting else "Not started", "attention" if is_wanting else "neutral", None)
    return Task(page, "Answers missing" if is_wanting else "Answered", "attention" if is_wanting else "", None)


def parts_of(assessment: Assessment, before: Assessment | None, members: Sequence[Membership]) -> list[Part]:
    """Return all that was said in an assessment, beside what was said in the one before."""
    pages = [*pages_of(assessment, members), *left_behind(assessment, before, members)]
    now, then = assessment.said(), before.said() if before else {}
    names = {str(member.person.uid): member.name for member in members} | names_in(assessment) | names_in(before)
    found = []
    for page in pages:
        lines = rules.side_by_side(page.section.questions, then.get(page.subject, {}), now.get(page.subject, {}))
        if lines:
            found.append(Part(page, [in_words(line, names) for line in lines]))
    return found


def left_behind(assessment: Assessment, before: Assessment | None, members: Sequence[Membership]) -> list[Page]:
    """Return pages about people of whom something was said and who are not in the family on that day."""
    here = {str(member.person.uid) for member in members}
    people = {row.subject: row.person for one in (assessment, before) if one for row in one.answers.all() if row.value}
    gone = {uid: person for uid, person in people.items() if uid and uid not in here}
    sections = [section for section in assessment.tool.as_rules().sections if section.whose is Whose.MEMBER]
    return [Page(section, person, str(person)) for section in sections for person in gone.values()]


def names_in(assessment: Assessment | None) -> dict[str, str]:
    """Return the names of people whose information something is, or who must not learn of it."""
    rows = assessment.answers.all() if assessment else ()
    people = [person for row in rows for person in (row.told_by, *(kept.person for kept in row.kept.all())) if person]
    return {str(person.uid): str(person) for person in people}


def in_words(line: Line, names: Mapping[str, str]) -> Said:
    question = line.question
    return Said(
        question, line, values(question, line.then), values(question, line.now),
        marks(line.then, names), marks(line.now, names),
    )  # fmt: skip


def values(question: Question, answer: Answer) -> list[str]:
    if answer.is_blank:
        return []
    return [answer.value] if question.form is Form.WORDS else [question.label(code) for code in answer.picked]


def marks(answer: Answer, names: Mapping[str, str]) -> str:
    """Return in a line what kind of statement an answer is, whose it is, and who must not learn of it."""
    if answer.is_blank:
        return ""
    told = answer.told_by_other or names.get(answer.told_by, "")
    grade = rules.GRADE_WORDS[Grade(answer.grade)] if answer.grade else ""
    kept = ", ".join(sorted(names.get(uid, "somebody") for uid in answer.kept_from))
    found = [grade, f"from {told}" if told else "", f"not to be disclosed to {kept}" if kept else ""]
    line = ", ".join(part for part in found if part)
    return f"{line[:1].upper()}{line[1:]}"


def of_row(row: AssessmentAnswer | None, question: Question, names: Mapping[str, str]) -> dict[str, object]:
    """Return what somebody else wrote, for whoever has to choose."""
    answer = row.as_rules() if row else rules.NOTHING
    who = f"{row.written_by}" if row else "Somebody else"
    return {"who": who, "at": row.written_at if row else None, "said": values(question, answer),
            "marks": marks(answer, names)}  # fmt: skip


# When it is due ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """How a family's assessment stands: the one in hand, the last one signed off, when the next is due."""

    in_hand: Assessment | None
    last: Assessment | None
    due_on: date | None
    on: date

    @property
    def words(self) -> str:
        """Return how it stands in a line: "Assessed 3 March 2014. Review due by 26 May 2014, overdue"."""
        last = f"Assessed {day_in_words(self.last.finished_on)}. " if self.last and self.last.finished_on else ""
        if self.in_hand is not None:
            return f"{last}{self.in_hand.kind_name}: {self.in_hand.get_state_display().lower()}"
        if self.due_on is None:
            return last.rstrip(". ") or "Not assessed"
        what, late = "Review" if self.last else "First assessment", ", overdue" if self.is_late else ""
        return f"{last}{what} due by {day_in_words(self.due_on)}{late}"

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.on

    @property
    def is_soon(self) -> bool:
        return self.due_on is not None and self.on <= self.due_on <= self.on + SOON


SOON = timedelta(days=14)


def standings(families: Sequence[int], *, by: User, on: date) -> dict[int, Standing]:
    """Return how the assessments of some families stand, in two queries however many families."""
    rows = Assessment.objects.visible_to(by).of_families(families)
    cases = Case.objects.visible_to(by).filter(closed_on=None).of_each(families)
    opened = {case.stands: case.opened_on for case in cases.order_by("-opened_on")}
    return {family: stand(rows.get(family, []), opened.get(family), on=on) for family in families}


def stand(rows: Sequence[Assessment], opened: date | None, *, on: date) -> Standing:
    """Return how it stands by a family's assessments and the day its case was opened; None where none is open."""
    review, first = value_of(rules.REVIEW_EVERY_WEEKS, on=on), value_of(rules.FIRST_WITHIN_WEEKS, on=on)
    living = next((row for row in rows if row.state in rules.LIVING), None)
    signed = [row for row in rows if row.state == rules.State.SIGNED]
    last = max(signed, key=lambda row: (row.finished_on, row.pk), default=None)
    due = rules.due_on(last and last.finished_on, opened, review=review, first=first) if opened else None
    return Standing(living, last, due, on)


def standing_of(family: Family, *, by: User, on: date) -> Standing:
    return standings([family.pk], by=by, on=on)[family.pk]


def whole(assessment: Assessment, *, by: User, on: date) -> tuple[list[Membership], Assessment | None]:
    """Return who an assessment asks about, and the one before it with all its answers."""
    members = members_of(assessment, by=by, on=on)
    if assessment.reviews_id is None:
        return members, None
    return members, Assessment.objects.visible_to(by).in_full().filter(pk=assessment.reviews_id).first()
