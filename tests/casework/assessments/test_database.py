"""What the database refuses of an assessment, whoever asks and however."""

import pytest
from django.db import Error, IntegrityError, ProgrammingError, connection, transaction

from casework.assessments.models import Assessment, AssessmentAnswer, AssessmentQuestion, KeptFrom
from slf.access.rules import Role
from tests.casework.assessments.factories import TODAY, finished, said, signed, started, with_a_case
from tests.factories import FamilyFactory
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db
DECIDE = "update casework_assessment set state = %s, signed_by_id = %s, signed_on = %s where id = %s"


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(by, sql, *values, match, kind=Error):
    with in_the_name_of(by), pytest.raises(kind, match=match):
        run(sql, *values)


class TestTheDatabase:
    def test_lets_no_word_change_once_it_is_finished(self, family, worker, senior):
        it = finished(family, worker)
        write, frozen = (
            "update casework_assessmentanswer set value = 'Other'",
            "finished assessment says does not change",
        )
        refused(worker, write, match=frozen)
        refused(senior, "update casework_assessment set revision = 9", match="then it does not change")
        row = it.answers.first()
        with in_the_name_of(worker), pytest.raises(IntegrityError, match=frozen):
            KeptFrom.objects.create(family=family, answer=row, person=family.memberships.first().person)

    def test_changes_no_answer_under_the_name_of_somebody_else(self, family, worker, senior):
        said(started(family, worker), "home", worker, settled="no")
        refused(senior, "update casework_assessmentanswer set value = 'Other'", match="their own name")

    def test_lets_nothing_of_it_be_taken_away(self, family, worker, everything):
        started(family, worker)
        for table in ("casework_assessment", "casework_assessmentanswer"):
            refused(everything, f"delete from {table}", match="permission denied")

    def test_lets_nobody_sign_off_who_may_not_or_who_finished_it(self, family, worker, senior):
        it = finished(family, worker)
        refused(worker, DECIDE, "signed", worker.pk, TODAY, it.pk, match="their own name")
        refused(senior, DECIDE, "signed", worker.pk, TODAY, it.pk, match="their own name")

    def test_lets_nobody_sign_off_what_they_finished_themselves(self, family, senior):
        it = finished(family, senior)
        refused(senior, DECIDE, "signed", senior.pk, TODAY, it.pk, match="not yours to sign off")

    def test_lets_no_senior_of_another_locality_sign_it_off(self, family, worker, post, melton):
        it = finished(family, worker)
        other = post(Role.SENIOR, melton)
        with in_the_name_of(other):
            run(DECIDE, "signed", other.pk, TODAY, it.pk)
        assert Assessment.objects.get().state == "finished"

    def test_signs_nothing_off_that_is_not_finished(self, family, worker, senior):
        it = started(family, worker)
        refused(senior, DECIDE, "signed", senior.pk, TODAY, it.pk, match="written, finished, and signed off")

    def test_lets_nobody_write_in_anothers_name(self, family, worker, senior):
        it = started(family, worker)
        said(it, "home", worker, settled="no")
        refused(senior, "update casework_assessmentanswer set written_by_id = %s", worker.pk + 999, match="own name")
        with in_the_name_of(senior), pytest.raises(ProgrammingError, match="own name"), transaction.atomic():
            Assessment.objects.create(
                family=with_a_case(FamilyFactory()), number=1, tool=it.tool, state="writing", started_on=TODAY,
                started_by=worker,
            )  # fmt: skip

    def test_takes_only_answers_to_questions_of_whom_they_ask_about(self, family, worker, mum):
        it = started(family, worker)
        question = AssessmentQuestion.objects.get(tool=it.tool, code="settled")
        with in_the_name_of(worker), pytest.raises(IntegrityError, match="of whom it asks about"), transaction.atomic():
            AssessmentAnswer.objects.create(
                family=family, assessment=it, question=question, person=mum, value="no", revision=1, written_by=worker
            )

    def test_begins_no_review_of_what_is_not_signed_off_in_this_family(self, family, worker, senior, everything):
        old, other = signed(family, worker, senior), with_a_case(FamilyFactory(household=True))
        with pytest.raises(IntegrityError, match="of the same family"), transaction.atomic():
            Assessment.objects.create(
                family=other, number=1, tool=old.tool, reviews=old, state="writing", started_on=TODAY,
                started_by=everything,
            )  # fmt: skip
