"""The chronology of tasks: what somebody did, or did not do any more. What is still to do is no history yet."""

from collections.abc import Iterator

from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.tasks.models import TaskStep
from casework.tasks.rules import Step as Taken
from families.people.models import Family
from slf.accounts.models import User


def settled(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = TaskStep.objects.visible_to(user).filter(family=family, step__in=[Taken.DONE, Taken.DROPPED])
    for row in newest(rows.select_related("task", "by"), most, "on"):
        said = {"text": row.words, "by": str(row.by), "href": row.task.get_absolute_url()}
        yield Entry(row.on, Kind.TASK, Step.TASK, f"{row.get_step_display()}: {row.task.what}", **said)
