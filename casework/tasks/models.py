"""A task, and each step that was taken with it. A task is changed by its steps alone."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.urls import reverse

from casework.carried.models import on_plan
from casework.carried.rules import ON_PLAN, TONE, Kind
from casework.tasks.rules import LONGEST_WHAT, LONGEST_WORDS, STATE_NAMES, STEP_NAMES, TONES, State, Step
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can
from slf.history.kept import kept
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from slf.accounts.models import User

STATES = [(state.value, name) for state, name in STATE_NAMES.items()]
STEP_CHOICES = [(step.value, name) for step, name in STEP_NAMES.items()]


class TaskQuerySet(FamilyRecordQuerySet):
    def open(self) -> Self:
        """Return what is to be done, but for what is an action of the plan that the family lives by."""
        return self.filter(~on_plan(Kind.TASK), state=State.OPEN)

    def on_the_plan(self) -> Self:
        return self.filter(on_plan(Kind.TASK), state=State.OPEN)

    def settled(self) -> Self:
        return self.exclude(state=State.OPEN)

    def of(self, user: "User") -> Self:
        return self.filter(owner=user)

    def adrift(self, user: "User") -> Self:
        """Return open tasks of whoever left or lost sight of the family, for those who stand above the work."""
        alone = RawSQL("select slf.tasks_adrift()", [])
        return self.visible_to(user, can=Can.REVIEW_FAMILY).open().filter(pk__in=alone)

    def for_list(self) -> Self:
        rows = self.select_related("family__merged_into", "owner", "set_by")
        return rows.annotate(on_plan=on_plan(Kind.TASK))

    def soonest_first(self) -> Self:
        return self.order_by("due_on", "pk")


@kept
class Task(FamilyRecord):
    """What somebody is to do about a family. ``about_kind`` and ``about_uid`` say on which page it was set."""

    what = models.CharField(max_length=LONGEST_WHAT)
    due_on = models.DateField()
    owner = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=40, blank=True)
    about_uid = models.UUIDField(null=True, blank=True)
    set_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()
    state = models.CharField(max_length=8, choices=STATES, default=State.OPEN.value)
    settled_on = models.DateField(null=True)
    on_plan = False
    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="casework_task_to_do", condition=Q(state="open")),
            models.Index(fields=["scope", "owner"], name="casework_task_whose", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                name="casework_task_known", condition=Q(state__in=[state.value for state in State]) & ~Q(what="")
            ),
            models.CheckConstraint(
                name="casework_task_settled_on_a_day", condition=Q(state="open") ^ Q(settled_on__isnull=False)
            ),
            models.UniqueConstraint(
                name="casework_task_once",
                fields=["family", "owner", "due_on", "what", "about_kind", "about_uid"],
                condition=Q(state="open"),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("casework:task", args=[self.uid])

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def tone(self) -> str:
        return TONES[State(self.state)]

    def tag_on(self, day: date) -> tuple[str, str]:
        """Return how it stands in a word, with its tone."""
        if self.is_open and self.on_plan:
            return ON_PLAN, TONE
        if not self.is_open:
            return self.get_state_display(), self.tone
        if self.due_on < day:
            return "Overdue", "late"
        return ("Today", "attention") if self.due_on == day else ("To do", "new")


class TaskStepQuerySet(FamilyRecordQuerySet):
    def for_page(self) -> Self:
        return self.select_related("by", "owner", "owner_before")


class TaskStep(FamilyRecord):
    """One step: done, dropped, handed on to ``owner``, or put off until ``due_on``. Its trigger changes the task."""

    append_only = True
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=STEP_CHOICES)
    words = models.TextField(max_length=LONGEST_WORDS)
    owner_before = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    due_before = models.DateField(null=True)
    due_on = models.DateField(null=True)
    by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    objects = TaskStepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_taskstep_says_why",
                condition=Q(step__in=[step.value for step in Step]) & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="casework_taskstep_to_whom_or_when",
                condition=Q(step="handed_on", owner__isnull=False, owner_before__isnull=False, due_on__isnull=True)
                | Q(step="put_off", owner__isnull=True, due_on__isnull=False, due_before__isnull=False)
                | Q(step__in=["done", "dropped"], owner__isnull=True, due_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.task}"

    @property
    def in_words(self) -> str:
        """Return "Handed on from Ann Lee to Bo Day"."""
        if self.step == Step.HANDED_ON:
            return f"Handed on from {self.owner_before} to {self.owner}"
        if self.step == Step.PUT_OFF and self.due_before and self.due_on:
            return f"Put off from {day_in_words(self.due_before)} to {day_in_words(self.due_on)}"
        return self.get_step_display()
