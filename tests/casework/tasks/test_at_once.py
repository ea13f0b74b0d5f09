"""Two people at once: a task is settled once, and handed on as it stands."""

import pytest

from casework.tasks.models import TaskStep
from casework.tasks.services import finish_task, hand_on_task
from slf.web.errors import Conflict
from tests.at_once import at_once, committed, in_the_name_of
from tests.casework.tasks.factories import TODAY, task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_one_settles_a_task_and_the_other_is_told_who_was_first(family, worker, senior):
    made = committed(lambda: task(family, by=worker))
    handing = {"owner": senior, "words": "She is ill.", "by": senior, "on": TODAY}
    answers = at_once(
        in_the_name_of(worker)(lambda: finish_task(made, words="They rang back.", by=worker, on=TODAY)),
        in_the_name_of(senior)(lambda: hand_on_task(made, **handing)),
    )
    with in_the_name_of(senior):
        steps = [step.step for step in TaskStep.objects.visible_to(senior).filter(task=made)]
    assert steps in (["done"], ["handed_on", "done"])
    assert any(isinstance(answer, Conflict) for answer in answers) == (steps == ["done"])
