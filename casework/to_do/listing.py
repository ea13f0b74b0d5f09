"""What is to be done by one person, each thing once, with where it comes from. It is settled there and nowhere else.

What a colleague took on at a meeting is a task, and stands here as that alone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from casework.plans.models import Action
from casework.supervision.models import AgreedAction
from casework.tasks.models import Task
from families.people.models import Family
from slf.accounts.models import User

SOURCES = {
    "task": ("Task", "task", "tasks"),
    "meeting": ("Taken on at a meeting", "taken on at a meeting", "taken on at meetings"),
    "plan": ("Action of the plan", "action of a plan", "actions of plans"),
    "supervision": ("Agreed in supervision", "agreed in supervision", "agreed in supervision"),
}


@dataclass(frozen=True)
class ToDo:
    """One thing to do. ``href`` reads it, ``settle`` is where it is said to be done."""

    uid: UUID
    source: str
    what: str
    due_on: date
    family: Family
    href: str
    settle: str

    @property
    def source_words(self) -> str:
        return SOURCES[self.source][0]

    def tag_on(self, day: date) -> tuple[str, str]:
        """Return how it stands in a word, with its tone."""
        if self.due_on < day:
            return "Overdue", "late"
        return ("Today", "attention") if self.due_on == day else ("To do", "new")


def to_do(user: User) -> list[ToDo]:
    """Return all that this person has to do about families they see, the first due first."""
    found = [*tasks_of(user), *actions_of(user), *agreed_with(user)]
    return sorted(found, key=lambda one: (one.due_on, one.what, str(one.uid)))


def tasks_of(user: User) -> Iterator[ToDo]:
    for task in Task.objects.visible_to(user).open().of(user).for_list():
        source = "meeting" if task.about_kind == "meeting" else "task"
        yield made(task, source, href=task.get_absolute_url(), settle=reverse("casework:finish_task", args=[task.uid]))


def actions_of(user: User) -> Iterator[ToDo]:
    rows = Action.objects.visible_to(user).to_do().filter(worker=user).select_related("family__merged_into")
    for action in rows:
        plan = reverse("casework:plan", args=[action.family.shown.uid])
        yield made(action, "plan", href=plan, settle=plan)


def agreed_with(user: User) -> Iterator[ToDo]:
    rows = AgreedAction.objects.visible_to(user).to_do().filter(owner=user).select_related("family__merged_into")
    for action in rows:
        href = reverse("casework:agreed_action", args=[action.uid])
        yield made(action, "supervision", href=href, settle=href)


def made(row: Any, source: str, *, href: str, settle: str) -> ToDo:
    return ToDo(row.uid, source, row.what, row.due_on, row.family.shown, href, settle)


def counted(found: Sequence[ToDo]) -> str:
    """Return "6 things to do: 3 tasks, 2 actions of plans, 1 agreed in supervision"."""
    by_source = Counter(one.source for one in found)
    parts = [f"{n} {SOURCES[source][1 if n == 1 else 2]}" for source in SOURCES if (n := by_source[source])]
    things = "1 thing" if len(found) == 1 else f"{len(found)} things"
    return f"{things} to do: {', '.join(parts)}"
