"""Tasks that are due, and those of nobody who can see to them: one question for both."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse, reverse_lazy

from casework.tasks.models import Task
from performance.home.panels import Item, Panel, Part
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
SOON = timedelta(days=1)
MY_TASKS = reverse_lazy("casework:my_tasks")


def part(user: User, on: date) -> Part:
    """One's own tasks until tomorrow, the longest overdue first; for whoever stands above the work, those adrift."""
    rows = Task.objects.visible_to(user).open()
    due = Q(owner=user, due_on__lte=on + SOON)
    if rights_of(user).may(Can.REVIEW_FAMILY):
        due |= Q(pk__in=Task.objects.visible_to(user).adrift(user).values("pk"))
    found = list(rows.filter(due).for_list().soonest_first())
    mine = [task for task in found if task.owner_id == user.pk]
    adrift = [task for task in found if task.owner_id != user.pk]
    return Part(
        panels=(
            Panel("Tasks due", [of_mine(task, on) for task in mine[:SHOWN]], more="My tasks", href=MY_TASKS),
            Panel("Tasks of nobody", [of_nobody(task) for task in adrift[:SHOWN]], more="All of them", href=MY_TASKS),
        )
    )


def of_mine(task: Task, on: date) -> Item:
    """One click from its form: the title leads to saying that it is done."""
    tag, tone = ("Tomorrow", "new") if task.due_on > on else task.tag_on(on)
    href = reverse("casework:finish_task", args=[task.uid])
    detail = f"{task.family.shown.name}, {day_in_words(task.due_on)}"
    return Item(task.what, href, detail=detail, families=(task.family_id,), tag=tag, tone=tone)


def of_nobody(task: Task) -> Item:
    href = reverse("casework:hand_on_task", args=[task.uid])
    detail = f"{task.family.shown.name}. {task.owner} cannot see to it any more"
    return Item(task.what, href, detail=detail, families=(task.family_id,), tag="Hand on", tone="attention")
