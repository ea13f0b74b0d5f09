"""Starting an assessment or a review, and writing it page by page."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from casework.assessments import rules
from casework.assessments.models import Assessment, AssessmentAnswer, AssessmentQuestion, AssessmentTool, KeptFrom
from casework.assessments.rules import NOTHING, Act, Answer, State
from casework.assessments.services.pages import Page, Saved, WrongAnswers, lock_assessment
from casework.cases.services import insist_on_who, stage_on
from casework.transitions.rules import Move, late
from families.people.models import Family, Membership, Person
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.drafts.rules import Verdict, Written
from slf.drafts.services import send_draft
from slf.web.errors import NotAllowed
from slf.web.together import settle

NOT_OF_THE_FAMILY = "Only somebody of the family can be named here."


@transaction.atomic
def start_assessment(family: Family, *, by: User, on: date) -> Assessment:
    """Return the one in hand; where there is none, start one, as a copy of the last that was signed off."""
    have_alone(family.pk)
    held: Assessment | None = Assessment.objects.in_hand(family)
    if held is not None:
        return held
    if said := late(Move.BEGIN_ASSESSMENT, stage_on(family, on=on)):
        raise NotAllowed(said)
    insist_on_who(Move.BEGIN_ASSESSMENT, family, by=by)
    last: Assessment | None = Assessment.objects.last_signed(family)
    number = Assessment.objects.filter(family__pk=family.pk).order_by("-number").values_list("number", flat=True)
    made: Assessment = Assessment.objects.create(
        family=family, number=(number.first() or 0) + 1, tool=AssessmentTool.objects.in_use(on=on), reviews=last,
        state=State.WRITING, started_on=on, started_by=by,
    )  # fmt: skip
    if last is not None:
        _copy_answers(last, made, by=by)
    return made


def have_alone(family: int) -> None:
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
    assessment = lock_assessment(assessment, Act.WRITE)
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
