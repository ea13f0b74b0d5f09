from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from casework.tasks.about import About, about_of, link_of
from casework.tasks.models import Task, TaskStep
from casework.tasks.rules import State, WrongTask
from casework.tasks.services import drop_task, finish_task, hand_on_task, put_off_task
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import end_post
from slf.web.errors import Conflict, NotForYou
from tests.casework.diary.factories import PlannedVisitFactory
from tests.casework.tasks.factories import DUE, RING, TODAY, task
from tests.referrals.intake.factories import in_the_name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(post, charnwood):
    return post(Role.FSW, charnwood, "fsw2.charnwood")


def did(verb, one, *, by, **said):
    with in_the_name_of(by):
        return verb(one, by=by, on=TODAY, **said)


class TestSettingATask:
    def test_is_for_oneself_or_for_whoever_stands_above(self, family, worker, senior):
        assert task(family, by=worker).owner == worker
        assert task(family, by=worker, owner=senior).owner == senior

    def test_is_for_nobody_who_does_not_see_the_family(self, family, worker, colleague, post, melton):
        for stranger in (colleague, post(Role.SENIOR, melton)):
            with pytest.raises(WrongTask, match="sees this family"):
                task(family, by=worker, owner=stranger)

    def test_is_refused_to_a_worker_of_another_family(self, family, colleague, worker):
        with pytest.raises(NotForYou):
            task(family, by=colleague, owner=worker)

    def test_is_there_once_however_often_it_is_sent(self, family, worker):
        assert task(family, by=worker) == task(family, by=worker)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"what": "  "}, "what"),
            ({"due_on": TODAY - timedelta(1)}, "due_on"),
            ({"due_on": date(2019, 1, 1)}, "due_on"),
        ],
    )
    def test_names_the_answer_that_cannot_be_right(self, family, worker, said, field):
        with pytest.raises(WrongTask) as refused:
            task(family, by=worker, **said)
        assert refused.value.field == field

    def test_leads_back_to_the_record_it_is_about(self, family, worker):
        planned = PlannedVisitFactory(family=family)
        with in_the_name_of(worker):
            about = about_of(family, kind="planned_visit", uid=planned.uid, by=worker)
            other = PlannedVisitFactory.build().uid
            assert about_of(family, kind="planned_visit", uid=other, by=worker) is None
        made = task(family, by=worker, about=about)
        link = link_of(family, kind=made.about_kind, uid=made.about_uid, by=worker)
        assert link == ("Planned visit", planned.get_absolute_url())

    def test_does_not_tell_of_a_concern_to_who_may_not_read_one(self, family, worker, post):
        made = task(family, by=worker, about=About("family_concerns"))
        esf = post(Role.ESF)
        with in_the_name_of(esf):
            assert link_of(family, kind=made.about_kind, uid=made.about_uid, by=esf) is None


class TestWhatBecomesOfIt:
    def test_it_is_done_once(self, family, worker, senior):
        made = task(family, by=senior, owner=worker)
        done = did(finish_task, made, by=worker, words="They rang back.")
        assert (done.state, done.settled_on) == (State.DONE, TODAY)
        assert did(finish_task, made, by=worker, words="They rang back.") == done
        with pytest.raises(Conflict, match="settled: done by"):
            did(drop_task, made, by=senior, words="Too late.")

    def test_it_is_handed_on_and_put_off_and_each_step_is_kept(self, family, worker, senior):
        made = task(family, by=worker)
        did(hand_on_task, made, by=worker, owner=senior, words="I am on leave.")
        now = did(put_off_task, made, by=senior, due_on=DUE + timedelta(7), words="Half-term.")
        assert (now.owner, now.due_on) == (senior, DUE + timedelta(7))
        assert [step.in_words for step in TaskStep.objects.filter(task=made)] == [
            f"Handed on from {worker} to {senior}", "Put off from 17 October 2014 to 24 October 2014",
        ]  # fmt: skip
        again = did(put_off_task, made, by=senior, due_on=DUE + timedelta(7), words="Half-term.")
        assert TaskStep.objects.filter(task=again).count() == 2

    def test_it_is_put_off_to_a_later_day_with_a_reason(self, family, worker):
        made = task(family, by=worker)
        for said in ({"due_on": DUE, "words": "No."}, {"due_on": DUE + timedelta(1), "words": " "}):
            with pytest.raises(WrongTask):
                did(put_off_task, made, by=worker, **said)

    def test_it_is_not_for_a_colleague_to_say(self, family, worker, senior, post, charnwood, everything):
        made = task(family, by=senior)
        with pytest.raises(NotForYou):
            did(finish_task, made, by=worker, words="Done.")
        assert did(finish_task, made, by=post(Role.MANAGER, charnwood), words="Done.").state == State.DONE


class TestATaskOfNobody:
    def adrift(self, user):
        forget_rights(user)
        with in_the_name_of(user):
            return list(Task.objects.adrift(user))

    def test_comes_to_the_senior_when_its_owner_leaves(self, family, worker, senior, manager, everything):
        made = task(family, by=worker)
        assert self.adrift(senior) == []
        end_post(worker.posts.get(), by=everything, on=date(2014, 10, 1))
        assert self.adrift(senior) == self.adrift(manager) == [made]

    def test_is_nobody_elses_to_see(self, family, worker, colleague, post, melton, everything):
        task(family, by=worker)
        end_post(worker.posts.get(), by=everything, on=date(2014, 10, 1))
        assert self.adrift(colleague) == self.adrift(post(Role.SENIOR, melton)) == []

    def test_is_handed_on_by_who_stands_above(self, family, worker, senior, everything):
        made = task(family, by=worker)
        end_post(worker.posts.get(), by=everything, on=date(2014, 10, 1))
        forget_rights(senior)
        assert did(hand_on_task, made, by=senior, owner=senior, words="She left.").owner == senior
        assert self.adrift(senior) == []


class TestTheDatabase:
    def refused(self, by, verb):
        with pytest.raises(DatabaseError), in_the_name_of(by), transaction.atomic():
            verb()

    def test_changes_a_task_by_its_steps_alone(self, family, worker):
        made = task(family, by=worker)
        for change in ({"state": "done", "settled_on": TODAY}, {"due_on": DUE + timedelta(9)}, {"what": "Nothing."}):
            self.refused(worker, lambda change=change: Task.objects.filter(pk=made.pk).update(**change))

    def test_takes_no_step_in_anothers_name_nor_for_a_stranger(self, family, worker, senior, colleague):
        made = task(family, by=senior)
        step = {"family": family, "task": made, "words": "x", "on": TODAY}
        self.refused(worker, lambda: TaskStep.objects.create(step="done", by=senior, **step))
        self.refused(worker, lambda: TaskStep.objects.create(step="done", by=worker, **step))
        handed = {"step": "handed_on", "owner_before": senior, "owner": colleague}
        self.refused(senior, lambda: TaskStep.objects.create(by=senior, **handed, **step))

    def test_sets_none_for_or_by_who_does_not_work_with_the_family(self, family, worker, colleague):
        said = {"family": family, "what": RING, "due_on": DUE, "set_on": TODAY}
        self.refused(worker, lambda: Task.objects.create(owner=colleague, set_by=worker, **said))
        self.refused(colleague, lambda: Task.objects.create(owner=worker, set_by=colleague, **said))
        self.refused(worker, lambda: Task.objects.create(owner=worker, set_by=colleague, **said))

    def test_takes_none_away(self, family, worker):
        task(family, by=worker)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from casework_task")
