"""Two people at once: a task is settled once, and handed on as it stands."""

import pytest
from django.db import transaction

from casework.tasks.models import TaskStep
from casework.tasks.services import finish_task, hand_on_task
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.at_once import at_once
from tests.casework.closing.factories import worked
from tests.casework.tasks.factories import TODAY, task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def named(by, verb, **said):
    def act():
        with acting_as(by), transaction.atomic():
            return verb(by=by, on=TODAY, **said)

    return act


def test_one_settles_a_task_and_the_other_is_told_who_was_first(post, charnwood, everything):
    with transaction.atomic():
        worker, senior = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
        made = task(worked(worker), by=worker)
    done = named(worker, lambda **said: finish_task(made, **said), words="They rang back.")
    handed = named(senior, lambda **said: hand_on_task(made, **said), owner=senior, words="She is ill.")
    answers = at_once(done, handed)
    with acting_as(senior), transaction.atomic():
        steps = [step.step for step in TaskStep.objects.visible_to(senior).filter(task=made)]
    assert steps in (["done"], ["handed_on", "done"])
    assert any(isinstance(answer, Conflict) for answer in answers) == (steps == ["done"])
