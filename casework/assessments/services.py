"""Start an assessment or a review, write it section by section, finish it, sign it off or send it back.

Whoever writes holds the assessment's row; what somebody else wrote meanwhile is never overwritten without being asked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from casework.assessments import rules
from casework.assessments.models import Assessment, AssessmentAnswer, AssessmentQuestion, AssessmentTool, KeptFrom
from casework.assessments.rules import NOTHING, Act, Answer, Section, State, Whose
from casework.cases.services import case_closed
from families.households.services import household_on
from families.needs.services import find_need
from families.people.models import Family, Membership, Person
from families.people.rules import LIVES_THERE
from slf.access.rules import Can
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.drafts.rules import Verdict, Written
from slf.drafts.services import send_draft
from slf.web.errors import Conflict, DomainError, Incomplete, NotAllowed, NotForYou
from slf.web.together import settle
from slf.web.words import day_in_words
from slf.work.services import promise

NOT_YOURS = "Only the seniors and managers of the family's locality sign off its assessment."
NOT_OF_THE_FAMILY = "Only somebody of the family can be named here."
NOT_COMPLETE = "Some answers are missing before this can be finished."


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


# What it asks of whom -------------------------------------------------------------------------------------------------


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


# Starting ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_assessment(family: Family, *, by: User, on: date) -> Assessment:
    """Return the one in hand; where there is none, start one, as a copy of the last that was signed off."""
    _have_alone(family.pk)
    held: Assessment | None = Assessment.objects.in_hand(family)
    if held is not None:
        return held
    if case_closed(family, on=on) is not None:
        raise NotAllowed(rules.CASE_CLOSED)
    last: Assessment | None = Assessment.objects.last_signed(family)
    number = Assessment.objects.filter(family__pk=family.pk).order_by("-number").values_list("number", flat=True)
    made: Assessment = Assessment.objects.create(
        family=family, number=(number.first() or 0) + 1, tool=AssessmentTool.objects.in_use(on=on), reviews=last,
        state=State.WRITING, started_on=on, started_by=by,
    )  # fmt: skip
    if last is not None:
        _copy_answers(last, made, by=by)
    return made


def _have_alone(family: int) -> None:
    """Wait until nobody else starts an assessment of this family: one that is being made has no row yet to lock."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('casework_assessment', %s))", [family])


def _copy_answers(old: Assessment, new: Assessment, *, by: User) -> None:
    """Begin a review with what was said, as far as the questions are still asked."""
    asked = {question.code: question for question in AssessmentQuestion.objects.filter(tool=new.tool)}
    rows = old.answers.select_related("question", "person__merged_into", "told_by__merged_into")
    for row in rows.prefetch_related("kept__person__merged_into"):
        if (question := asked.get(row.question.code)) is not None:
            copy = _answer(new, question, row.person, by=by, revision=new.revision)
            copy.value, copy.grade, copy.told_by = row.value, row.grade, row.told_by
            copy.told_by_other = row.told_by_other
            copy.save()
            _keep_from(copy, [kept.person for kept in row.kept.all()])


# Writing -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_page(
    assessment: Assessment,
    page: Page,
    *,
    answers: Mapping[str, Answer],
    revision: int,
    by: User,
    touched: Collection[str] | None = None,
) -> Saved:
    """Write what was answered on one page. Of what somebody else changed since ``revision``, nothing is overwritten:
    then nothing is written at all, and ``differing`` says what has to be chosen. ``touched``: what the writer changed.
    """
    assessment = _lock(assessment, Act.WRITE)
    mine = {code: rules.tidied(answer) for code, answer in answers.items()}
    rows = _rows_of(assessment, page)
    _check(mine, page, assessment)
    theirs = {code: row.as_rules() for code, row in rows.items()}
    moved = {code for code, row in rows.items() if row.revision > revision}
    settled = settle(
        mine, {code: theirs.get(code, NOTHING) for code in mine},
        touched=set(mine) if touched is None else touched, moved=moved,
    )  # fmt: skip
    if settled.differing:
        return Saved(assessment, settled.differing, {code: rows.get(code) for code in settled.differing})
    if settled.write:
        _write(assessment, page, rows, settled.write, by=by)
    return Saved(assessment)


@transaction.atomic
def save_from_draft(
    uid: UUID,
    assessment: Assessment,
    page: Page,
    *,
    written: Written,
    answers: Mapping[str, Answer],
    revision: int,
    by: User,
    touched: Collection[str] | None = None,
) -> Saved:
    """Write a page from its draft, and close the draft. Sent again, it changes nothing; what differs leaves it open."""
    was_open = Draft.objects.of(by).unsent().select_for_update(of=("self",), no_key=True).filter(uid=uid).exists()
    sent = send_draft(uid, by=by, written=written)
    if sent.verdict is Verdict.CONFLICT:
        return Saved(assessment, copy=sent.draft)
    if not was_open:
        return Saved(assessment)
    saved = save_page(assessment, page, answers=answers, revision=revision, by=by, touched=touched)
    if saved.differing:
        Draft.objects.of(by).filter(pk=sent.draft.pk).update(sent_at=None)  # open until somebody has chosen
    return saved


def _check(mine: Mapping[str, Answer], page: Page, assessment: Assessment) -> None:
    asked = {question.code: question for question in page.section.questions}
    problems = {code: rules.problem_with(mine[code], asked[code]) for code in mine if code in asked}
    problems |= {code: "This is not asked here." for code in mine if code not in asked}
    if problems := {code: problem for code, problem in problems.items() if problem}:
        raise WrongAnswers(problems)


def _rows_of(assessment: Assessment, page: Page) -> dict[str, AssessmentAnswer]:
    rows = AssessmentAnswer.objects.filter(assessment=assessment, question__section__code=page.section.code)
    rows = rows.filter(person__in=page.person.rows()) if page.person else rows.filter(person=None)
    rows = rows.select_related("question", "person__merged_into", "told_by__merged_into", "written_by")
    return {row.question.code: row for row in rows.prefetch_related("kept__person__merged_into")}


def _write(
    assessment: Assessment, page: Page, rows: Mapping[str, AssessmentAnswer], said: Mapping[str, Answer], *, by: User
) -> None:
    assessment.revision += 1
    assessment.save(update_fields=["revision"])
    people = _people_named(assessment.family, said.values())
    questions = AssessmentQuestion.objects.filter(tool=assessment.tool, code__in=said)
    for question in questions:
        answer, row = said[question.code], rows.get(question.code)
        row = row or _answer(assessment, question, page.person, by=by, revision=0)
        row.value, row.grade, row.told_by_other = answer.value, answer.grade, answer.told_by_other
        row.told_by = people.get(answer.told_by)
        row.revision, row.written_by = assessment.revision, by
        row.save()
        _keep_from(row, [people[uid] for uid in sorted(answer.kept_from)])


def _answer(
    assessment: Assessment, question: AssessmentQuestion, person: Person | None, *, by: User, revision: int
) -> AssessmentAnswer:
    return AssessmentAnswer(
        family_id=assessment.family_id, assessment=assessment, question=question, person=person, written_by=by,
        revision=revision,
    )  # fmt: skip


def _keep_from(row: AssessmentAnswer, people: Sequence[Person]) -> None:
    wanted = {person.pk: person for person in people}
    for kept in list(row.kept.select_related("person__merged_into")):
        if wanted.pop(kept.person.pk, None) is None:
            kept.delete()
    for person in wanted.values():
        KeptFrom.objects.create(family_id=row.family_id, answer=row, person=person)


def _people_named(family: Family, answers: Collection[Answer]) -> dict[str, Person]:
    """Return the people whose information it is or who must not learn of it; nobody but those of the family."""
    named = {uid for answer in answers for uid in (answer.told_by, *answer.kept_from) if uid}
    times = Membership.objects.filter(family=family).of_people([UUID(uid) for uid in named])
    found = {str(time.person.uid): time.person for time in times.select_related("person__merged_into")}
    if named - set(found):
        raise NotAllowed(NOT_OF_THE_FAMILY)
    return found


# Finishing, signing off ---------------------------------------------------------------------------------------------


@transaction.atomic
def finish_assessment(assessment: Assessment, *, by: User, on: date) -> Assessment:
    """Say that it is complete: a senior signs it off or sends it back. Safe twice."""
    assessment = _lock(assessment)
    if assessment.state == State.FINISHED and assessment.finished_by_id == by.pk:
        return assessment
    state = rules.next_state(assessment.state, Act.FINISH)
    whole = Assessment.objects.in_full().get(pk=assessment.pk)
    if missing := list(missing_from(whole, members_of(whole, by=by, on=on))):
        raise Incomplete(
            [place_of(whole, *one) for one in missing], "Some answers are missing before this can be finished."
        )
    assessment.state, assessment.finished_by, assessment.finished_on = state, by, on
    assessment.save(update_fields=["state", "finished_by", "finished_on"])
    promise("assessment.tell_seniors", by=by, assessment=assessment.pk)
    return assessment


def place_of(assessment: Assessment, page: Page, question: rules.Question) -> tuple[str, str]:
    """Return what is missing, and where it is given."""
    return f"{page.title}: {question.words}", f"{assessment.get_absolute_url()}#{page.anchor}"


@transaction.atomic
def sign_off(assessment: Assessment, *, by: User, on: date) -> Assessment:
    """Sign a finished assessment off. The needs it names are found, or confirmed where they are known. Safe twice."""
    assessment = _to_decide(assessment, by=by)
    if assessment.state == State.SIGNED and assessment.signed_by_id == by.pk:
        return assessment
    state = _decided(assessment, Act.SIGN, by=by)
    assessment.state, assessment.signed_by, assessment.signed_on = state, by, on
    assessment.save(update_fields=["state", "signed_by", "signed_on"])
    _find_needs(assessment, by=by, on=on)
    promise("assessment.tell", by=by, assessment=assessment.pk, what="signed")
    return assessment


@transaction.atomic
def send_back(assessment: Assessment, *, because: str, by: User, on: date) -> Assessment:
    """Send a finished assessment back to be written on, with a reason. Safe twice."""
    if not because.strip():
        raise NotAllowed(rules.SAY_WHY)
    assessment = _to_decide(assessment, by=by)
    same = (assessment.sent_back_by_id, assessment.sent_back_because) == (by.pk, because.strip())
    if assessment.state == State.RETURNED and same:
        return assessment
    assessment.state = _decided(assessment, Act.SEND_BACK, by=by)
    assessment.sent_back_by, assessment.sent_back_on, assessment.sent_back_because = by, on, because.strip()
    assessment.save(update_fields=["state", "sent_back_by", "sent_back_on", "sent_back_because"])
    promise("assessment.tell", by=by, assessment=assessment.pk, what="returned")
    return assessment


@transaction.atomic
def throw_away_assessment(assessment: Assessment, *, by: User, on: date) -> Assessment:
    """Give up one that is not finished. What was written stays in its history. Safe twice."""
    assessment = _lock(assessment)
    if assessment.state != State.DROPPED:
        assessment.state = rules.next_state(assessment.state, Act.THROW_AWAY)
        assessment.save(update_fields=["state"])
    return assessment


def _find_needs(assessment: Assessment, *, by: User, on: date) -> None:
    """Find what was ticked, each with the words that were asked for because of it."""
    rows = list(assessment.answers.exclude(value="").select_related("question", "person__merged_into"))
    words = {(row.question.when_question, row.subject): row.value for row in rows if row.question.when_question}
    kind_name, day = assessment.kind_name, assessment.finished_on or on
    for row in rows:
        if row.question.form == rules.Form.NEEDS:
            evidence = words.get((row.question.code, row.subject), f"Named in the {kind_name.lower()}.")
            for kind in row.value.split():
                find_need(
                    assessment.family, kind=kind, person=row.person, evidence=evidence, by=by, on=on, seen_on=day,
                    source=f"{kind_name} {assessment.number}, {day_in_words(day)}",
                )  # fmt: skip


# What every verb needs -----------------------------------------------------------------------------------------------


def _lock(assessment: Assessment, act: Act | None = None) -> Assessment:
    """Return it as it is now, for this transaction alone, if the act is possible."""
    rows = Assessment.objects.select_related("family__merged_into", "tool", "finished_by")
    held: Assessment = rows.select_for_update(of=("self",), no_key=True).get(pk=assessment.pk)
    if act is not None:
        rules.next_state(held.state, act)
    return held


def _to_decide(assessment: Assessment, *, by: User) -> Assessment:
    if not Assessment.objects.visible_to(by, can=Can.SIGN_ASSESSMENT).filter(pk=assessment.pk).exists():
        raise NotForYou(NOT_YOURS)
    return _lock(assessment)


def _decided(assessment: Assessment, act: Act, *, by: User) -> State:
    if assessment.finished_by_id == by.pk and rules.may(assessment.state, act):
        raise NotForYou(rules.OWN)
    try:
        return rules.next_state(assessment.state, act)
    except NotAllowed as late:
        raise Conflict(late.message) from late
